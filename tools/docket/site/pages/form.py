"""The pages of the form: one for each round that can be answered, and the one to choose it.

The desk renders the same form again, filled in and with what is wrong, or the receipt in its
place, for a browser without JavaScript.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from docket.domain.asked import Asked, Kind
from docket.domain.docket import Docket
from docket.domain.lifecycle import held, waiting
from docket.domain.nouns import Finding
from docket.domain.states import RoundState
from docket.form import answers, script
from docket.form import fields as form
from docket.form.blank import blank
from docket.form.told import listed
from docket.loading.schemas import Schemas
from docket.site.templating import page
from docket.text.catalogue import say
from docket.views.round import ENDED, RoundView, round_view

CHANGEABLE = (RoundState.CLOSED, RoundState.DECIDED)
"""States in which a submission's contact, approval and withdrawal may still change."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the form is made from. `desk`: it is served with the desk; `clock`: `now` is set."""

    docket: Docket
    schemas: Schemas
    _: KW_ONLY
    desk: bool = False
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what was filled in, and what is wrong with it, by pointer.

    `token`: of the private link of the answer that it changes.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    token: str = ""


EMPTY = Filled()


def pages(setting: Setting, rounds: Sequence[RoundView], lang: str) -> Iterator[tuple[str, str]]:
    """The form of each round and the page to choose one, by path under `site/`."""
    docket = setting.docket
    opened = [view for view in rounds if view.takes_submissions]
    elsewhere = [view for view in rounds if view.is_open and not view.round.register]
    context = {
        "rounds": [*opened, *elsewhere],
        "real": any(not view.round.rehearsal for view in opened),
        "elsewhere": elsewhere,
    }
    yield f"{lang}/meld-interesse/index.md", page("choose.md", docket, lang, 1, context)
    for view in filter(is_offered, rounds):
        path = f"{lang}/meld-interesse/{view.round.slug}"
        fields = form.fields(docket, setting.schemas, view.round, lang)
        context = _context(setting, view, lang, EMPTY) | {"script": _script(setting, view, lang)}
        yield f"{path}.md", page("form.md", docket, lang, 2, context)
        yield f"{path}.yml", blank(docket, fields, view.round, lang)


def is_offered(view: RoundView) -> bool:
    """Whether the round has a form: to answer it, soon or now, or to hear that it is too late."""
    round_, state = view.round, view.state
    if not round_.register:
        return False
    soon = state == RoundState.ANNOUNCED and round_.opens is not None
    return state == RoundState.OPEN or soon or state in CHANGEABLE


def again(setting: Setting, round_: str, lang: str, filled: Filled) -> str:
    """The part of the page between its marks: the form once more."""
    view = round_view(setting.docket, setting.docket.rounds[round_], ())
    context = _context(setting, view, lang, filled)
    return page("form_body.html", setting.docket, lang, 2, context)


def wrong(setting: Setting, findings: Sequence[Finding], lang: str) -> dict[str, str]:
    """What is wrong by the pointer of the field to mend; each field's first message."""
    found: dict[str, str] = {}
    for finding in findings:
        pointer = finding.place.pointer
        near = setting.schemas.asked.field(pointer)
        message = form.message_of(finding, setting.docket, setting.schemas, lang)
        found.setdefault(near, message)
    return found


def _context(setting: Setting, view: RoundView, lang: str, filled: Filled) -> dict[str, object]:
    """What the form's own part of the page is made from."""
    docket, round_ = setting.docket, view.round
    fields = form.fields(docket, setting.schemas, round_, lang)
    return {
        "view": view,
        "fields": fields,
        "names": [one.name for one in form.municipalities(docket)],
        "targets": {pointer: _target(one, round_.wishes) for pointer, one in fields.items()},
        "asked": docket.organiser.asked,
        "listed": listed,
        "values": answers.typed(docket.organiser.asked, filled.values, lang),
        "errors": filled.errors,
        "token": filled.token,
        "is_late": view.state in CHANGEABLE,
        "desk": setting.desk,
    }


def _script(setting: Setting, view: RoundView, lang: str) -> dict[str, object]:
    """What the form's script is told."""
    docket = setting.docket
    return {
        **script.data(docket, setting.schemas, view.round, lang),
        "desk": setting.desk,
        "own": f"../../{docket.organiser.addresses.of('mit-svar/')}",
        "at": docket.now.isoformat() if setting.clock else None,
        "current": _current(docket.organiser.asked, view),
        "barred": _barred(setting, view, lang),
    }


def _target(field: form.Field, wishes: int) -> str:
    """The id of the control that an error leads to."""
    if field.kind is Kind.CHOICES and (field.own or wishes > 1):
        return f"{field.id}-0"
    return f"{field.id}-{field.choices[0][0]}" if field.choices else field.id


def _current(asked: Asked, view: RoundView) -> dict[str, dict[str, object]]:
    """What is published of each submission, so that the form can be opened from it."""
    return {
        row.municipality.slug: {
            "values": answers.values_of(asked, row.submission),
            "live": row.status not in ENDED,
        }
        for row in view.rows
    }


def _barred(setting: Setting, view: RoundView, lang: str) -> dict[str, str]:
    """Why a municipality cannot answer this round now, for those that cannot."""
    docket, round_ = setting.docket, view.round
    found: dict[str, str] = {}
    for slug, municipality in docket.register.items():
        holding = [decision.round for decision, _ in held(docket, slug, round_, docket.now)]
        elsewhere = [one.round for one in waiting(docket, slug, round_, docket.now)]
        for name in holding + elsewhere:
            facts = {"municipality": municipality.name, "round": docket.rounds[name].title}
            key = "form.script.holds" if holding else "form.script.elsewhere"
            found.setdefault(slug, say(key, lang, docket.organiser, **facts))
    return found
