"""A register from a sheet (CSV): who may answer, by slug and name."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from docket.domain.spelling import fold
from docket.scaffold.answers import one_line, slug_faults
from docket.text.errors import CommandError, Faulty
from docket.text.escape import show_path

COLUMNS = {"slug": "slug", "name": "name", "navn": "name", "region": "region"}
COLUMNS |= {"code": "code", "kode": "code"}
"""What a column holds, by what people call it."""
Terms = dict[str, dict[str, str]]
Row = tuple[int, list[str]]
"""A line's number and its cells."""


def read_register(path: Path) -> Terms:
    """What the sheet at `path` tells of each slug.

    Raises `CommandError`, a line for each thing that is wrong.
    """
    name = show_path(str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError("init.sheet.encoding", name=name) from None
    except (OSError, ValueError):
        raise CommandError("init.sheet.unread", name=name) from None
    head, *rows = _rows(text, name) or [(1, [])]
    columns = _columns(head, name)
    terms: Terms = {}
    wrong: list[CommandError] = []
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        slug = row.pop("slug", "") or fold(row.get("name", ""))
        faults = [_at(name, line, fault) for fault in _faults(slug, row.get("name", ""), terms)]
        wrong += faults
        if not faults:
            terms[slug] = {key: value for key, value in row.items() if value}
    if not terms and not wrong:
        wrong = [_at(name, 2, CommandError("init.sheet.empty"))]
    if wrong:
        raise Faulty("init.sheet.wrong", wrong)
    return terms


def _rows(text: str, name: str) -> list[Row]:
    """The lines that hold anything. Raises `CommandError`."""
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error:
        raise _at(name, reader.line_num, CommandError("init.sheet.torn")) from None


def _columns(head: Row, name: str) -> list[str]:
    """What each column holds, "" where it is none of ours. Raises `CommandError`."""
    columns = [COLUMNS.get(cell.lower(), "") for cell in head[1]]
    ours = [one for one in columns if one]
    if "name" not in ours or len(ours) > len(set(ours)):
        raise _at(name, 1, CommandError("init.sheet.columns"))
    return columns


def _faults(slug: str, name: str, known: Mapping[str, object]) -> Iterator[CommandError]:
    if not one_line(name):
        yield CommandError("init.sheet.name")
    else:
        yield from slug_faults(slug, known)


def _at(name: str, line: int, fault: CommandError) -> Faulty:
    return Faulty("init.sheet.line", [fault], name=name, line=str(line))
