"""A new round: its file written from its fields, as a round before it had them or anew."""

from collections.abc import Mapping
from typing import Any

from docket.acts import minutes
from docket.acts.files import files_of
from docket.acts.plan import Act, Tree, plan
from docket.acts.yamltext import document
from docket.domain.docket import Docket
from docket.domain.nouns import Round
from docket.domain.paths import OwnFile, own_path
from docket.git.store import Store
from docket.text.errors import CommandError

ORDER = (
    "title seats wishes opens deadline after receiver letter decides rehearsal seal retention note"
    " sources"
).split()
Fields = dict[str, Any]
"""What a round.yml holds, by field."""


def open_round(store: Store, docket: Docket, name: str, fields: Mapping[str, Any]) -> Act:
    """Open the round called `name`, in the register as `docket` has it. Raises `CommandError`."""
    path = own_path(name, OwnFile.ROUND)
    if path in docket.places:
        raise CommandError("errors.act.round_exists", path=path)

    def make(_: Docket, __: Tree) -> dict[str, bytes]:
        ordered = {key: fields[key] for key in ORDER if key in fields}
        return {path: document("round.json", ordered).encode()}

    planned = plan(store, docket.now, make)
    return Act(
        planned,
        lambda _: files_of(planned),
        lambda lang: minutes.opened(planned.docket, planned.docket.rounds[name], lang),
    )


def like(round_: Round) -> Fields:
    """What a round like `round_` takes from it: all but its days and its own story."""
    one = round_.receiver
    receiver = {"name": one.name, "contact": one.contact, "email": one.email} if one else {}
    return filled(
        {
            "title": dict(round_.title),
            "seats": dict(round_.seats),
            "wishes": round_.wishes if round_.wishes > 1 else None,
            "receiver": filled(receiver),
            "decides": dict(round_.decides) if round_.decides else None,
        }
    )


def filled(fields: Mapping[str, Any]) -> Fields:
    """`fields` without those that say nothing."""
    return {key: value for key, value in fields.items() if value}
