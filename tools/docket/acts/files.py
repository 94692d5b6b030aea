"""What the organiser's acts share of the files they write."""

from collections.abc import Mapping
from typing import Any

from docket.acts.plan import Plan
from docket.acts.yamledit import Uneditable, edit
from docket.domain.docket import Docket
from docket.domain.paths import OwnFile, own_path
from docket.text.errors import CommandError
from docket.text.escape import show_path


def files_of(plan: Plan) -> str:
    """The files of a plan as they will be."""
    rows = []
    for path, content in plan.files.items():
        rows += [f"{show_path(path)}:", *(f"  {row}" for row in content.decode().splitlines()), ""]
    return "\n".join([*rows, ""]).removesuffix("\n")


def edited(path: str, content: bytes, changes: Mapping[str, Any]) -> bytes:
    """`content` with its fields as `changes` say, all else as it was. Raises `CommandError`."""
    try:
        return edit(content, changes)
    except Uneditable:
        raise CommandError("errors.act.uneditable", path=path) from None


def must_be_whole(docket: Docket, path: str) -> None:
    """A file with findings is corrected first: the rules cannot judge it. Raises `CommandError`."""
    if not docket.is_whole(path):
        raise CommandError("errors.act.broken", path=path)


def must_be_read(docket: Docket, round_: str) -> None:
    """A round that is there, but cannot be read, is never called missing. Raises `CommandError`."""
    path = own_path(round_, OwnFile.ROUND)
    if path in docket.places and round_ not in docket.rounds:
        must_be_whole(docket, path)
