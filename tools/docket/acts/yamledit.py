"""Small changes to a file that people wrote: comments, order and style stay as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docket.acts.yamltext import field, flow
from docket.loading import yamlfile
from docket.loading.decoding import BREAKS, MARK
from docket.loading.document import Document
from docket.loading.loader import Parse

LAST = ("sources",)
"""Fields that stay at the end when another one is added."""


class Uneditable(Exception):
    """The file is not written line by line: whoever wrote it must change it."""


def edit(content: bytes, changes: Mapping[str, Any]) -> bytes:
    """`content` with the top-level fields in `changes`, and nothing else, as they say.

    Raises `Uneditable`.
    """
    before = yamlfile.read("", content)
    if before.broken or not isinstance(before.data, dict):
        raise Uneditable
    wanted = {**before.data, **changes}
    for key, value in changes.items():
        found = yamlfile.read("", content)
        if found.data.get(key) != value:
            content = _with(content, found, key, value)
    after = yamlfile.read("", content)
    if after.findings or after.data != wanted:
        raise Uneditable
    return content


def append(
    path: str, content: bytes, entries: Sequence[tuple[str, Any]], parse: Parse = yamlfile.read
) -> bytes:
    """The list `content` with `entries` at its end, and every byte that was there as it was.

    An entry is how it is written, on one line, and what it reads as. A file of comments is a
    list that has not begun. The result is judged as the file at `path`. Raises `Uneditable`.
    """
    before = parse(path, content)
    old = before.data if isinstance(before.data, list) else []
    wanted = [*old, *(entry for _, entry in entries)]
    mark = MARK if content.startswith(MARK) else b""
    text = content.removeprefix(MARK).decode("utf-8", "replace")
    for longer in _longer(text, before, [written for written, _ in entries]):
        grown = mark + longer.encode()
        if parse(path, grown).data == wanted:
            return grown
    raise Uneditable


def _longer(text: str, before: Document, entries: Sequence[str]) -> Iterator[str]:
    """The ways in which `entries` can be added to the list in `text`."""
    found = BREAKS.search(text)
    end = found[0] if found else "\n"
    at = before.end or len(text)
    head, tail = text[:at], text[at:]
    row = BREAKS.split(head)[-1]
    if not tail.startswith("]"):  # a list in lines
        column = before.places[""].column if isinstance(before.data, list) else 1
        gap = end if row else ""
        lines = "".join(f"{' ' * (column - 1)}- {entry}{end}" for entry in entries)
        yield f"{head}{gap}{lines}{tail}"
    elif head.endswith("["):  # [] is nobody's style yet, and lines are easier to read
        indent, start = row.removesuffix("["), head.removesuffix("[")
        if indent.strip():
            indent, start = "", start + end
        lines = f"{end}{indent}".join(f"- {entry}" for entry in entries)
        yield f"{start}{lines}{tail[1:] or end}"
    else:
        more = ", ".join(entries) + ("" if row.strip() else end)
        yield from (f"{head}{comma}{more}{tail}" for comma in (", ", " "))


def _with(content: bytes, found: Document, key: str, value: Any) -> bytes:  # noqa: ANN401 - YAML
    text = content.decode()
    end = "\r\n" if "\r\n" in text else "\n"
    rows = text.splitlines()
    starts = {name: found.places[f"~key/{name}"].line - 1 for name in found.data}
    if len(set(starts.values())) < len(starts) or any(
        rows[at][:1] in " {" for at in starts.values()
    ):
        raise Uneditable
    if key in starts:
        start, stop = starts[key], _stop(rows, starts[key], starts.values())
        old = found.data[key]
        both_lists = isinstance(old, list) and isinstance(value, list)
        entries = _entries(rows, found, key, value) if both_lists else None
        rows[start:stop] = entries or _line(rows[start], found, key, value)
    else:
        first = min(starts.values())
        after = [_above(rows, starts[one]) for one in LAST if starts.get(one, first) > first]
        at = min(after, default=_stop(rows, max(starts.values()), starts.values()))
        rows[at:at] = field(key, value).splitlines()
    return (end.join(rows) + end).encode()


def _line(row: str, found: Document, key: str, value: Any) -> list[str]:  # noqa: ANN401
    """A field written anew; the comment after a plain word stays."""
    lines = field(key, value).splitlines()
    begin = found.places[f"/{key}"].column - 1
    raw = found.raw.get(f"/{key}", "")
    rest = row[begin + len(raw) :] if raw and row[begin:].startswith(raw) else ""
    return [lines[0] + rest] if len(lines) == 1 else lines


def _entries(
    rows: Sequence[str], found: Document, key: str, value: Sequence[Any]
) -> list[str] | None:
    """A list of lines with its kept entries, and their comments, untouched; new ones last."""
    old = found.data[key]
    starts = [found.places[f"/{key}/{index}"].line - 1 for index in range(len(old))]
    lines = [rows[at].lstrip() for at in starts]
    merged = [one for one in old if one in value] + [one for one in value if one not in old]
    apart = len(set(starts)) == len(starts) and all(one.startswith("- ") for one in lines)
    if not old or not apart or merged != value:
        return None
    tops = [_above(rows, at, indented=True) for at in starts]
    begin = found.places[f"~key/{key}"].line - 1
    ends = [
        *tops[1:],
        _stop(rows, begin, [found.places[f"~key/{one}"].line - 1 for one in found.data]),
    ]
    block = list(rows[begin : tops[0]])
    for index, entry in enumerate(old):
        if entry in value:
            block += rows[tops[index] : ends[index]]
    indent = rows[starts[0]].partition("-")[0]
    block += [f"{indent}- {flow(entry)}" for entry in value if entry not in old]
    return block


def _stop(rows: Sequence[str], start: int, starts: Iterable[int]) -> int:
    """Where the field that begins at `start` ends: before the next one and its comments."""
    later = [at for at in starts if at > start]
    stop = min(later, default=len(rows))
    return _above(rows, stop) if later else stop


def _above(rows: Sequence[str], at: int, *, indented: bool = False) -> int:
    """The line where the comments and blank lines just above `at` begin."""
    while at and (rows[at - 1].lstrip() if indented else rows[at - 1])[:1] in ("", "#"):
        at -= 1
    return at
