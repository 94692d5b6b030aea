"""What the script of the form knows, made from the schema and the round."""

from datetime import datetime, timedelta
from typing import Any

from docket.domain.docket import Docket
from docket.domain.instants import Moment, begins, day_after
from docket.domain.nouns import Round
from docket.domain.spelling import fold
from docket.form.answers import spelled
from docket.form.fields import POINTERS, asked, is_required, municipalities
from docket.loading.envelope import key_id
from docket.loading.formats import PATTERNS
from docket.loading.schemas import Schemas, both, label
from docket.text.catalogue import entries, template
from docket.text.l10n import months
from docket.text.messages import variants

SCRIPT = "form.script."
"""The sentences that the script says, by the names that it calls them."""
SAID = ("S05", "S06", "S07")
"""The rules that it judges by itself, in the words of their messages."""
NOT_ASKED = ("language",)
"""Formats that no field of a submission has."""
PUBLIC = ("/municipality", "/areas", "/approval/", "/motivation", "/withdrawn/date")
"""What the site shows of a submission: these, and what lies under them."""
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
        "fields": {pointer: _rules(schemas, pointer, lang) for pointer in POINTERS},
        "patterns": dict(PATTERNS),
        "say": _said(docket, lang),
        "words": {
            key.removeprefix(SCRIPT): template(key, lang, docket.organiser)
            for key in entries("form")
            if key.startswith(SCRIPT)
        },
        "forge": {"kind": forge.kind, "address": forge.address, "branch": forge.branch}
        if forge
        else None,
        "months": [one for lang in docket.organiser.languages for one in months(lang)],
        "zone": docket.organiser.zone.key,
        "opens": begins(round_.opens, docket.organiser.zone).isoformat() if round_.opens else None,
        "closes": _last(docket, round_.deadline),
        "longest": LONGEST_ADDRESS,
        "email": receiver.email if receiver else "",
        "seal": {**round_.seal, "kid": key_id(round_.seal)} if round_.seal else None,
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
        for code in SAID
    }


def _rules(schemas: Schemas, pointer: str, lang: str) -> dict[str, Any]:
    schema = schemas.field("submission.json", pointer)
    rules: dict[str, Any] = {
        "label": label(schema).of(lang),
        "ask": asked(schemas, pointer, lang),
        "required": is_required(schemas, pointer) and not pointer.startswith("/withdrawn/"),
        "public": pointer.startswith(PUBLIC),
    }
    kept = ("maxLength", "pattern", "format")
    rules |= {key: schema[key] for key in kept if key in schema}
    if "x-pattern" in schema:
        rules["rule"] = both(schema["x-pattern"]).of(lang)
    return rules
