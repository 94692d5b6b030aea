"""What the script of the form knows, made from the schema and the round."""

from datetime import datetime, timedelta
from typing import Any

from docket.domain.asked import Kind
from docket.domain.docket import Docket
from docket.domain.instants import Moment, begins, day_after
from docket.domain.nouns import Round
from docket.domain.spelling import fold
from docket.form.answers import spelled
from docket.form.fields import asked, id_of, is_required, municipalities
from docket.loading.envelope import key_id
from docket.loading.formats import PATTERNS
from docket.loading.schemas import Schemas, both, label
from docket.text.catalogue import BARE, entries, say, template
from docket.text.l10n import decimal_mark, months, weekdays
from docket.text.messages import variants

SCRIPT = "form.script."
"""The sentences that the script says, by the names that it calls them."""
SAID = ("S05", "S06", "S07")
"""The rules that it judges by itself, in the words of their messages."""
KEPT = ("maxLength", "pattern", "format")
SIZED = ("type", "minimum", "maximum")
LISTED = ("items", "minItems", "maxItems", "uniqueItems")
"""What it judges a text, a number or a list by, in the schema's own words and order."""
NOT_ASKED = ("language",)
"""Formats that no field of a submission has."""
LONGEST_ADDRESS = 8000
"""In bytes, as a login page would encode it once more: forges refuse longer ones."""


def data(docket: Docket, schemas: Schemas, round_: Round, lang: str) -> dict[str, Any]:
    """Words, patterns, municipalities, where to send."""
    forge, receiver = docket.organiser.forge, round_.receiver
    return {
        "lang": lang,
        "round": round_.slug,
        "title": round_.title.of(lang),
        "wishes": round_.wishes,
        "municipalities": [
            [one.slug, one.name, sorted({fold(word) for word in spelled(one)})]
            for one in municipalities(docket)
        ],
        "fields": {
            pointer: _rules(schemas, pointer, lang) | _own(schemas, docket, pointer, lang)
            for pointer in schemas.asked.pointers
        },
        "patterns": dict(PATTERNS),
        "say": _said(docket, lang),
        "words": _words(docket, lang),
        "forge": {"kind": forge.kind, "address": forge.address, "branch": forge.branch}
        if forge
        else None,
        "decimal": decimal_mark(lang),
        "months": [one for lang in docket.organiser.languages for one in months(lang)],
        "weekdays": [one for lang in docket.organiser.languages for one in weekdays(lang)],
        "zone": docket.organiser.zone.key,
        "opens": begins(round_.opens, docket.organiser.zone).isoformat() if round_.opens else None,
        "closes": _last(docket, round_.deadline),
        "longest": LONGEST_ADDRESS,
        "email": receiver.email if receiver else "",
        "seal": {**round_.seal, "kid": key_id(round_.seal)} if round_.seal else None,
    }


def _words(docket: Docket, lang: str) -> dict[str, str]:
    """Its sentences, in the words of a register that has fields of its own, or has none."""
    keys = [one for one in entries("form") if one.startswith(SCRIPT) and not one.endswith(BARE)]
    asked = docket.organiser.asked
    other = {f"{SCRIPT}changing": f"{SCRIPT}changing_own"} if asked.own != asked.published else {}
    return {
        key.removeprefix(SCRIPT): template(other.get(key, key), lang, docket.organiser)
        for key in keys
        if not key.endswith("_own") and (asked.approval or key != f"{SCRIPT}future")
    }


def _last(docket: Docket, deadline: Moment | None) -> str | None:
    """The last millisecond that is in time: a browser's clock counts no finer."""
    if deadline is None or isinstance(deadline, datetime):
        return deadline.isoformat() if deadline else None
    after = begins(day_after(deadline), docket.organiser.zone)
    return (after - timedelta(milliseconds=1)).isoformat(timespec="milliseconds")


def _said(docket: Docket, lang: str) -> dict[str, dict[str, str]]:
    """The messages by code and variant."""
    return {
        code: {
            variant: template(f"rules.{code}.say.{variant}", lang, docket.organiser)
            for variant in variants(code)
            if variant not in NOT_ASKED
        }
        for code in (*SAID, *(("S04",) if docket.organiser.asked.own else ()))
    }


def _rules(schemas: Schemas, pointer: str, lang: str) -> dict[str, Any]:
    schema = schemas.field("submission.json", pointer)
    rules: dict[str, Any] = {
        "label": label(schema).of(lang),
        "ask": asked(schemas, pointer, lang),
        "required": is_required(schemas, pointer) and not pointer.startswith("/withdrawn/"),
        "public": schemas.asked.is_public(pointer),
        "id": id_of(pointer),
        "kind": schemas.asked.kind(pointer),
    }
    rules |= {key: value for key, value in schema.items() if key in KEPT}
    if "x-pattern" in schema:
        rules["rule"] = both(schema["x-pattern"]).of(lang)
    return rules


def _own(schemas: Schemas, docket: Docket, pointer: str, lang: str) -> dict[str, Any]:
    """What the script knows besides of a field of the register's own, in the schema's order."""
    own = schemas.asked.by_pointer.get(pointer)
    if own is None:
        return {}
    found: dict[str, Any] = {"own": True, "integer": own.integer}
    schema = schemas.field("submission.json", pointer)
    if own.kind is Kind.NUMBER:
        found["sized"] = {key: value for key, value in schema.items() if key in SIZED}
    if own.kind is Kind.CHOICES:
        found["list"] = {key: value for key, value in schema.items() if key in LISTED}
        found["list"]["items"] = True
    if own.choices:
        words = [word for word, _ in own.choices]
        facts = {"found": "{found}", "allowed": words}
        found["choices"] = [[word, name.of(lang)] for word, name in own.choices]
        found["called"] = [*own.called.items()]
        found["few"] = say("rules.S04.say.few", lang, docket.organiser, **facts)
    return found
