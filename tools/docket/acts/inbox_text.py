"""What waits, told: for the organiser at a terminal, and for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from docket.acts import changes_text
from docket.acts.changes_text import Reader, sentences
from docket.acts.inbox import (
    BranchItem,
    FileItem,
    InboxKind,
    Item,
    LockItem,
    MailItem,
    ProposalItem,
    RoundItem,
    SubmissionItem,
)
from docket.acts.rivals import Bond
from docket.domain.docket import Docket
from docket.domain.instants import Moment
from docket.domain.nouns import Finding
from docket.domain.paths import OwnFile, own_path
from docket.text.catalogue import say
from docket.text.escape import one_line, printable, show_path
from docket.text.messages import message
from docket.views.sentences import confirmed, past

VERSION = 1


def text(docket: Docket, items: Sequence[Item], lang: str) -> str:
    """Everything that waits, under headings, each with what to do."""
    rows = [line for line in (past(docket, lang),) if line]
    rows += [say("inbox.title", lang, docket.organiser, now=docket.now)]
    for kind in InboxKind:
        found = [item for item in items if item.kind == kind]
        if found:
            rows += ["", say(f"inbox.{kind}.heading", lang, count=len(found))]
            rows += [f"  {line}" for item in found for line in lines_of(docket, item, lang)]
    if not items:
        rows += ["", say("inbox.nothing", lang)]
    return "\n".join(rows) + "\n"


def data(docket: Docket, items: Sequence[Item]) -> str:
    """The same as JSON."""
    whole = {
        "version": VERSION,
        "past": docket.past,
        "at": _iso(docket, docket.now),
        "items": [_data(docket, item) for item in items],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def lines_of(docket: Docket, item: Item, lang: str) -> Iterator[str]:
    """One thing that waits, and what to do, a line each."""
    match item:
        case LockItem():
            yield say("inbox.locked.one", lang, path=item.path)
        case MailItem():
            yield say(
                "inbox.unsent.one", lang, to=one_line(item.to), subject=one_line(item.subject)
            )
            yield f"  {say(f'inbox.unsent.{item.why}', lang, words=one_line(item.words))}"
            yield f"  {item.path}"
        case ProposalItem():
            yield say("inbox.proposed.one", lang, branch=show_path(item.branch))
        case BranchItem():
            yield from _branch(docket, item, lang)
        case FileItem():
            yield say("inbox.wrong.one", lang, path=show_path(item.path))
            yield from _findings(docket, item.findings, lang)
        case SubmissionItem():
            key = f"inbox.{item.kind}.{'one' if item.when else 'undated'}"
            yield say(key, lang, docket.organiser, **_facts(docket, item))
            if item.line:
                journal = own_path(item.round, OwnFile.RECEIPTS)
                yield f"  {say(f'inbox.{item.kind}.paste', lang, journal=journal)}"
                yield f"  {item.line}"
        case RoundItem():
            facts = {"round": item.round, "when": item.when, "count": item.kept}
            key = f"inbox.{item.kind}.{'desk' if item.kept else 'round'}"
            yield say(key, lang, docket.organiser, **facts)


def _facts(docket: Docket, item: SubmissionItem) -> Mapping[str, object]:
    name = docket.register[item.municipality].full
    return {"municipality": name, "round": item.round, "path": item.path, "when": item.when}


def _branch(docket: Docket, item: BranchItem, lang: str) -> Iterator[str]:
    shown, key = show_path(item.branch), "inbox.branch" if item.received else "inbox.branch.undated"
    name = shown
    if item.place and item.municipality:
        name = f"{docket.register[item.municipality].full}, {item.place.round}"
    looked_at = "changes" if item.sound else "look"
    stands = "routine" if item.routine else "wrong" if item.findings else looked_at
    facts = {"name": name, "received": item.received, "branch": item.branch}
    yield say(f"{key}.{stands}", lang, docket.organiser, **facts)
    if item.bond:
        yield f"  {say(f'inbox.branch.bond.{item.bond}', lang, docket.organiser)}"
    yield from (f"  {row}" for row in proofs(docket, item, lang))
    for one in item.changes:
        yield from (f"  {row}" for row in sentences(docket, one, Reader(lang, private=True)))
    yield from _findings(docket, item.findings, lang)
    if item.proposal:
        yield f"  {say('inbox.branch.proposed', lang, branch=show_path(item.proposal))}"
    elif item.sound:
        accept = "instead" if item.bond is Bond.RIVAL else "accept"
        yield f"  {say(f'{key}.{accept}', lang, branch=shown)}"


def proofs(docket: Docket, item: BranchItem, lang: str) -> Iterator[str]:
    """Whether its sender proved an address by e-mail, a sentence each."""
    if item.received and item.municipality and (item.confirmed or docket.mails):
        told = confirmed(docket, item.municipality, item.confirmed, lang)
        yield say("inbox.branch.confirmed", lang, confirmed=told)
        if item.confirmed_before and not item.confirmed:
            told = confirmed(docket, item.municipality, item.confirmed_before, lang)
            yield say("inbox.branch.confirmed_before", lang, confirmed=told)


def _findings(docket: Docket, findings: Sequence[Finding], lang: str) -> Iterator[str]:
    for one in findings:
        yield f"  {one.code}: {message(one, docket.organiser, lang)}"


def _data(docket: Docket, item: Item) -> dict[str, Any]:
    """Every item has every field, null where it has none."""
    fields = (
        "kind",
        "round",
        "municipality",
        "when",
        "branch",
        "path",
        "routine",
        "line",
        "sender",
        "confirmed",
    )
    lists: dict[str, Any] = {"changes": [], "findings": []}
    return {**dict.fromkeys(fields), "kind": item.kind, **lists, **_own_data(docket, item)}


def _own_data(docket: Docket, item: Item) -> dict[str, Any]:
    match item:
        case LockItem() | MailItem():
            return {"path": item.path}
        case ProposalItem():
            return {"branch": printable(item.branch)}
        case BranchItem():
            return {
                "round": item.place.round if item.place else "",
                "municipality": item.municipality or None,
                "when": _iso(docket, item.received),
                "branch": printable(item.branch),
                "path": printable(str(item.place)) if item.place else None,
                "routine": item.routine,
                "sender": item.bond,
                "confirmed": item.confirmed.domain if item.confirmed else None,
                "changes": [changes_text.data(docket, one) for one in item.changes],
                "findings": _findings_data(docket, item.findings),
            }
        case FileItem():
            findings = _findings_data(docket, item.findings)
            return {"round": item.round, "path": printable(item.path), "findings": findings}
        case SubmissionItem():
            return {
                "round": item.round,
                "municipality": item.municipality,
                "when": _iso(docket, item.when),
                "path": printable(item.path),
                "line": item.line or None,
            }
        case RoundItem():
            return {"round": item.round, "when": _iso(docket, item.when)}


def _findings_data(docket: Docket, findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [
        {
            "code": one.code,
            "message": {
                lang: message(one, docket.organiser, lang) for lang in docket.organiser.languages
            },
        }
        for one in findings
    ]


def _iso(docket: Docket, when: Moment | None) -> str | None:
    if isinstance(when, datetime):
        return when.astimezone(docket.organiser.zone).isoformat()
    return when.isoformat() if when else None
