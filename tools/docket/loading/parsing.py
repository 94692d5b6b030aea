"""From plain data that has the right shape to the typed nouns.

Where a file has findings, what they speak of is left out; a noun is None where
too little is left to speak of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from docket.domain.asked import Answers, Asked, Kind, OwnField, Value
from docket.domain.instants import day, instant, moment
from docket.domain.languages import Texts
from docket.domain.licences import CC_BY
from docket.domain.mail import Confirmation, Mailbox
from docket.domain.nouns import (
    Approval,
    Contact,
    Decision,
    Designation,
    Finding,
    Forge,
    Municipality,
    Organiser,
    Receipt,
    Receiver,
    Round,
    Stop,
    Submission,
    Withdrawal,
)
from docket.domain.office import Office
from docket.domain.paths import parse
from docket.domain.received import Received
from docket.domain.signers import SigningKey
from docket.domain.states import ApprovalStatus, ForgeKind, Way
from docket.loading.document import Document
from docket.loading.schemas import both

Data = Mapping[str, Any]


def sound(document: Document, findings: Iterable[Finding]) -> Data:
    """The top-level values of `document` of which no finding speaks."""
    if document.broken or not isinstance(document.data, dict):
        return {}
    bad = _spoken_of(findings)
    if not bad:
        return document.data
    return {key: value for key, value in document.data.items() if key not in bad}


def municipality(slug: str, words: Data) -> Municipality:
    """An entry of the register."""
    tile = words.get("tile")
    return Municipality(
        slug=slug,
        name=words["name"],
        full=words.get("full", words["name"]),
        region=words.get("region", ""),
        code=words.get("code", ""),
        council=words.get("council", ""),
        domain=words.get("domain", ""),
        tile=(tile[0], tile[1]) if tile else None,
        also=tuple(words.get("also", ())),
        abbr=words.get("abbr", words["name"][:3].upper()),
    )


def organiser(data: Data, before: Organiser) -> Organiser:
    """What holds for the whole register; UTC where its zone cannot be read.

    `before` has what other files tell: its words and its languages.
    """
    forge = data.get("forge")
    return Organiser(
        ZoneInfo(data.get("zone", "UTC")),
        data.get("site", ""),
        Forge(**{**forge, "kind": ForgeKind(forge["kind"])}) if forge else None,
        tuple(SigningKey(**one) for one in data.get("signers", ())),
        words=before.words,
        office=Office(**data["office"]) if "office" in data else None,
        has_zone="zone" in data,
        publisher=_both(data, "publisher"),
        licence=data.get("licence", CC_BY),
        mail=Mailbox(**data["mail"]) if data.get("mail") else None,
        languages=before.languages,
        addresses=before.addresses,
        asked=before.asked,
    )


def round_(slug: str, path: str, data: Data) -> Round | None:
    """A round, if at least its title and seats are known."""
    if not {"title", "seats"} <= data.keys():
        return None
    receiver, received = data.get("receiver"), data.get("received")
    opens, deadline = data.get("opens"), data.get("deadline")
    return Round(
        slug=slug,
        path=path,
        title=both(data["title"]),
        seats=data["seats"],
        wishes=data.get("wishes", 1),
        opens=moment(opens) if opens else None,
        deadline=moment(deadline) if deadline else None,
        after=tuple(data.get("after", ())),
        receiver=Receiver(**receiver) if receiver else None,
        letter=data.get("letter", ""),
        decides=_both(data, "decides"),
        rehearsal=data.get("rehearsal", False),
        register=data.get("register", True),
        received=Received(received["count"], received["source"]) if received else None,
        seal=data.get("seal"),
        retention=_day(data, "retention"),
        erased=_day(data, "erased"),
        note=_both(data, "note"),
        sources=tuple(data.get("sources", ())),
    )


def submission(asked: Asked, path: str, data: Data, *, withdrawal_known: bool) -> Submission | None:
    """A submission, if its municipality, its areas and whether it is withdrawn are known."""
    if not {"municipality", "areas"} <= data.keys() or not withdrawal_known:
        return None
    contact, withdrawn = data.get("contact"), data.get("withdrawn")
    return Submission(
        round=place.round if (place := parse(path)) else "",
        path=path,
        municipality=data["municipality"],
        areas=tuple(data["areas"]),
        contact=Contact(**contact) if contact else None,
        approval=_approval(data["approval"]) if data.get("approval") else None,
        motivation=data.get("motivation", ""),
        withdrawn=Withdrawal(**_dated(withdrawn, "date")) if withdrawn else None,
        own=_answers(asked, data),
    )


def _answers(asked: Asked, data: Data) -> Answers:
    """What was answered to the register's own fields."""
    return tuple((one.key, _value(one, data[one.key])) for one in asked.own if one.key in data)


def _value(field: OwnField, value: Any) -> Value:  # noqa: ANN401 - as the schema has it
    if field.kind is Kind.CHOICES:
        return tuple(value)
    found: Value = int(value) if field.integer else value
    return found


def _approval(data: Data) -> Approval:
    return Approval(**_dated({**data, "status": ApprovalStatus(data["status"])}, "date"))


def receipts(
    slug: str, document: Document, findings: Iterable[Finding]
) -> Iterator[Receipt | Confirmation]:
    """The receipts and confirmations of a round, without the entries that have findings."""
    if document.broken or not isinstance(document.data, list):
        return
    bad = _spoken_of(findings)
    for index, entry in enumerate(document.data):
        if str(index) in bad:
            continue
        if told := entry.get("confirmed"):
            whose = entry["municipality"], entry["reference"]
            yield Confirmation(slug, *whose, at=instant(told["at"]), domain=told["domain"])
        else:
            words = {**entry, "received": instant(entry["received"]), "via": Way(entry["via"])}
            yield Receipt(slug, document.places[f"/{index}"], **words)


def decision(slug: str, path: str, data: Data) -> Decision:
    """The designation of a round."""
    stopped = data.get("stopped")
    return Decision(
        round=slug,
        path=path,
        decided=day(data["decided"]),
        designated=tuple(Designation(**_dated(entry, "until")) for entry in data["designated"]),
        until=_day(data, "until"),
        stopped=Stop(day(stopped["date"]), both(stopped["reason"]), stopped["source"])
        if stopped
        else None,
        note=_both(data, "note"),
        sources=tuple(data.get("sources", ())),
    )


def _spoken_of(findings: Iterable[Finding]) -> set[str]:
    """The top-level keys, or places in a list, that have findings."""
    return {one.place.pointer.split("/")[1] for one in findings if one.place.pointer}


def _both(data: Data, key: str) -> Texts | None:
    return both(data[key]) if key in data else None


def _day(data: Data, key: str) -> date | None:
    return day(data[key]) if key in data else None


def _dated(data: Data, key: str) -> Data:
    return {**data, key: day(data[key])} if key in data else data


def submission_of(
    asked: Asked, path: str, document: Document, findings: tuple[Finding, ...]
) -> Submission | None:
    """The submission in a file, as far as it can be read; None where nothing of it can."""
    data = sound(document, findings)
    written = document.data if isinstance(document.data, dict) else {}
    known = ("withdrawn" in written) == ("withdrawn" in data)
    return submission(asked, path, data, withdrawal_known=known)
