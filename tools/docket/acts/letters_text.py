"""What the letters say, paragraph by paragraph: by the same views and sentences as the site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docket.domain.docket import Docket
from docket.domain.instants import day_after, in_effect
from docket.domain.nouns import Municipality
from docket.domain.states import ApprovalStatus, RoundState
from docket.site.pages.page import address
from docket.text.catalogue import say
from docket.text.escape import one_line
from docket.views import sentences
from docket.views.offers import Elsewhere, Free, Holds, Offer, Submitted, Waits, offers
from docket.views.round import RoundView, Row

Written = tuple[str, list[str]]
"""A letter's subject and its paragraphs."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What letters about the round of `view` are told from; `rounds` are all there are."""

    docket: Docket
    view: RoundView
    rounds: Sequence[RoundView]
    lang: str

    def tell(self, key: str, **facts: object) -> str:
        """A sentence of the letters. What others wrote stays on one line."""
        told = {
            name: one_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()
        }
        about = {"round": self.view.round.title, "who": self.who}
        return say(f"letters.{key}", self.lang, self.docket.organiser, **{**about, **told})

    @property
    def who(self) -> str:
        """Who decides in the round."""
        decides = self.view.round.decides
        return decides.of(self.lang) if decides else say("round.next.organiser", self.lang)

    def areas(self, slugs: Sequence[str]) -> list[str]:
        """What areas are called within a sentence."""
        return [self.docket.areas[slug].of(self.lang).lower() for slug in slugs]

    def address(self, path: str) -> str:
        """Where a page of the site is."""
        return address(self.docket, self.lang, path)

    def framed(self, municipality: Municipality, paragraphs: Sequence[str]) -> Iterator[str]:
        """A whole letter: what it is, the greeting, what it says, and who writes."""
        receiver, title = self.view.round.receiver, self.docket.organiser
        if past := sentences.past(self.docket, self.lang):
            yield past
        if self.view.round.rehearsal:
            yield say("round.exercise", self.lang, title)
        yield self.tell("greeting", name=municipality.full)
        yield from paragraphs
        yield self.tell("see", address=self.address(f"kommuner/{municipality.slug}/"))
        yield self.tell("reply")
        names = [receiver.contact, receiver.name] if receiver else []
        yield "\n".join([self.tell("regards"), *(one_line(name) for name in names if name)])


def receipt(reader: Reader, row: Row) -> Written:
    """What was received, what is still awaited, and until when it can be changed."""
    tell = reader.tell
    told = [tell("receipt.thanks")]
    if row.received:
        proved = row.arrival is not None and row.arrival.receipt is not None
        told.append(tell(f"receipt.{'received' if proved else 'landed'}", received=row.received))
    known = row.arrival.receipt.reference if row.arrival and row.arrival.receipt else ""
    if known and "@" not in known:  # an e-mail's number says nothing to who wrote it
        told.append(tell("receipt.reference", reference=known))
    areas = reader.areas(row.submission.areas)
    told.append(tell("receipt.ranked" if len(areas) > 1 else "receipt.area", areas=areas))
    if row.latest and row.latest.received and row.latest != row.arrival:
        told.append(tell("receipt.changed", latest=row.latest.received))
    paragraphs = [" ".join(told)]
    if reader.docket.organiser.asked.approval:
        paragraphs.append(_council(reader, row, "receipt"))
    if reader.view.state == RoundState.OPEN and reader.view.round.deadline:
        paragraphs.append(tell("receipt.change", deadline=reader.view.round.deadline))
    elif reader.view.state == RoundState.CLOSED:
        paragraphs.append(sentences.next_step(reader.docket, reader.view, reader.lang))
    return tell("receipt.subject"), [*paragraphs]


def approval(reader: Reader, row: Row) -> Written:
    """What is awaited of its council."""
    tell = reader.tell
    proved = row.arrival and row.arrival.receipt
    thanks = tell("approval.since", received=row.received) if proved else tell("receipt.thanks")
    told = [thanks, _council(reader, row, "approval"), tell("approval.minutes")]
    return tell("approval.subject"), told


