"""The file to fill in by hand: every field empty, with its help above it."""

from collections.abc import Iterator, Mapping

from docket.domain.asked import Kind
from docket.domain.docket import Docket
from docket.domain.nouns import Round
from docket.domain.states import ApprovalStatus
from docket.form.fields import Field
from docket.text.catalogue import say
from docket.text.l10n import short_day


def blank(docket: Docket, fields: Mapping[str, Field], round_: Round, lang: str) -> str:
    """The file for a round, with its comments in `lang`."""
    return "\n".join(_rows(docket, fields, round_, lang)) + "\n"


def _rows(docket: Docket, fields: Mapping[str, Field], round_: Round, lang: str) -> Iterator[str]:
    yield f"# {round_.title.of(lang)}"
    yield f"# {say('form.blank.fill', lang, docket.organiser)}"
    if receiver := round_.receiver:
        address = f" ({receiver.email})" if receiver.email else ""
        yield f"# {say('form.blank.send', lang, receiver=receiver.name + address)}"
    yield from ("", *_above(docket, fields["/municipality"], lang), 'municipality: ""')
    yield from ("", *_above(docket, fields["/areas"], lang), 'areas: [""]')
    group = ""
    for pointer, field in fields.items():
        _, above, *key = pointer.split("/")
        if above in ("municipality", "areas", "withdrawn"):
            continue
        inside = "  " if key else ""
        if key and above != group:
            yield ""
            if above == "contact" and round_.seal:
                yield f"# {say('form.blank.sealed', lang)}"
            yield f"{above}:"
            group = above
        if not key:
            yield ""
        value = ApprovalStatus.PENDING if pointer == "/approval/status" else _empty(field)
        rows = [*_above(docket, field, lang), f"{key[0] if key else above}: {value}".rstrip()]
        yield from (inside + row for row in rows)


def _empty(field: Field) -> str:
    """What stands where nothing is filled in: what takes no quotation marks has none."""
    bare = {Kind.CHOICES: '[""]', Kind.NUMBER: "", Kind.YES_NO: ""}
    return bare.get(field.kind, '""')


def _above(docket: Docket, field: Field, lang: str) -> Iterator[str]:
    optional = "" if field.required else f" {say('form.page.optional', lang)}"
    yield f"# {field.label}{optional}"
    example = say("form.page.example", lang, short=short_day(lang))
    if field.pointer == "/municipality":
        yield f"# {say('form.blank.municipality', lang, docket.organiser)}"
    elif field.help:
        yield f"# {field.help.replace(example, say('form.blank.date', lang))}"
    if field.kind is Kind.NUMBER:
        yield f"# {say(f'form.blank.{field.number}', lang)}"
    if field.choices:
        yield f"# {', '.join(f'{value} = {name}' for value, name in field.choices)}"
