"""What waits on a branch, as the office's inbox shows it: evidence, side by side, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from docket.acts import inbox_text
from docket.acts.inbox import BranchItem
from docket.acts.rivals import Bond
from docket.domain.instants import is_late
from docket.domain.nouns import Finding, Round
from docket.domain.paths import RoundPath
from docket.form import fields as form
from docket.form.answers import Values, flat
from docket.form.told import told
from docket.loading import yamlfile
from docket.loading.schemas import label
from docket.server.office_visit import Visit
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.escape import show_path


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A field as it stands ("": it is not there), and as the answer has it."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the answer changes it."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail to copy, and its address as a link that opens it."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """RFC 6068."""
        text = quote(self.text.replace("\n", "\r\n"))
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}&body={text}"


@dataclass(frozen=True, slots=True)
class Card:
    """One of what waits. `look` is a word of the catalogue's `office.card`, `item` its source.

    `rival` is the branch of another answer that waits; `rows` compare with it where the register
    has none.
    """

    item: BranchItem
    name: str
    look: str
    round: Round | None
    evidence: tuple[str, ...]
    rows: tuple[SideBySide, ...]
    is_first: bool
    rival: str
    wrong: tuple[str, ...]
    mail: Mail | None

    @property
    def id(self) -> str:
        """Its place in the page."""
        return f"item-{self.item.commit[:10]}"

    @property
    def instead(self) -> bool:
        """Whether it would be put in the place of the answer that is there."""
        return self.item.bond is Bond.RIVAL


def card(visit: Visit, item: BranchItem) -> Card:
    """What the inbox shows of a branch."""
    place = item.place
    round_ = visit.docket.rounds.get(place.round) if place else None
    rival = next((one.rival for one in item.changes if one.rival), "")
    after = _values(visit, item.commit, place)
    before = _values(visit, visit.base.commit, place)
    there = before or (_values(visit, visit.store.commit(rival), place) if rival else {})
    wrong = messages(visit, item.findings)
    known = visit.docket.register.get(item.municipality)
    return Card(
        item=item,
        name=known.full if known else show_path(item.branch),
        look=_look(item, rival),
        round=round_,
        evidence=tuple(_evidence(visit, item, round_)),
        rows=side_by_side(visit, round_, there, after),
        is_first=not there,
        rival=rival,
        wrong=wrong,
        mail=correction(visit, round_, item.received, after.get("/contact/email", ""), wrong)
        if wrong and round_
        else None,
    )


def side_by_side(
    visit: Visit, round_: Round | None, before: Values, after: Values
) -> tuple[SideBySide, ...]:
    """Each field that either of two answers to a round holds."""
    if round_ is None:
        return ()
    docket, schemas, lang = visit.docket, visit.base.schemas, visit.lang
    fields = form.fields(docket, schemas, round_, lang)
    sides = [
        {one.pointer: one for one in told(docket, fields, values, lang)}
        for values in (before, after)
    ]
    pointers = [one for one in (*fields, *sides[0], *sides[1]) if one in {**sides[0], **sides[1]}]
    return tuple(
        SideBySide(
            next(side[pointer].label for side in sides if pointer in side),
            *(side[pointer].text if pointer in side else "" for side in sides),
        )
        for pointer in dict.fromkeys(pointers)
    )


def messages(visit: Visit, findings: Iterable[Finding]) -> tuple[str, ...]:
    """What is wrong, in the form's words, each below the name of its field."""
    setting = Setting(visit.docket, visit.base.schemas)
    return tuple(
        _labelled(visit, pointer, words)
        for pointer, words in formpages.wrong(setting, [*findings], visit.lang).items()
    )


def values_of(content: bytes | None) -> Mapping[str, str]:
    """The values of a submission's file; none where it is not there or cannot be read."""
    if content is None:
        return {}
    data = yamlfile.read("", content).data
    return {pointer: text for pointer, text in flat(data).items() if pointer} if data else {}


def _values(visit: Visit, commit: str, place: RoundPath | None) -> Mapping[str, str]:
    if place is None or not commit:
        return {}
    return values_of(visit.store.blob(visit.store.blob_at(commit, str(place))))


def _look(item: BranchItem, rival: str) -> str:
    if item.proposal:
        return "proposed"
    if item.findings or not item.sound:
        return "wrong" if item.findings else "look"
    if item.bond is Bond.RIVAL or rival:
        return "rival"
    return "routine" if item.routine else "changes"


def _labelled(visit: Visit, pointer: str, words: str) -> str:
    if pointer not in visit.docket.organiser.asked.pointers:
        return words
    field = label(visit.base.schemas.field("submission.json", pointer)).of(visit.lang)
    return visit.say("office.card.field", field=field, message=words)


def _evidence(visit: Visit, item: BranchItem, round_: Round | None) -> Iterator[str]:
    """When it came, by which way, and who shows to have sent it."""
    arrival = item.arrival
    if arrival is None:
        yield visit.say("office.card.undated", branch=show_path(item.branch))
        return
    late = round_ and is_late(arrival.received, round_.deadline, visit.docket.organiser.zone)
    timely = "late" if late else "in_time" if round_ and round_.deadline else "received"
    yield visit.say(f"office.card.{timely}", when=arrival.received)
    way = visit.say(f"words.way.{arrival.via}")
    yield visit.say("office.card.way", way=way, reference=arrival.reference)
    if item.bond:
        yield visit.say(f"office.card.{item.bond}")
    yield from inbox_text.proofs(visit.docket, item, visit.lang)


def correction(
    visit: Visit, round_: Round, received: datetime | None, to: str, wrong: Iterable[str]
) -> Mail:
    """The words that ask for a correction of what came to a round."""
    text = visit.say(
        f"office.mail.{'dated' if received else 'undated'}",
        round=round_.title,
        when=received,
        wrong="\n".join(f"- {one}" for one in wrong),
        receiver=round_.receiver.name if round_.receiver else "",
    )
    return Mail(to, visit.say("office.mail.subject", round=round_.title), text.rstrip())
