"""The text of the organiser's files, as a person would write them: plain words, few signs.

What fits on a line stands on one; long texts are folded. The reader of these files is the
judge: a word it would take differently is put in quotation marks.
"""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from docket.loading import yamlfile
from docket.loading.scalars import quote

WIDTH = 88
Data = Any
"""What YAML holds: dict, list, str, int, bool or None."""


def document(schema: str, data: Mapping[str, Data]) -> str:
    """A whole file: the line that tells editors its schema, then its fields in order."""
    head = f"# yaml-language-server: $schema=../../schema/{schema}"
    return "\n".join([head, *(field(key, value) for key, value in data.items())]) + "\n"


def field(key: str, value: Data) -> str:
    """One field of a file, without a line break at its end."""
    return "\n".join(_lines(key, value, ""))


def flow(value: Data) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return _word(value) if isinstance(value, str) else str(value)


def _lines(key: str, value: Data, indent: str) -> Iterator[str]:
    start = f"{indent}{_word(key)}:"
    inner = indent + "  "
    short = f"{start} {flow(value)}"
    rows = isinstance(value, list) and any(isinstance(one, dict) or "/" in one for one in value)
    if isinstance(value, str) and len(short) > WIDTH and (folded := _folded(value, inner)):
        yield f"{start} >-"
        yield from folded
    elif isinstance(value, list) and (rows or len(short) > WIDTH):
        yield start
        yield from (f"{inner}- {flow(one)}" for one in value)
    elif isinstance(value, dict) and len(short) > WIDTH:
        yield start
        for name, one in value.items():
            yield from _lines(name, one, inner)
    else:
        yield short


def _word(text: str) -> str:
    """`text` as it is where the reader takes it for just that, else in quotation marks."""
    found = yamlfile.read("", f"k: {{v: {text}}}".encode())
    same = not found.findings and found.data == {"k": {"v": text}}
    return text if same else quote(text)


def _folded(text: str, indent: str) -> list[str]:
    """`text` folded over lines; nothing where it would not read back the same."""
    words = textwrap.wrap(text, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    lines = [indent + line for line in words]
    back = yamlfile.read("", "\n".join([f"{indent[2:]}k: >-", *lines]).encode())
    return lines if not back.findings and back.data == {"k": text} else []
