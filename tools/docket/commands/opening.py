"""`docket open`: a new round, by options or by questions, or from last time's."""

import argparse
from typing import Any

from docket.commands import asking
from docket.commands.common import docket_of, lang_of, root_of, round_of
from docket.docket import Docket
from docket.form.entry import dated
from docket.model import Round
from docket.office import minutes
from docket.office.draft import document
from docket.office.interview import Fields, Interview, seats
from docket.office.organising import Act, files_of, perform, planned
from docket.reading.read import load_schemas
from docket.reading.trees import Folder
from docket.record.acts import Tree
from docket.trouble import Trouble

ORDER = "title seats wishes opens deadline after receiver decides rehearsal note sources".split()
NEEDED = {
    "title": "--title-da",
    "seats": "--seats",
    "receiver": "--receiver",
    "decides": "--decides-da",
}


def open_round(options: argparse.Namespace) -> int:
    """A new round."""
    docket, lang = docket_of(options), lang_of(options)
    given = _given(docket, options)
    fields = {**(_like(round_of(docket, options.like)) if options.like else {}), **given}
    name: str = options.round or ""
    if asking.is_there():
        interview = Interview(docket, load_schemas(Folder(root_of(options))), lang, fields)
        fields = interview.run(set(given))
        name = name or interview.name()
    missing = [option for key, option in NEEDED.items() if key not in fields]
    if missing or not name:
        words = ", ".join([*([] if name else ["ROUND"]), *missing])
        raise Trouble(f"Der mangler {words}", f"{words} is missing")
    path = f"submissions/{name}/round.yml"
    if path in docket.places:
        raise Trouble(
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


def _like(call: Round) -> Fields:
    """What a round like `call` takes from it: all but its days and its own story."""
    one = call.receiver
    receiver = {"name": one.name, "contact": one.contact, "email": one.email} if one else {}
    return _filled(
        {
            "title": call.title._asdict(),
            "seats": dict(call.seats),
            "wishes": call.wishes if call.wishes > 1 else None,
            "receiver": _filled(receiver),
            "decides": call.decides._asdict() if call.decides else None,
        }
    )


def _filled(words: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in words.items() if value}
