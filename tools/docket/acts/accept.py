"""A branch taken in with its receipts, in one commit; and receipts of what the forge merged."""

from collections.abc import Iterable
from functools import cache

from docket.acts import receipts
from docket.acts.evidence import entries, lines_of
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival, Line
from docket.domain.paths import is_submission, parse
from docket.git.entries import Step
from docket.git.locking import keep, writing
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


def accept(store: Store, name: str, arrival: Arrival | None) -> Review:
    """Merge a branch that is sound, with the receipts that the desk's log has of its bytes.

    Raises as `receive` does, `NothingNew`, and `NoArrival`.
    """
    with writing(store) as base:
        change = store.commit(name)
        steps = list(store.changes(store.merge_base(base, change), change))
        if not steps:
            raise NothingNew(name)
        lines = logged(store, base, change)
        latest = arrival or next(
            (line.arrival for line in reversed(lines) if line.blob in {one.blob for one in steps}),
            None,
        )
        if latest is None:
            raise NoArrival
        lines += brought(store, base, change, arrival) if arrival else []
        parse = cache(yamlfile.read)
        found = examine(store, base, change, Given(latest.received, lines=lines), parse)
        if found.is_sound:
            (touch,) = found.touched
            content = store.blob(store.blob_at(change, touch.path))
            if content is None:
                raise NoHistory(Missing.NAMED_COMMIT, name)
            grown = receipts.written(snapshot(store, base), lines, parse)
            grown.must_be_whole()
            (entry,) = found.submissions
            name = found.docket.register[entry.municipality].full
            message = say("intake.log.accepted", "en", name=name, round=entry.round)
            keep(store, base, (base, change), {touch.path: content, **grown.files}, message)
        return found


def brought(store: Store, base: str, change: str, arrival: Arrival) -> list[Line]:
    """The submissions that a change brings, all come in the same way."""
    steps = store.changes(store.merge_base(base, change), change)
    return [Line(step.path, step.blob, arrival) for step in steps if _brings(step)]


def _brings(step: Step) -> bool:
    return is_submission(step.path) and not step.is_deletion


def logged(store: Store, base: str, change: str) -> list[Line]:
    """The receipts of the submissions that a change brings, by the desk's log, oldest first.

    Raises `Forged`, `NoRegister`.
    """
    steps = store.changes(store.merge_base(base, change), change)
    places = [place for one in steps if _brings(one) and (place := parse(one.path))]
    told = entries(store, organiser_of(snapshot(store, base))) if places else ()
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
