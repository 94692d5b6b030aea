"""`docket decide`: who is designated in a round."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from docket.acts import minutes, preview_text
from docket.acts.files import date_of, edited, must_be_whole
from docket.acts.plan import Plan, Tree
from docket.acts.preview import outlook
from docket.acts.yamltext import document
from docket.cli.perform import Act, perform, planned
from docket.cli.session import docket_of, lang_of, round_of
from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.nouns import Decision, Designation, Round
from docket.domain.paths import OwnFile, own_path, submission_path
from docket.domain.spelling import fold, nearest
from docket.text.errors import PairError
from docket.text.escape import show_path

ORDER = ("decided", "designated", "until", "note", "stopped", "sources")


def run(options: argparse.Namespace) -> int:
    """Who is designated in a round."""
    lang = lang_of(options)
    round_ = round_of(docket_of(options), options.round)

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        before = docket.decisions.get(round_.slug)
        fields = _decision(docket, round_, before, options)
        path = own_path(round_.slug, OwnFile.DECISION)
        if path not in tree:
            ordered = {key: fields[key] for key in ORDER if key in fields}
            return {path: document("decision.json", ordered).encode()}
        return {path: edited(path, tree[path], fields)}

    plan = planned(options, make)
    before = plan.before.decisions.get(round_.slug)
    _readable(plan, round_)
    _meant(plan, before, round_, options)

    def shown() -> str:
        after = plan.docket.decisions.get(round_.slug)
        if after is None:  # the findings say why
            return ""
        changed = minutes.differences(plan.docket, before, after, lang) if before else ()
        told = preview_text.meaning(outlook(plan.docket, after), lang)
        return "\n".join([told, *changed, ""] if before else [told])

    def message() -> str:
        told = outlook(plan.docket, plan.docket.decisions[round_.slug])
        return minutes.decided(told, lang, before)

    return perform(options, Act(plan, shown, message))


def _decision(
    docket: Docket, round_: Round, before: Decision | None, options: argparse.Namespace
) -> dict[str, Any]:
    """The fields of a decision; what is not said stays as it was."""
    stands = {one.municipality: one for one in before.designated} if before else {}
    chosen = [_designation(docket, round_, word, stands) for word in options.chosen]
    if before:  # who stays, stays where it stands
        chosen.sort(key=lambda one: [*before.designated, one].index(one))
    today = day_of(docket.now, docket.organiser.zone)
    decided = options.decided or (before.decided if before else today).isoformat()
    fields: dict[str, Any] = {
        "decided": date_of("--decided", decided),
        "designated": [_entry(one) for one in chosen],
    }
    if options.until:
        fields["until"] = date_of("--until", options.until)
    if options.source:
        old = before.sources if before else ()
        fields["sources"] = list(dict.fromkeys([*old, *options.source]))
    return fields


def _designation(
    docket: Docket, round_: Round, word: str, stands: Mapping[str, Designation]
) -> Designation:
    """SLUG[:AREA], as people write it; who `stands` stays as is. Raises `CommandError`."""
    name, _, area = word.partition(":")
    slug = _known(
        name, {slug: (one.name, one.full, *one.also) for slug, one in docket.register.items()}
    )
    if slug in stands and area in ("", stands[slug].area):
        return stands[slug]
    if area:
        return Designation(
            slug, _known(area, {one: tuple(docket.areas[one]) for one in docket.areas})
        )
    entries = docket.submissions_by.get(slug, ())
    wished = next((one.areas for one in entries if one.round == round_.slug), ())
    areas = tuple(round_.seats) if len(round_.seats) == 1 else wished
    if len(areas) != 1:
        offered = " | ".join(areas or round_.seats)
        raise PairError(
            f"Skriv også området: {slug}:{offered}", f"Write the area too: {slug}:{offered}"
        )
    return Designation(slug, areas[0])


def _entry(one: Designation) -> dict[str, str]:
    until = {"until": one.until.isoformat()} if one.until else {}
    return {"municipality": one.municipality, "area": one.area, **until}


def _known(word: str, terms: Mapping[str, Iterable[str]]) -> str:
    """The term that `word` is a spelling of. Raises `CommandError`, with the nearest one."""
    for term, names in terms.items():
        if fold(word) in {fold(one) for one in (term, *names)}:
            return term
    near = nearest(word, terms, {name: term for term, names in terms.items() for name in names})
    meant = (f" Mente du {near}?", f" Did you mean {near}?") if near else ("", "")
    shown = show_path(word)
    raise PairError(f"{shown} kendes ikke.{meant[0]}", f"{shown} is not known.{meant[1]}")


def _readable(plan: Plan, round_: Round) -> None:
    """The rules can only judge what can be read. Raises `CommandError`."""
    named = plan.docket.decisions.get(round_.slug)
    chosen = [one.municipality for one in named.designated] if named else []
    own = [own_path(round_.slug, name) for name in (OwnFile.ROUND, OwnFile.DECISION)]
    for path in (*own, *(submission_path(round_.slug, slug) for slug in chosen)):
        must_be_whole(plan.before, path)


def _meant(plan: Plan, before: Decision | None, round_: Round, options: argparse.Namespace) -> None:
    """A decision is never overwritten in silence. Raises `CommandError`, with what would change."""
    after = plan.docket.decisions.get(round_.slug)
    if before is None or after is None or before == after or options.change:
        return
    da, en = (
        "; ".join(minutes.differences(plan.docket, before, after, one)) for one in ("da", "en")
    )
    raise PairError(
        f"Runden er allerede afgjort. Dette ville blive ændret: {da}. "
        "Er det meningen, så skriv det igen med --change.",
        f"The round is decided already. This would change: {en}. "
        "If you mean it, write it again with --change.",
    )