def decision(reader: Reader, slug: str, row: Row | None) -> Written:
    """Chosen or not, and what is open to it next."""
    tell, view = reader.tell, reader.view
    chosen = next((one for one in view.designated if one.municipality == slug), None)
    if chosen is None:
        names = [reader.docket.register[one.municipality].name for one in view.designated]
        told = (
            tell("decision.names", names=names, count=len(names))
            if names
            else tell("decision.nobody")
        )
        paragraphs = [tell("decision.other", decided=view.decided), told]
        return tell("decision.other_subject"), [*paragraphs, *_next(reader, slug)]
    until = chosen.until or view.until
    area = reader.areas([chosen.area])[0]
    first = [
        tell("decision.chosen", decided=view.decided, area=area),
        tell("decision.until", until=until) if until else tell("decision.endless"),
    ]
    asked = row and reader.docket.organiser.asked.approval
    council = [_council(reader, row, "approval")] if row and asked and _is_pending(row) else []
    paragraphs = [" ".join(first), *council, tell("decision.further")]
    return tell("decision.chosen_subject"), paragraphs


def stop(reader: Reader, slug: str) -> Written:
    """Why the round was stopped, and what is open to it next."""
    tell, view = reader.tell, reader.view
    found = view.decision.stopped if view.decision else None
    if found is None:
        raise ValueError(slug)
    areas = reader.areas([one.area for one in view.designated if one.municipality == slug])
    first = (
        tell("stop.agreement", stopped=found.date, area=areas[0])
        if areas
        else tell("stop.called_off", stopped=found.date)
    )
    told = [first, tell("stop.reason", reason=found.reason.of(reader.lang))]
    told += [tell("stop.source", address=found.source)] if found.source else []
    return tell("stop.subject"), [*told, tell("stop.thanks"), *_next(reader, slug)]


def _is_pending(row: Row) -> bool:
    approval = row.submission.approval
    return approval is None or approval.status == ApprovalStatus.PENDING


def _council(reader: Reader, row: Row, letter: str) -> str:
    """Where the council stands, and what is asked of it."""
    approval, zone = row.submission.approval, reader.docket.organiser.zone
    body = (approval.body if approval else "") or reader.docket.organiser.words_in(reader.lang)[
        "council"
    ]
    day = approval.date if approval else None
    if not _is_pending(row):
        return reader.tell("receipt.approved", body=body, day=day)
    if day is None:
        return reader.tell(f"{letter}.undated", body=body)
    if in_effect(day_after(day), reader.docket.now, zone):
        return reader.tell("approval.overdue", body=body, day=day)
    return reader.tell(f"{letter}.planned", body=body, day=day)


def _next(reader: Reader, slug: str) -> Iterator[str]:
    """What is open to a municipality in the other rounds; else what is coming."""
    others = [
        view
        for view in reader.rounds
        if view.round.slug != reader.view.round.slug
        and view.round.rehearsal == reader.view.round.rehearsal
    ]
    open_ = [_offered(reader, slug, one) for one in offers(reader.docket, slug, others)]
    coming = [view for view in others if view.state == RoundState.ANNOUNCED]
    if open_:
        yield from open_
    elif coming:
        for view in coming:
            lead = sentences.lead(reader.docket, view, reader.lang)
            yield reader.tell("next.announced", round=view.round.title, lead=lead)
    else:
        yield reader.tell("next.none", address=reader.address("runder/"))


def _offered(reader: Reader, slug: str, offer: Offer) -> str:
    view, tell = offer.view, reader.tell
    title, deadline = view.round.title, view.round.deadline
    lead = sentences.lead(reader.docket, view, reader.lang)
    if deadline:  # a letter is read on another day: it counts none
        lead = tell("next.deadline", deadline=deadline)
    match offer:
        case Free():
            areas = reader.areas(tuple(view.round.seats))
            form = reader.address(f"meld-interesse/{view.round.slug}/?kommune={slug}")
            free = tell("next.free", round=title, areas=areas, lead=lead)
            return f"{free} {tell('next.form', address=form)}"
        case Elsewhere():
            receiver = sentences.receiver(view, reader.lang)
            return tell("next.elsewhere", round=title, receiver=receiver, lead=lead)
        case Submitted():
            return tell("next.submitted", round=title)
        case Waits():
            return tell("next.waits", round=title, other=offer.other.title)
        case Holds():
            return tell("next.holds", round=title, area=reader.areas([offer.area])[0])
