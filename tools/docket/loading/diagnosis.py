"""What a parse error most probably means, at the place of the writer's slip (F02).

libyaml tells where it cannot go on, often lines below what was forgotten. Where the slip is,
its tokens tell: what was opened there and never closed, what runs on over a field's name.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from docket.domain.nouns import Finding, Place
from docket.loading.decoding import HARD, lines, place_of

MISTAKES = {
    "conflict": re.compile(r"^<(?=<{6}( |$))", re.MULTILINE),
    "space": re.compile(rf"^[ ]*([\w-]+:)?{HARD}", re.MULTILINE),
}
TAB = re.compile(r"[ ]*\t")
FIELD = re.compile(r"[ ]*(- )?[a-z]+:( |\Z)", re.ASCII)
UNSPACED = re.compile(r"[ ]*(?:- )?([a-z]+:|-)(?=\S)", re.ASCII)
FOLLOWS = " \t,]}:#"
"""What can stand behind a quotation mark that ends a text."""
CLOSE = {
    "FlowSequenceEndToken": "FlowSequenceStartToken",
    "FlowMappingEndToken": "FlowMappingStartToken",
}
OPEN = frozenset(CLOSE.values())
TEXT = "ScalarToken"
SAID = {
    "mapping values": "colon",
    "escape": "escape",
    "hexdecimal": "escape",
    "cannot start any token": "start",
}
Token = Any  # PyYAML has no types for tokens, nor for its errors
Error = Any


class _Slip(NamedTuple):
    line: int
    column: int
    variant: str


def diagnose(path: str, text: str, error: Error, tokens: Sequence[Token]) -> Finding:
    """What keeps `text`, which has these `tokens`, from being read, and where to look."""
    for variant, mistake in MISTAKES.items():
        if found := mistake.search(text):
            return Finding("F02", place_of(path, text[: found.end() - 1]), variant)
    if error.problem_mark is None:
        return Finding("F02", Place(path), "syntax")
    rows = lines(text)
    line, column, variant = _slip(rows, tokens, error)
    line = min(line, len(rows) - 1)
    row, facts = rows[line], {}
    column = min(column, len(row))
    if tab := TAB.match(row):
        column, variant = tab.end() - 1, "tab"
    if variant == "start":
        facts["char"] = row[column : column + 1]
    return Finding("F02", Place(path, line + 1, column + 1), variant, facts)


def _slip(rows: Sequence[str], tokens: Sequence[Token], error: Error) -> _Slip:
    context, problem = error.context or "", error.problem or ""
    before = [one for one in tokens if _at(one.start_mark) < _at(error.problem_mark)]
    if slip := _quote(rows, before, error):
        return slip
    if "flow" in context:
        return _bracket(rows, tokens, error)
    if "could not find expected ':'" in problem:
        return _nameless(rows, error.context_mark)
    if "mapping values" in problem and before and _begins(rows, before[-1]):
        return _nameless(rows, before[-1].start_mark)
    is_sign = "alias" in context or "anchor" in context
    mark = error.context_mark if is_sign else error.problem_mark
    known = (variant for words, variant in SAID.items() if words in problem)
    return _Slip(*_at(mark), "start" if is_sign else next(known, "syntax"))


def _quote(rows: Sequence[str], before: Sequence[Token], error: Error) -> _Slip | None:
    """A quotation mark that is never closed, or that closes a text in its middle."""
    quoted = [one for one in before if _kind(one) == TEXT and one.style in ('"', "'")]
    for one in quoted:
        (first, _), (last, end) = _at(one.start_mark), _at(one.end_mark)
        if rows[last][end : end + 1] in FOLLOWS:  # also at the end of a line
            continue
        if any(map(FIELD.match, rows[first + 1 : last + 1])):
            return _Slip(*_at(one.start_mark), "quote")
        if _at(one.end_mark) == _at(error.problem_mark):
            return _Slip(last, end - 1, "closed")
    is_open = "quoted scalar" in (error.context or "") and "end of stream" in error.problem
    return _Slip(*_at(error.context_mark), "quote") if is_open else None


def _bracket(rows: Sequence[str], tokens: Sequence[Token], error: Error) -> _Slip:
    """A bracket that is never closed; or, where it is, a comma that is missing inside it."""
    line, column = _at(error.problem_mark)
    start = _opened([one for one in tokens if _at(one.start_mark) < (line, column)])
    if not _is_closed([one for one in tokens if _at(one.start_mark) >= start]):
        return _Slip(*start, "bracket")
    if "node" in error.context:  # one comma too many
        return _Slip(line, column, "syntax")
    last = max(
        (one for one in tokens if _at(one.start_mark) < (line, column)),
        key=lambda one: _at(one.start_mark),
    )
    if _at(last.start_mark)[0] < line:  # it is missing at the end of a line above
        line, column = _at(last.start_mark)[0], len(rows[_at(last.start_mark)[0]].rstrip())
    return _Slip(line, column, "comma")


def _opened(tokens: Sequence[Token]) -> tuple[int, int]:
    """The innermost bracket that is open where `tokens` end."""
    stack = [(0, 0)]
    for one in tokens:
        if _kind(one) in OPEN:
            stack.append(_at(one.start_mark))
        elif _kind(one) in CLOSE and len(stack) > 1:
            stack.pop()
    return stack[-1]


def _is_closed(tokens: Sequence[Token]) -> bool:
    """Whether the bracket that `tokens` begin with has its own end."""
    stack: list[str] = []
    for one in tokens:
        if _kind(one) in OPEN:
            stack.append(_kind(one))
        elif wanted := CLOSE.get(_kind(one)):
            if not stack or stack.pop() is not wanted:
                return False
            if not stack:
                return True
    return False


def _nameless(rows: Sequence[str], mark: Any) -> _Slip:  # noqa: ANN401 - PyYAML's own
    """A line that is no field: without its space or colon, or a text that is not indented."""
    line, column = _at(mark)
    if found := UNSPACED.match(rows[line]):
        return _Slip(line, found.end(), "spaced")
    above = [row for row in rows[:line] if row.strip() and not row.lstrip().startswith("#")]
    return _Slip(line, column, "indent" if above else "key")


def _begins(rows: Sequence[str], token: Token) -> bool:
    """Whether a plain text begins its line, but for a hyphen."""
    line, column = _at(token.start_mark)
    is_plain = _kind(token) == TEXT and token.plain
    return is_plain and not rows[line][:column].strip(" -")


def _kind(token: Token) -> str:
    return type(token).__name__


def _at(mark: Any) -> tuple[int, int]:  # noqa: ANN401
    return mark.line, mark.column
