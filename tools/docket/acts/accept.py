"""A branch taken in with its receipts, in one commit; and receipts of what the forge merged."""

from collections.abc import Iterable, Sequence
from functools import cache

from docket.acts import receipts
from docket.acts.confirmed import confirmations
from docket.acts.evidence import entries, lines_of
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival, Line
from docket.acts.rivals import Bond, Ties, ties_of
from docket.domain.mail import Confirmation
from docket.domain.paths import is_submission, parse
from docket.git.entries import Step
from docket.git.locking import keep, writing
from docket.git.log import Entry
from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store
from docket.loading import yamlfile
from docket.loading.loader import organiser_of
from docket.loading.register import load_schemas
from docket.loading.trees import snapshot
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path


class NothingNew(CommandError):
    """The branch brings nothing that the register does not have."""

    def __init__(self, name: str) -> None:
        """Say which branch."""
        super().__init__("errors.take.nothing_new", name=show_path(name))


class NoArrival(CommandError):
    """Nothing tells when the branch came."""

    def __init__(self) -> None:
        """Say how to tell it."""
        super().__init__("errors.take.no_time")


class AnotherAnswer(CommandError):
    """The register has an answer, and who sent this one does not hold its private link."""

    def __init__(self, name: str, branch: str, there: str) -> None:
        """Say whose, which one is there, and how to put this one in its place."""
        key = "errors.take.rival" if there else "errors.take.rival_unnamed"
        super().__init__(key, name=name, branch=show_path(branch), there=there)


def accept(store: Store, name: str, arrival: Arrival | None, *, instead: bool = False) -> Review:
    """Merge a branch that is sound, with the receipts that the desk's log has of its bytes.

    A rival's answer is put in the place of the accepted one only `instead` of it. Raises as
    `receive` does, `NothingNew`, `NoArrival`, and `AnotherAnswer`.
    """
    with writing(store) as base:
        change = store.commit(name)
        steps = list(store.changes(store.merge_base(base, change), change))
        if not steps:
            raise NothingNew(name)
        told = told_at(store, base)
        lines = logged(store, told, base, change)
        latest = arrival or next(
            (line.arrival for line in reversed(lines) if line.blob in {one.blob for one in steps}),
            None,
        )
        if latest is None:
            raise NoArrival
        by_desk = tuple(lines)
        lines += brought(store, base, change, arrival) if arrival else []
        parse = cache(yamlfile.read)
        found = examine(store, base, change, Given(latest.received, lines=lines), parse)
        ties = ties_of(told, found.before, by_desk)
        found = ties.seen_in(found)
        if found.is_sound:
            (touch,) = found.touched
            there = _in_place(ties, found, name, instead=instead)
            content = store.blob(store.blob_at(change, touch.path))
            if content is None:
                raise NoHistory(Missing.NAMED_COMMIT, name)
            (entry,) = found.submissions
            proved = _proved(store, told, found, lines)
            grown = receipts.written(snapshot(store, base), lines, parse, proved)
            grown.must_be_whole()
            whose = found.docket.register[entry.municipality].full
            facts = {"name": whose, "round": entry.round, "new": latest.reference, "old": there}
            message = say(f"intake.log.{'instead' if there else 'accepted'}", "en", **facts)
            keep(store, base, (base, change), {touch.path: content, **grown.files}, message)
        return found


def round_touched(store: Store, name: str) -> str:
    """The round of which a branch brings something, "" where it brings nothing of any."""
    base, change = store.commit(), store.commit(name)
    steps = store.changes(store.merge_base(base, change), change)
    return next((place.round for one in steps if (place := parse(one.path))), "")


def _in_place(ties: Ties, found: Review, name: str, *, instead: bool) -> str:
    """What a rival's answer is put in place of, by its reference; "" where it is no rival's.

    Raises `AnotherAnswer`.
    """
    if ties.bond is not Bond.RIVAL:
        return ""
    if not instead:
        (entry,) = found.submissions
        raise AnotherAnswer(found.docket.register[entry.municipality].full, name, ties.there)
    return ties.there or ties.path


def _proved(
    store: Store, told: Sequence[Entry], found: Review, lines: Sequence[Line]
) -> list[Confirmation]:
    """What the logs confirm of the answers of this round that are in the register, or come now."""
    (entry,) = found.submissions
    known = [one for one in found.before.receipts if one.round == entry.round]
    blobs = {one.reference: one.blob for one in known}
    blobs |= {one.arrival.reference: one.blob for one in lines}
    return list(confirmations(store, told, blobs))


def told_at(store: Store, base: str) -> tuple[Entry, ...]:
    """What the logs say that count by the register at a commit. Raises `Forged`, `NoRegister`."""
    return entries(store, organiser_of(snapshot(store, base)))


def brought(store: Store, base: str, change: str, arrival: Arrival) -> list[Line]:
    """The submissions that a change brings, all come in the same way."""
    steps = store.changes(store.merge_base(base, change), change)
    return [Line(step.path, step.blob, arrival) for step in steps if _brings(step)]


def _brings(step: Step) -> bool:
    return is_submission(step.path) and not step.is_deletion


def logged(store: Store, told: Sequence[Entry], base: str, change: str) -> list[Line]:
    """The receipts of the submissions that a change brings, by the desks' logs, oldest first.

    Of what came with one private link: the bytes of a rival may be the same.
    """
    steps = store.changes(store.merge_base(base, change), change)
    places = [place for one in steps if _brings(one) and (place := parse(one.path))]
    found = [line for one in places for line in lines_of(store, told, one.round, one.slug, change)]
    held = store.objects(change, base) if found else frozenset()
    return [line for line in found if line.blob in held]


def journal_merged(store: Store, lines: Iterable[Line]) -> int:
    """Write receipts that are not written yet, in one commit; how many.

    Bytes that the branch never held get no receipt. Raises as `receive` does; a journal that
    is broken keeps those of no other round from being written.
    """
    with writing(store) as base:
        tree, held = snapshot(store, base), store.objects(base)
        register = load_schemas(tree).terms("municipality.json")
        sound = [
            line for line in lines if line.blob in held and receipts.has_place(line, tree, register)
        ]
        grown = receipts.written(tree, sound)
        if grown.files:
            message = say("intake.log.journaled", "en", number=str(grown.added))
            keep(store, base, (base,), grown.files, message)
        grown.must_be_whole()
        return grown.added
