"""`docket stop`: a round ended for all, decided or not, with its reason."""

import argparse
from collections.abc import Mapping
from typing import Any

from docket.acts import minutes, preview_text
from docket.acts.files import date_of, edited, must_be_whole
from docket.acts.plan import Tree
from docket.acts.yamltext import document
from docket.cli import prompts
from docket.cli.perform import Act, perform, planned
from docket.cli.session import docket_of, lang_of, round_of
from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.nouns import Bilingual, Decision
from docket.domain.paths import OwnFile, own_path
from docket.text.errors import PairError


def run(options: argparse.Namespace) -> int:
    """A round ended for all, decided or not, with its reason."""
    lang = lang_of(options)
    docket = docket_of(options)
    round_ = round_of(docket, options.round)
    reason = {one: _given(options, f"reason_{one}") for one in ("da", "en")}
    today = day_of(docket.now, docket.organiser.zone).isoformat()
    fields = {
        "date": date_of("--date", options.date or today),
        "reason": reason,
        "source": _given(options, "source"),
    }

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        path = own_path(round_.slug, OwnFile.DECISION)
        must_be_whole(docket, path)
        decision = docket.decisions.get(round_.slug)
        if decision is None:
            whole = {"decided": fields["date"], "designated": [], "stopped": fields}
            return {path: document("decision.json", whole).encode()}
        _stoppable(decision, fields)
        return {path: edited(path, tree[path], {"stopped": fields})}

    plan = planned(options, make)
    after = plan.docket.decisions.get(round_.slug)
    return perform(
        options,
        Act(
            plan,
            lambda: preview_text.of_stop(plan.docket, after, lang) if after else "",
            lambda: minutes.stopped(plan.docket.decisions[round_.slug], lang),
        ),
    )


def _stoppable(decision: Decision, fields: Mapping[str, Any]) -> None:
    """A stop comes after its decision, and none is overwritten. Raises `CommandError`."""
    stop = decision.stopped
    if stop:
        stands = {
            "date": stop.date.isoformat(),
            "reason": stop.reason._asdict(),
            "source": stop.source,
        }
        if stands != fields:
            raise PairError(
                f"Runden er allerede stoppet {stop.date.isoformat()} ({stop.reason.da}). "
                f"Skal det rettes, så ret i {decision.path}",
                f"The round is stopped already, on {stop.date.isoformat()} ({stop.reason.en}). "
                f"To correct it, correct {decision.path}",
            )
    if fields["date"] < decision.decided.isoformat():
        day = decision.decided.isoformat()
        raise PairError(
            f"Runden kan ikke stoppes, før den er afgjort ({day}).",
            f"The round cannot be stopped before it is decided ({day}).",
        )


def _given(options: argparse.Namespace, name: str) -> str:
    """An option, or the answer to a question. Raises `CommandError` where nobody can answer."""
    text: str | None = getattr(options, name)
    option = "--" + name.replace("_", "-")
    if text:
        return text
    if not prompts.is_there():
        raise PairError(f"Der mangler {option} …", f"{option} … is missing")
    question = {
        "reason_da": Bilingual("Grunden på dansk", "The reason in Danish"),
        "reason_en": Bilingual("Grunden på engelsk", "The reason in English"),
        "source": Bilingual("Adressen på kilden", "The address of the source"),
    }[name]
    empty = Bilingual("Skriv noget.", "Write something.").of(lang_of(options))
    return prompts.ask(question.of(lang_of(options)), lambda answer: [] if answer else [empty])
