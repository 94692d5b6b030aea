"""The overview of a round for those who decide, and of all rounds. Each format is one module.

Every number comes from `figures`, which the site's pages read too.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command pays only for the format that it writes
    from docket.summary.lines import Summary

FORMATS = {
    "md": "docket.summary.note",
    "json": "docket.summary.data",
    "csv": "docket.summary.sheet",
    "xlsx": "docket.summary.workbook",
}


def write(name: str, summary: "Summary") -> bytes:
    """One round in the format `name`."""
    written: bytes = import_module(FORMATS[name]).write(summary)
    return written


def write_rounds(name: str, summaries: Sequence["Summary"], lang: str) -> bytes:
    """All rounds in the format `name`, one line each."""
    written: bytes = import_module(FORMATS[name]).write_rounds(summaries, lang)
    return written
