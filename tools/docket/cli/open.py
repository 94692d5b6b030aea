"""`docket open`: a new round, by options or by questions, or from last time's."""

import argparse
from typing import Any

from docket.acts import minutes
from docket.acts.files import files_of
from docket.acts.plan import Tree
from docket.acts.yamltext import document
from docket.cli import prompts
from docket.cli.perform import Act, perform, planned
from docket.cli.round_questions import Fields, Interview, seats
from docket.cli.session import docket_of, lang_of, root_of, round_of
from docket.domain.docket import Docket
from docket.domain.nouns import Round
from docket.domain.paths import OwnFile, own_path
from docket.form.answers import dated
from docket.loading.loader import load_schemas
from docket.loading.trees import Folder
from docket.text.errors import PairError

ORDER = "title seats wishes opens deadline after receiver decides rehearsal note sources".split()
NEEDED = {
    "title": "--title-da",
    "seats": "--seats",
    "receiver": "--receiver",
    "decides": "--decides-da",
}


def run(options: argparse.Namespace) -> int:
    """A new round."""
    docket, lang = docket_of(options), lang_of(options)
    given = _given(docket, options)
    fields = {**(_like(round_of(docket, options.like)) if options.like else {}), **given}
    name: str = options.round or ""
    if prompts.is_there():
        interview = Interview(docket, load_schemas(Folder(root_of(options))), lang, fields)
        fields = interview.run(set(given))
        name = name or interview.name()
    missing = [option for key, option in NEEDED.items() if key not in fields]
    if missing or not name:
        words = ", ".join([*([] if name else ["ROUND"]), *missing])
        raise PairError(f"Der mangler {words}", f"{words} is missing")
    path = own_path(name, OwnFile.ROUND)
    if path in docket.places:
        raise PairError(
            f"Runden findes allerede. Ret den i {path}",
            f"The round is there already. Change it in {path}",
        )

    def make(_: Docket, __: Tree) -> dict[str, bytes]:
        ordered = {key: fields[key] for key in ORDER if key in fields}
        return {path: document("round.json", ordered).encode()}

    plan = planned(options, make)
    return perform(
        options,
        Act(
            plan,
            lambda: files_of(plan),
            lambda: minutes.opened(plan.docket, plan.docket.rounds[name], lang),
        ),
    )


def _given(docket: Docket, options: argparse.Namespace) -> Fields:
    """What the options say, as the file has it."""
    said: dict[str, Any] = {
        key: _filled({one: getattr(options, f"{key}_{one}") for one in ("da", "en")})
        for key in ("title", "decides", "note")
    }
    said["receiver"] = _filled(
        {"name": options.receiver, "contact": options.contact, "email": options.email}
    )
    said["seats"] = seats(docket.areas, ",".join(options.seats))
    said |= {key: dated(getattr(options, key) or "") for key in ("opens", "deadline")}
    said |= {key: getattr(options, key) for key in ("wishes", "after")}
    said |= {"sources": options.source, "rehearsal": options.rehearsal}
    return _filled(said)


def _like(round_: Round) -> Fields:
    """What a round like `round_` takes from it: all but its days and its own story."""
    one = round_.receiver
    receiver = {"name": one.name, "contact": one.contact, "email": one.email} if one else {}
    return _filled(
        {
            "title": round_.title._asdict(),
            "seats": dict(round_.seats),
            "wishes": round_.wishes if round_.wishes > 1 else None,
            "receiver": _filled(receiver),
            "decides": round_.decides._asdict() if round_.decides else None,
        }
    )


def _filled(words: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in words.items() if value}
