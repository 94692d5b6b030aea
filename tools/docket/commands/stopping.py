"""`docket stop`: a round ended for all, decided or not, with its reason."""

import argparse
from collections.abc import Mapping
from typing import Any

from docket.commands import asking
from docket.commands.common import docket_of, lang_of, round_of
from docket.docket import Docket
from docket.model import Both, Decision
from docket.office import meaning, minutes
from docket.office.draft import document
from docket.office.organising import Act, date_of, edited, must_be_whole, perform, planned
from docket.record.acts import Tree
from docket.standing import day_of
from docket.trouble import Trouble


def stop(options: argparse.Namespace) -> int:
    """A round ended for all, decided or not, with its reason."""
    lang = lang_of(options)
    docket = docket_of(options)
    call = round_of(docket, options.round)
    reason = {one: _given(options, f"reason_{one}") for one in ("da", "en")}
    today = day_of(docket.now, docket.organiser.zone).isoformat()
    fields = {
        "date": date_of("--date", options.date or today),
        "reason": reason,
        "source": _given(options, "source"),
    }

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        path = f"submissions/{call.slug}/decision.yml"
        must_be_whole(docket, path)
        decision = docket.decisions.get(call.slug)
        if decision is None:
            whole = {"decided": fields["date"], "designated": [], "stopped": fields}
            return {path: document("decision.json", whole).encode()}
        _stoppable(decision, fields)
        return {path: edited(path, tree[path], {"stopped": fields})}

    plan = planned(options, make)
    after = plan.docket.decisions.get(call.slug)
    return perform(
        options,
        Act(
            plan,
            lambda: meaning.of_stop(plan.docket, after, lang) if after else "",
            lambda: minutes.stopped(plan.docket.decisions[call.slug], lang),
        ),
    )


def _stoppable(decision: Decision, fields: Mapping[str, Any]) -> None:
    """A stop comes after its decision, and is never overwritten in silence. Raises `Trouble`."""
    stop = decision.stopped
    if stop:
        stands = {
            "date": stop.date.isoformat(),
            "reason": stop.reason._asdict(),
            "source": stop.source,
        }
        if stands != fields:
            raise Trouble(
                f"Runden er allerede stoppet {stop.date.isoformat()} ({stop.reason.da}). "
                f"Skal det rettes, så ret i {decision.path}",
                f"The round is stopped already, on {stop.date.isoformat()} ({stop.reason.en}). "
                f"To correct it, correct {decision.path}",
            )
    if fields["date"] < decision.decided.isoformat():
        day = decision.decided.isoformat()
        raise Trouble(
            f"Runden kan ikke stoppes, før den er afgjort ({day}).",
            f"The round cannot be stopped before it is decided ({day}).",
        )


def _given(options: argparse.Namespace, name: str) -> str:
    """An option, or the answer to a question. Raises `Trouble` where nobody can answer."""
    text: str | None = getattr(options, name)
    option = "--" + name.replace("_", "-")
    if text:
        return text
    if not asking.is_there():
        raise Trouble(f"Der mangler {option} …", f"{option} … is missing")
    question = {
        "reason_da": Both("Grunden på dansk", "The reason in Danish"),
        "reason_en": Both("Grunden på engelsk", "The reason in English"),
        "source": Both("Adressen på kilden", "The address of the source"),
    }[name]
    empty = Both("Skriv noget.", "Write something.").of(lang_of(options))
    return asking.ask(question.of(lang_of(options)), lambda answer: [] if answer else [empty])
