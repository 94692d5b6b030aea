"""Who is designated in a round: decided, or a decision changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docket.acts import minutes, preview_text
from docket.acts.files import edited, must_be_whole
from docket.acts.plan import Act, Plan, Tree, plan
from docket.acts.preview import outlook
from docket.acts.yamltext import document
from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.nouns import Decision, Designation, Round
from docket.domain.paths import OwnFile, own_path, submission_path
from docket.domain.spelling import fold, nearest
from docket.git.store import Store
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path

ORDER = ("decided", "designated", "until", "note", "stopped", "sources")


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is chosen: names and areas as people write them, the area "" where it is plain.

    What is not said stays as it was; a new decision is of today. Without `change` a decision
    that stands is not changed.
    """

    chosen: Sequence[tuple[str, str]]
    decided: date | None = None
    until: date | None = None
    sources: Sequence[str] = ()
    change: bool = False


class AlreadyDecided(CommandError):
    """The round is decided, in another way: nothing is overwritten in silence."""

    def __init__(self, docket: Docket, before: Decision, after: Decision) -> None:
        """Keep what would change."""
        super().__init__("errors.act.decided")
        self.docket, self.before, self.after = docket, before, after

    def of(self, lang: str) -> str:
        """The sentence in `lang`, with what would change."""
        rows = minutes.differences(self.docket, self.before, self.after, lang)
        return say(self.key, lang, changes="; ".join(rows))


def decide(store: Store, docket: Docket, round_: Round, choice: Choice) -> Act:
    """Decide `round_` at the `now` of `docket`. Raises `CommandError`, `AlreadyDecided`."""

    def make(docket: Docket, tree: Tree) -> dict[str, bytes]:
        fields = _fields(docket, round_, choice)
        path = own_path(round_.slug, OwnFile.DECISION)
        if path not in tree:
            ordered = {key: fields[key] for key in ORDER if key in fields}
            return {path: document("decision.json", ordered).encode()}
        return {path: edited(path, tree[path], fields)}

    planned = plan(store, docket.now, make)
    before, after = (one.decisions.get(round_.slug) for one in (planned.before, planned.docket))
    _must_be_readable(planned, round_, after)
    if before and after and before != after and not choice.change:
        raise AlreadyDecided(planned.docket, before, after)
    return Act(
        planned,
        lambda lang: _preview(planned, before, after, lang),
        lambda lang: _record(planned, before, round_, lang),
    )


def _preview(planned: Plan, before: Decision | None, after: Decision | None, lang: str) -> str:
    if after is None:  # the findings say why
        return ""
    meaning = preview_text.meaning(outlook(planned.docket, after), lang)
    if before is None:
        return meaning
    return "\n".join([meaning, *minutes.differences(planned.docket, before, after, lang), ""])


def _record(planned: Plan, before: Decision | None, round_: Round, lang: str) -> str:
    after = outlook(planned.docket, planned.docket.decisions[round_.slug])
    return minutes.decided(after, lang, before)


def _must_be_readable(planned: Plan, round_: Round, after: Decision | None) -> None:
    """The rules can only judge what can be read. Raises `CommandError`."""
    chosen = [one.municipality for one in after.designated] if after else []
    own = [own_path(round_.slug, name) for name in (OwnFile.ROUND, OwnFile.DECISION)]
    for path in (*own, *(submission_path(round_.slug, slug) for slug in chosen)):
        must_be_whole(planned.before, path)


def _fields(docket: Docket, round_: Round, choice: Choice) -> dict[str, Any]:
    """The fields of a decision; what is not said stays as it was."""
    before = docket.decisions.get(round_.slug)
    stands = {one.municipality: one for one in before.designated} if before else {}
    chosen = [_designation(docket, round_, one, stands) for one in choice.chosen]
    if before:  # who stays, stays where it stands
        chosen.sort(key=lambda one: [*before.designated, one].index(one))
    today = day_of(docket.now, docket.organiser.zone)
    decided = choice.decided or (before.decided if before else today)
    fields: dict[str, Any] = {
        "decided": decided.isoformat(),
        "designated": [_entry(one) for one in chosen],
    }
    if choice.until:
        fields["until"] = choice.until.isoformat()
    if choice.sources:
        old = before.sources if before else ()
        fields["sources"] = list(dict.fromkeys([*old, *choice.sources]))
    return fields


def _designation(
    docket: Docket, round_: Round, named: tuple[str, str], stands: Mapping[str, Designation]
) -> Designation:
    """Who is meant, and where; who `stands` stays as is. Raises `CommandError`."""
    name, area = named
    slug = _known(
        name, {slug: (one.name, one.full, *one.also) for slug, one in docket.register.items()}
    )
    if slug in stands and area in ("", stands[slug].area):
        return stands[slug]
    if area:
        return Designation(slug, _known(area, docket.areas))
    entries = docket.submissions_by.get(slug, ())
    wished = next((one.areas for one in entries if one.round == round_.slug), ())
    areas = tuple(round_.seats) if len(round_.seats) == 1 else wished
    if len(areas) != 1:
        offered = " | ".join(areas or round_.seats)
        raise CommandError("errors.act.area", name=slug, areas=offered)
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
    key = "errors.act.unknown_near" if near else "errors.act.unknown"
    raise CommandError(key, name=show_path(word), near=near)
