"""`docket decide` and `docket stop`: who is designated in a round, and a later stop."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from docket import asking, meaning, minutes
from docket.acts import Plan, Tree
from docket.commands import docket_of, lang_of, round_of
from docket.docket import Docket
from docket.draft import document
from docket.edit import Uneditable, edit
from docket.model import Both, Decision, Designation, Round
from docket.organising import Act, date_of, perform, planned
from docket.outlook import outlook
from docket.paths import show_path
from docket.spelling import fold, nearest
from docket.standing import day_of
from docket.trouble import Trouble

ORDER = ("decided", "designated", "until", "note", "stopped", "sources")


def decide(options: argparse.Namespace) -> int:
    """Who is designated in a round."""
    lang = lang_of(options)
    call = round_of(docket_of(options), options.round)

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        before = docket.decisions.get(call.slug)
        fields = _decision(docket, call, before, options)
        path = f"submissions/{call.slug}/decision.yml"
        if path not in tree:
            ordered = {key: fields[key] for key in ORDER if key in fields}
            return {path: document("decision.json", ordered).encode()}
        return {path: _edited(path, tree[path], fields)}

    plan = planned(options, make)
    before = plan.before.decisions.get(call.slug)
    _readable(plan, call)
    _meant(plan, before, call, options)

    def shown() -> str:
        after = plan.docket.decisions[call.slug]
        changed = minutes.differences(plan.docket, before, after, lang) if before else ()
        told = meaning.meaning(outlook(plan.docket, after), lang)
        return "\n".join([told, *changed, ""] if before else [told])

    def message() -> str:
        told = outlook(plan.docket, plan.docket.decisions[call.slug])
        return minutes.decided(told, lang, before)

    return perform(options, Act(plan, shown, message))


def stop(options: argparse.Namespace) -> int:
    """A decision taken back for all, with its reason."""
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
        decision = docket.decisions.get(call.slug)
        if decision is None:
            raise Trouble(
                f"Runden {call.slug} er ikke afgjort, så der er ingen udpegning at stoppe.",
                f"Round {call.slug} is not decided, so there is no decision to stop.",
            )
        _stoppable(decision, fields)
        path = f"submissions/{call.slug}/decision.yml"
        return {path: _edited(path, tree[path], {"stopped": fields})}

    plan = planned(options, make)
    return perform(
        options,
        Act(
            plan,
            lambda: meaning.of_stop(plan.docket, plan.docket.decisions[call.slug], lang),
            lambda: minutes.stopped(plan.docket.decisions[call.slug], lang),
        ),
    )


def _decision(
    docket: Docket, call: Round, before: Decision | None, options: argparse.Namespace
) -> dict[str, Any]:
    """The fields of a decision; what is not said stays as it was."""
    stands = {one.municipality: one.area for one in before.designated} if before else {}
    chosen = [_designation(docket, call, word, stands) for word in options.chosen]
    if before:  # who stays, stays where it stands
        chosen.sort(key=lambda one: [*before.designated, one].index(one))
    today = day_of(docket.now, docket.organiser.zone)
    decided = options.decided or (before.decided if before else today).isoformat()
    fields: dict[str, Any] = {
        "decided": date_of("--decided", decided),
        "designated": [{"municipality": one.municipality, "area": one.area} for one in chosen],
    }
    if options.until:
        fields["until"] = date_of("--until", options.until)
    if options.source:
        old = before.sources if before else ()
        fields["sources"] = list(dict.fromkeys([*old, *options.source]))
    return fields


def _designation(docket: Docket, call: Round, word: str, stands: Mapping[str, str]) -> Designation:
    """SLUG[:AREA], as people write it; an area that `stands` need not be said. Raises `Trouble`."""
    name, _, area = word.partition(":")
    slug = _known(
        name, {slug: (one.name, one.full, *one.also) for slug, one in docket.register.items()}
    )
    if area:
        return Designation(
            slug, _known(area, {one: tuple(docket.areas[one]) for one in docket.areas})
        )
    entries = docket.submissions_by.get(slug, ())
    wished = next((one.areas for one in entries if one.round == call.slug), ())
    areas = tuple(call.seats) if len(call.seats) == 1 else wished
    if slug in stands:
        areas = (stands[slug],)
    if len(areas) != 1:
        offered = " | ".join(areas or call.seats)
        raise Trouble(
            f"Skriv også området: {slug}:{offered}", f"Write the area too: {slug}:{offered}"
        )
    return Designation(slug, areas[0])


def _known(word: str, terms: Mapping[str, Iterable[str]]) -> str:
    """The term that `word` is a spelling of. Raises `Trouble`, with the nearest one."""
    for term, names in terms.items():
        if fold(word) in {fold(one) for one in (term, *names)}:
            return term
    near = nearest(word, terms, {name: term for term, names in terms.items() for name in names})
    meant = (f" Mente du {near}?", f" Did you mean {near}?") if near else ("", "")
    shown = show_path(word)
    raise Trouble(f"{shown} kendes ikke.{meant[0]}", f"{shown} is not known.{meant[1]}")


def _readable(plan: Plan, call: Round) -> None:
    """The rules can only judge what can be read. Raises `Trouble`."""
    decision = f"submissions/{call.slug}/decision.yml"
    named = plan.docket.decisions.get(call.slug)
    chosen = named.designated if named else ()
    needed = [f"submissions/{call.slug}/{one.municipality}.yml" for one in chosen]
    for path in (call.path, decision, *needed):
        if not plan.docket.is_whole(path):
            raise Trouble(
                f"{path} skal rettes først. Se, hvad der er galt: docket check",
                f"{path} must be corrected first. See what is wrong: docket check",
            )


def _meant(plan: Plan, before: Decision | None, call: Round, options: argparse.Namespace) -> None:
    """A decision is never overwritten in silence. Raises `Trouble`, with what would change."""
    after = plan.docket.decisions[call.slug]
    if before is None or before == after or options.change:
        return
    da, en = (
        "; ".join(minutes.differences(plan.docket, before, after, one)) for one in ("da", "en")
    )
    raise Trouble(
        f"Runden er allerede afgjort. Dette ville blive ændret: {da}. "
        "Er det meningen, så skriv det igen med --change.",
        f"The round is decided already. This would change: {en}. "
        "If you mean it, write it again with --change.",
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


def _edited(path: str, content: bytes, changes: Mapping[str, Any]) -> bytes:
    try:
        return edit(content, changes)
    except Uneditable:
        raise Trouble(
            f"{path} kan ikke rettes herfra. Ret den i hånden, og se efter med docket check.",
            f"{path} cannot be changed from here. Change it by hand, then run docket check.",
        ) from None
