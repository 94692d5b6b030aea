"""A round ended for all, decided or not, with its reason."""

from docket.acts import minutes, preview_text
from docket.acts.files import edited, must_be_whole
from docket.acts.plan import Act, Tree, plan
from docket.acts.yamltext import document
from docket.domain.docket import Docket
from docket.domain.nouns import Decision, Round, Stop
from docket.domain.paths import OwnFile, own_path
from docket.git.store import Store
from docket.text.errors import CommandError


class AlreadyStopped(CommandError):
    """The round is stopped, on another day or for another reason."""

    def __init__(self, decision: Decision, stop: Stop) -> None:
        """Say when and why."""
        day = stop.date.isoformat()
        super().__init__("errors.act.stopped", day=day, reason=stop.reason, path=decision.path)


def stop(store: Store, docket: Docket, round_: Round, wanted: Stop) -> Act:
    """Stop `round_` at the `now` of `docket`. Raises `CommandError`, `AlreadyStopped`."""
    path = own_path(round_.slug, OwnFile.DECISION)
    fields = {
        "date": wanted.date.isoformat(),
        "reason": dict(wanted.reason),
        "source": wanted.source,
    }

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        must_be_whole(docket, path)
        decision = docket.decisions.get(round_.slug)
        if decision is None:
            whole = {"decided": fields["date"], "designated": [], "stopped": fields}
            return {path: document("decision.json", whole).encode()}
        _must_be_stoppable(decision, wanted)
        return {path: edited(path, tree[path], {"stopped": fields})}

    planned = plan(store, docket.now, make)
    after = planned.docket.decisions.get(round_.slug)
    return Act(
        planned,
        lambda lang: preview_text.of_stop(planned.docket, after, lang) if after else "",
        lambda lang: minutes.stopped(planned.docket.decisions[round_.slug], lang),
    )


def _must_be_stoppable(decision: Decision, wanted: Stop) -> None:
    """A stop comes after its decision, and none is overwritten. Raises `CommandError`."""
    if decision.stopped and decision.stopped != wanted:
        raise AlreadyStopped(decision, decision.stopped)
    if wanted.date < decision.decided:
        raise CommandError("errors.act.too_soon", day=decision.decided.isoformat())
