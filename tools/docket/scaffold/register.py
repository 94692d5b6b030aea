"""A register from a sheet (CSV): who may answer, by slug and name."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from docket.domain.nouns import Bilingual
from docket.domain.spelling import fold
from docket.text.errors import CommandError, PairError
from docket.text.escape import show_path

COLUMNS = {"slug": "slug", "name": "name", "navn": "name", "region": "region"}
COLUMNS |= {"code": "code", "kode": "code"}
SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
TAKEN = ("round", "receipts", "decision", "yes", "no", "on", "off", "true", "false", "null")
"""Names of the organiser's files, and words that YAML takes for something else."""
LONGEST = 64
TORN = Bilingual(
    "linjen kan ikke læses. Står der et anførselstegn for lidt?",
    "the line cannot be read. Is a quotation mark missing?",
)
Terms = dict[str, dict[str, str]]


def read_register(content: bytes, name: str) -> Terms:
    """What is known of each slug. Raises `CommandError`, a line for each thing that is wrong."""
    shown = show_path(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PairError(
            f"{shown} er ikke UTF-8. Gem arket som »CSV UTF-8«.",
            f"{shown} is not UTF-8. Save the sheet as “CSV UTF-8”.",
        ) from None
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error:
        raise _at(shown, reader.line_num, TORN) from None
    columns = _columns(rows[0][1] if rows else [], shown)
    found: Terms = {}
    wrong: list[CommandError] = []
    for line, cells in rows[1:]:
        row = dict(zip(columns, cells, strict=False))
        slug = row.pop("slug", "") or fold(row.get("name", ""))
        faults = list(_wrong(slug, row.get("name", ""), found))
        wrong += [_at(shown, line, fault) for fault in faults]
        if not faults:
            found[slug] = {key: value for key, value in row.items() if value}
    if not found and not wrong:
        wrong = [_at(shown, 2, Bilingual("her mangler et navn", "a name is missing here"))]
    if wrong:
        raise PairError(*("\n".join(one.of(lang) for one in wrong) for lang in ("da", "en")))
    return found


def slug_faults(slug: str, taken: Sequence[str] | Mapping[str, object]) -> Iterator[Bilingual]:
    """What is wrong with a slug, and what to write instead."""
    shown, better = show_path(slug), fold(slug)
    if slug in taken:
        yield Bilingual(f"{shown} står der to gange", f"{shown} is there twice")
    elif slug in TAKEN:
        yield Bilingual(
            f"{shown} er optaget af registeret selv. Skriv for eksempel {slug}-1",
            f"{shown} is the register's own word. Write for example {slug}-1",
        )
    elif not re.fullmatch(SLUG, slug) or len(slug) > LONGEST:
        good = re.fullmatch(SLUG, better) and len(better) <= LONGEST and better not in TAKEN
        instead = (
            Bilingual(f". Skriv {better}", f". Write {better}")
            if good
            else Bilingual(", for eksempel havne-og-fyr", ", such as ports-and-lights")
        )
        yield Bilingual(
            f"{shown or 'det korte navn'} skal være små bogstaver fra a til z, tal og "
            f"bindestreger, begynde med et bogstav og have højst {LONGEST} tegn{instead.da}",
            f"{shown or 'the slug'} must be small letters from a to z, digits and hyphens, "
            f"begin with a letter and have at most {LONGEST} characters{instead.en}",
        )


def one_line(text: str) -> bool:
    """Whether `text` is a name as it is written: a line of at most 200 printable characters."""
    return 0 < len(text) <= 200 and text.isprintable()  # noqa: PLR2004 - as in schema/text.json


def _columns(head: Sequence[str], shown: str) -> list[str]:
    """What each column holds, "" where it is none of ours. Raises `CommandError`."""
    columns = [COLUMNS.get(cell.lower(), "") for cell in head]
    if "name" in columns and all(columns.count(one) < 2 for one in set(columns) - {""}):  # noqa: PLR2004
        return columns
    raise _at(
        shown,
        1,
        Bilingual(
            "den første linje skal være kolonnernes navne, hvert en gang: slug;name "
            "og, hvis I vil, region og code",
            "the first line must be the names of the columns, each once: slug,name "
            "and, if you like, region and code",
        ),
    )


def _wrong(slug: str, name: str, found: Mapping[str, object]) -> Iterator[Bilingual]:
    if not one_line(name):
        yield Bilingual(
            "navnet skal være en linje med højst 200 tegn",
            "the name must be a line of at most 200 characters",
        )
    else:
        yield from slug_faults(slug, found)


def _at(shown: str, line: int, fault: Bilingual) -> CommandError:
    return PairError(f"{shown}, linje {line}: {fault.da}", f"{shown}, line {line}: {fault.en}")
