"""A round mended: another deadline, other places. All else of its file stays as it was."""

from collections.abc import Mapping
from typing import Any

from docket.acts import minutes
from docket.acts.files import edited, must_be_whole
from docket.acts.plan import Act, Tree, plan
from docket.domain.docket import Docket
from docket.domain.nouns import Round
from docket.domain.paths import OwnFile, own_path
from docket.git.store import Store


def mend(store: Store, docket: Docket, round_: Round, fields: Mapping[str, Any]) -> Act:
    """Give `round_` these top-level fields, at the `now` of `docket`. Raises `CommandError`."""
    path = own_path(round_.slug, OwnFile.ROUND)

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        must_be_whole(docket, path)
        return {path: edited(path, tree[path], fields)}

    planned = plan(store, docket.now, make)
    before = planned.before.rounds[round_.slug]

    def told(lang: str) -> str:
        after = planned.docket.rounds.get(round_.slug)
        return minutes.mended(planned.docket, before, after, lang) if after else ""

    return Act(planned, told, told)
