"""A round opened, from last time's or anew; and its deadline and places mended."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from docket.acts import seal
from docket.acts.key import SEAL, public_of
from docket.acts.mend import mend
from docket.acts.open import filled, like, open_round
from docket.acts.plan import Act
from docket.domain.instants import day_of
from docket.domain.languages import Texts
from docket.domain.nouns import Round
from docket.domain.paths import PRACTICE, SLUG
from docket.loading.schemas import help_of, label
from docket.server.office_act import Shown, attempt, day_said, fields_of, moment_said
from docket.server.office_visit import Reply, Visit
from docket.text.errors import CommandError
from docket.views.round import all_rounds

Said = Mapping[str, str]
"""What the fields of a form hold, by name."""


@dataclass(frozen=True, slots=True)
class Places:
    """An area in a form: whether the round has it, and how many places (None: not limited)."""

    slug: str
    name: Texts
    chosen: bool
    seats: str


def new(visit: Visit) -> Reply:
    """The form of a new round; or the round is opened."""
    shown: Reply | Shown = Shown()
    begun = visit.query.get("like", "")
    if visit.is_post:
        said = {**dict(visit.sent.fields), "key": _line(visit)}
        shown = attempt(visit, lambda: _opened(visit), "/runder/")
    else:
        said = _like(visit, begun)
    if isinstance(shown, Reply):
        return shown
    schemas = visit.base.schemas
    return visit.page(
        "office_open.html",
        shown.status,
        said=said,
        begun=begun,
        offered=_areas(visit, said),
        rounds=[view.round for view in all_rounds(visit.docket, visit.findings)],
        label=lambda pointer: label(schemas.field("round.json", pointer)).of(visit.lang),
        help=lambda pointer: help_of(schemas.field("round.json", pointer)).of(visit.lang),
        error=lambda pointer: _error(shown.errors, pointer),
        shown=shown,
        problem=shown.problem,
        moved=shown.moved,
    )


def mended(visit: Visit, slug: str) -> Reply:
    """The form of a round's deadline and places; or they are changed."""
    round_ = visit.round(slug)
    shown: Reply | Shown = Shown()
    said = {**_seats_said(round_), **fields_of(visit, "deadline", round_.deadline)}
    if visit.is_post:
        said = dict(visit.sent.fields)
        shown = attempt(visit, lambda: _mended(visit, round_), f"/runder/{slug}/", round_.path)
    if isinstance(shown, Reply):
        return shown
    return visit.page(
        "office_mend.html",
        shown.status,
        round=round_,
        said=said,
        offered=_areas(visit, said),
        shown=shown,
        problem=shown.problem,
        moved=shown.moved,
    )


def _mended(visit: Visit, round_: Round) -> Act:
    fields = filled({"seats": _seats(visit), "deadline": moment_said(visit, "deadline")})
    return mend(visit.store, visit.docket, round_, fields)


def _opened(visit: Visit) -> Act:
    """What the form asks for. Raises `CommandError`."""
    of, seats = visit.sent.of, _seats(visit)
    fields = filled(
        {
            "title": filled({one: of(f"title-{one}") for one in visit.docket.organiser.languages}),
            "seats": seats,
            "wishes": int(of("wishes")) if re.fullmatch("[2-9]", of("wishes")) else None,
            **{name: moment_said(visit, name) for name in ("opens", "deadline")},
            "after": visit.sent.all("after"),
            "receiver": filled({one: of(one) for one in ("name", "contact", "email")}),
            "decides": filled(
                {one: of(f"decides-{one}") for one in visit.docket.organiser.languages}
            ),
            "rehearsal": of("rehearsal") == "yes",
            SEAL: _seal(visit),
            "retention": _retention(visit),
            "letter": of("letter"),
        }
    )
    if not seats:
        raise CommandError("office.open.no_area")
    return open_round(visit.store, visit.docket, folder_of(visit), fields)


def folder_of(visit: Visit) -> str:
    """The name of the new round's folder: its year and its areas, unless another is wanted.

    Raises `CommandError`.
    """
    of, organiser = visit.sent.of, visit.docket.organiser
    today = day_of(visit.now, organiser.zone)
    day = moment_said(visit, "opens") or moment_said(visit, "deadline") or today.isoformat()
    practice = [organiser.addresses.name(PRACTICE)] if of("rehearsal") == "yes" else []
    name = of("folder") or "-".join([*practice, day[:4], *_seats(visit)])
    if not SLUG.match(name):
        raise CommandError("questions.round.folder_wrong")
    return name


def _retention(visit: Visit) -> str:
    day = day_said(visit, "retention")
    if day is None:
        raise CommandError("office.open.no_retention")
    return day.isoformat()


def _seal(visit: Visit) -> object:
    """The public key that somebody put in, if the round is to have one. Raises `CommandError`."""
    if visit.sent.of(SEAL) != "yes":
        return None
    return public_of(_line(visit))


def _line(visit: Visit) -> str:
    """The line of a seal: its public half, where the file of a key was chosen."""
    try:
        key = seal.read_key(visit.sent.content)
    except seal.NoKey:
        return visit.sent.of("key")
    return f"{SEAL}: {json.dumps(seal.public_half(key))}"


def new_key(_: Visit) -> Reply:
    """A new private key for a seal: made for whoever takes it home, and kept by nobody."""
    private, _public = seal.new_key()
    return Reply(body=private, kind="application/json", file="segl.key.json")


def _seats(visit: Visit) -> dict[str, object]:
    """The areas that are ticked, with their places; without a number, not limited."""
    found: dict[str, object] = {}
    for area in visit.docket.areas:
        count = visit.sent.of(f"seats-{area}")
        if visit.sent.of(f"area-{area}"):
            found[area] = int(count) if re.fullmatch("[0-9]{1,4}", count) else count or None
    return found


def _areas(visit: Visit, said: Said) -> list[Places]:
    return [
        Places(slug, name, bool(said.get(f"area-{slug}")), said.get(f"seats-{slug}", ""))
        for slug, name in visit.docket.areas.items()
    ]


def _like(visit: Visit, slug: str) -> dict[str, str]:
    """The fields of a form, as a round before has them."""
    if slug not in visit.docket.rounds:
        return {}
    round_ = visit.docket.rounds[slug]
    fields = like(round_)
    said = {
        f"{key}-{one}": text
        for key in ("title", "decides")
        for one, text in fields.get(key, {}).items()
    }
    return {
        **said,
        **fields.get("receiver", {}),
        **_seats_said(round_),
        "wishes": str(round_.wishes),
    }


def _seats_said(round_: Round) -> dict[str, str]:
    counts = {f"seats-{area}": "" if n is None else str(n) for area, n in round_.seats.items()}
    return {**counts, **{f"area-{area}": "yes" for area in round_.seats}}


def _error(errors: Mapping[str, str], pointer: str) -> str:
    """What is wrong at a field, or at what it is a part of."""
    return errors.get(pointer, "") or errors.get(pointer.rpartition("/")[0], "")
