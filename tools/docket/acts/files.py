"""What the organiser's acts share of the files they write."""

from collections.abc import Mapping
from typing import Any

from docket.acts.plan import Plan
from docket.acts.yamledit import Uneditable, edit
from docket.domain.docket import Docket
from docket.domain.instants import day
from docket.form.answers import dated
from docket.text.errors import PairError
from docket.text.escape import show_path


def files_of(plan: Plan) -> str:
    """The files of a plan as they will be."""
    told = []
    for path, content in plan.files.items():
        told += [f"{show_path(path)}:", *(f"  {row}" for row in content.decode().splitlines()), ""]
    return "\n".join([*told, ""]).removesuffix("\n")


def edited(path: str, content: bytes, changes: Mapping[str, Any]) -> bytes:
    """`content` with its fields as `changes` say, all else as it was. Raises `CommandError`."""
    try:
        return edit(content, changes)
    except Uneditable:
        raise PairError(
            f"{path} kan ikke rettes herfra. Ret den i hånden, og se efter med docket check.",
            f"{path} cannot be changed from here. Change it by hand, then run docket check.",
        ) from None


def must_be_whole(docket: Docket, path: str) -> None:
    """A file with findings is corrected first: the rules cannot judge it. Raises `CommandError`."""
    if not docket.is_whole(path):
        raise PairError(
            f"{path} skal rettes først. Se, hvad der er galt: docket check",
            f"{path} must be corrected first. See what is wrong: docket check",
        )


def date_of(option: str, text: str) -> str:
    """`text`, if it is a date, as people write one. Raises `CommandError`."""
    try:
        return day(dated(text)).isoformat()
    except ValueError:
        raise PairError(
            f"Skriv en dato, for eksempel {option} 2022-09-09",
            f"Write a date, such as {option} 2022-09-09",
        ) from None
