"""`docket open`: a new round, by options or by questions, or from last time's."""

import argparse
from typing import Any

from docket.acts.key import SEAL
from docket.acts.open import Fields, filled, like, open_round
from docket.cli import prompts
from docket.cli.perform import perform
from docket.cli.place import place
from docket.cli.round_questions import Interview, seal_in, seats
from docket.cli.session import docket_of, lang_of, root_of, round_of
from docket.domain.docket import Docket
from docket.domain.paths import PRACTICE
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.loading.written import dated
from docket.text.errors import CommandError

DAYS = ("opens", "deadline", "retention")
NEEDED = ("title", "seats", "receiver", "decides")
TEXTS = ("title", "decides", "note")
"""The options that there are in each language."""


def run(options: argparse.Namespace) -> int:
    """A new round."""
    docket = docket_of(options)
    given = _given(docket, options)
    fields = {**(like(round_of(docket, options.like)) if options.like else {}), **given}
    name: str = options.round or ""
    if prompts.is_there():
        schemas = load_schemas(Folder(root_of(options)))
        interview = Interview(docket, schemas, lang_of(options), fields)
        fields = interview.run(set(given))
        name = name or interview.name()
    if name.startswith((PRACTICE, docket.organiser.addresses.name(PRACTICE))):
        fields["rehearsal"] = True
    first = docket.organiser.first
    missing = [
        f"--{key}-{first}" if key in TEXTS else f"--{key}" for key in NEEDED if key not in fields
    ]
    if missing or not name:
        raise CommandError("errors.act.missing", options=[*([] if name else ["ROUND"]), *missing])
    with place(options, name) as here:
        act = open_round(here.store, here.docket(docket), name, fields)
        return perform(options, here, act)


def _given(docket: Docket, options: argparse.Namespace) -> Fields:
    """What the options say, as the file has it."""
    texts: dict[str, Any] = {
        key: filled({one: getattr(options, f"{key}_{one}") for one in docket.organiser.languages})
        for key in TEXTS
    }
    receiver = {"name": options.receiver, "contact": options.contact, "email": options.email}
    return filled(
        {
            **texts,
            "receiver": filled(receiver),
            "seats": seats(docket.areas, ",".join(options.seats)),
            **{key: dated(getattr(options, key) or "", docket.organiser.languages) for key in DAYS},
            SEAL: seal_in(options.seal) if options.seal else None,
            **{key: getattr(options, key) for key in ("wishes", "after", "rehearsal")},
            "sources": options.source,
        }
    )
