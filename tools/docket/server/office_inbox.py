"""What waits, oldest first, and taking it in."""

from collections.abc import Iterator, Sequence

from docket.acts import inbox_text
from docket.acts.accept import accept
from docket.acts.branches import branches
from docket.acts.decline import decline
from docket.acts.inbox import BranchItem, InboxKind, Item, ProposalItem
from docket.acts.propose import THERE
from docket.acts.waits import all_that_waits
from docket.domain.states import RoundState, Way
from docket.server.office_arrival import arrival_of
from docket.server.office_items import card
from docket.server.office_visit import Landed, Reply, Visit
from docket.text.errors import CommandError, trouble_of
from docket.views import sentences
from docket.views.round import all_rounds

SHOWN = (RoundState.OPEN, RoundState.CLOSED)


def inbox(visit: Visit) -> Reply:
    """The inbox; or what was asked for is taken in, if it is what was looked at."""
    if not visit.is_post:
        return _page(visit)
    waiting = {one.branch: one for one in branches(visit.store, visit.now)}
    item = waiting.get(visit.sent.of("branch"))
    if item is None or item.commit != visit.sent.of("commit"):
        key = "office.inbox.newer" if item else "office.inbox.gone"
        return _page(visit, problem=visit.say(key))
    if moved := visit.moved([str(item.place)] if item.place else []):
        return _page(visit, moved=moved)
    try:
        return _take(visit, item)
    except (CommandError, OSError) as error:
        return _page(visit, problem=trouble_of(error).of(visit.lang))


def _take(visit: Visit, item: BranchItem) -> Reply:
    """Accept the very commit that was looked at. Raises `CommandError`, OSError."""
    arrival = None if item.arrival else arrival_of(visit, Way.PULL_REQUEST)
    if visit.sent.of("do") == "decline":
        decline(visit.store, item)
        return visit.to("/", "declined")
    instead = visit.sent.of("do") == "instead"
    found = accept(visit.store, item.commit, arrival, instead=instead)
    if not found.is_sound:
        return _page(visit, problem=visit.say("office.inbox.wrong"))
    return visit.to("/", visit.store.commit())


def _page(visit: Visit, problem: str = "", moved: tuple[Landed, ...] = ()) -> Reply:
    items = all_that_waits(visit.store, visit.docket, visit.findings)
    waiting = sorted(
        (one for one in items if isinstance(one, BranchItem)),
        key=lambda one: (one.received or visit.now, one.branch),
    )
    cards = [card(visit, one) for one in waiting]
    oldest = next((one.received for one in waiting if one.received), None)
    views = all_rounds(visit.docket, visit.findings) if visit.docket.organiser.has_zone else ()
    return visit.page(
        "office_inbox.html",
        409 if problem or moved else 200,
        cards=cards,
        forge=visit.at_forge,
        oldest=oldest,
        proposals=[_proposed(visit, one) for one in items if isinstance(one, ProposalItem)],
        agenda=list(_agenda(visit, items)),
        rounds=[
            (view.round, sentences.lead(visit.docket, view, visit.lang))
            for view in views
            if view.state in SHOWN
        ],
        problem=problem,
        moved=moved,
    )


def _proposed(visit: Visit, item: ProposalItem) -> dict[str, object]:
    """A proposal that waits: its branch, where to merge it, and what it brings."""
    tip = visit.store.resolve(f"{THERE}{item.branch}")
    fork = visit.store.merge_base(visit.base.commit, tip)
    brought = [visit.brought(one.path) for one in visit.store.changes(fork, tip)]
    return {
        "branch": item.branch,
        "address": visit.at_forge(item.branch),
        "brings": list(filter(None, brought)),
    }


def _agenda(visit: Visit, items: Sequence[Item]) -> Iterator[tuple[str, list[str]]]:
    """What else waits: a heading, and below it what to do, as `docket inbox` tells it."""
    for kind in InboxKind:
        found = [item for item in items if item.kind == kind]
        if found and kind not in (InboxKind.BRANCH, InboxKind.PROPOSED):
            heading = visit.say(f"inbox.{kind}.heading", count=len(found))
            rows = [inbox_text.lines_of(visit.docket, item, visit.lang) for item in found]
            yield heading, [row for one in rows for row in one]
