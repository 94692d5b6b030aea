"""The file to fill in by hand: every field empty, with its help above it."""

from collections.abc import Iterator, Mapping

from docket.docket import Docket
from docket.form.entry import TEXTS
from docket.form.fields import Field, fill, words
from docket.model import Round


def blank(docket: Docket, fields: Mapping[str, Field], call: Round, lang: str) -> str:
    """The file for a round, with its comments in `lang`."""
    return "\n".join(_rows(docket, fields, call, lang)) + "\n"


def _rows(docket: Docket, fields: Mapping[str, Field], call: Round, lang: str) -> Iterator[str]:
    yield f"# {call.title.of(lang)}"
    yield f"# {fill(words()['blankFill'], {}, docket, lang)}"
    if receiver := call.receiver:
        address = f" ({receiver.email})" if receiver.email else ""
        yield f"# {words()['blankSend'].of(lang)} {receiver.name}{address}"
    yield from ("", *_above(docket, fields["/municipality"], lang), 'municipality: ""')
    yield from ("", *_above(docket, fields["/areas"], lang), 'areas: [""]')
    group = ""
    for pointer in TEXTS:
        _, above, *key = pointer.split("/")
        if above == "withdrawn":
            continue
        inside = "  " if key else ""
        if key and above != group:
            yield ""
            if above == "contact" and call.seal:
                yield f"# {words()['blankSealed'].of(lang)}"
            yield f"{above}:"
            group = above
        if not key:
            yield ""
        value = "pending" if pointer == "/approval/status" else '""'
        rows = [*_above(docket, fields[pointer], lang), f"{key[0] if key else above}: {value}"]
        yield from (inside + row for row in rows)


def _above(docket: Docket, field: Field, lang: str) -> Iterator[str]:
    optional = "" if field.required else f" {words()['optional'].of(lang)}"
    yield f"# {field.label}{optional}"
    example = words()["date"].of(lang)
    if field.pointer == "/municipality":
        yield f"# {fill(words()['blankMunicipality'], {}, docket, lang)}"
    elif field.help:
        yield f"# {field.help.replace(example, words()['blankDate'].of(lang))}"
    if field.choices:
        yield f"# {', '.join(f'{value} = {name}' for value, name in field.choices)}"
