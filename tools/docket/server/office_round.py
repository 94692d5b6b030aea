"""All rounds, one of them, and what is taken home: its overview and its letters."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial

from docket import summary
from docket.acts import seal
from docket.acts.letters import Letter, Occasion, Post, Writer
from docket.domain.nouns import Round
from docket.git.entries import Head
from docket.server.office_guard import Closed
from docket.server.office_visit import Reply, Visit
from docket.summary.lines import Opener, summarise, unopened
from docket.text.errors import CommandError
from docket.views import sentences
from docket.views.round import all_rounds, round_view

EML, ZIP = "message/rfc822", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rounds(visit: Visit) -> Reply:
    """Every round, and the way to a new one."""
    views = all_rounds(visit.docket, visit.findings)
    told = [(view, sentences.lead(visit.docket, view, visit.lang)) for view in views]
    return visit.page("office_rounds.html", rounds=told)


def one(visit: Visit, slug: str) -> Reply:
    """One round: where it stands, and what can be done."""
    view = round_view(visit.docket, visit.round(slug), visit.findings)
    return visit.page(
        "office_round.html",
        view=view,
        lead=sentences.lead(visit.docket, view, visit.lang),
        next=sentences.next_step(visit.docket, view, visit.lang),
    )


def sheet(visit: Visit, slug: str, private: str) -> Reply:
    """The overview as a workbook; `private`: the organiser's own copy, with the contacts."""
    view = round_view(visit.docket, visit.round(slug), visit.findings)
    head = Head(visit.base.commit, changed=False)
    opener = _opener(visit, view.round) if private else None
    content = summary.write("xlsx", summarise(visit.docket, view, head, visit.lang, opener))
    return Reply(body=content, kind=XLSX, file=f"{slug}{private}.xlsx")


def letters(visit: Visit, slug: str, problem: str = "") -> Reply:
    """What there is to send, by occasion; where its day has not come, why."""
    round_ = visit.round(slug)
    posts = list(_posts(visit, round_))
    return visit.page(
        "office_letters.html", 422 if problem else 200, round=round_, posts=posts, problem=problem
    )


def _posts(visit: Visit, round_: Round) -> Iterator[tuple[str, Post | None, str]]:
    for about in Occasion:
        if about is Occasion.APPROVAL and not visit.docket.organiser.asked.approval:
            continue
        try:
            yield about, _post(visit, round_, about, unopened), ""
        except CommandError as error:
            yield about, None, visit.say(f"office.letters.why.{error.key.rpartition('.')[2]}")


def letter(visit: Visit, slug: str, about: str, whose: str) -> Reply:
    """One letter, as a draft for the mail program. Raises `Closed`."""
    for found in _post(visit, visit.round(slug), Occasion(about), unopened).letters:
        if found.municipality.slug == whose:
            return Reply(body=found.message.as_bytes(), kind=EML, file=_name(found))
    raise Closed("nothing", 404)


def all_letters(visit: Visit, slug: str, about: str) -> Reply:
    """All letters of an occasion in one archive: the same letters are the same bytes."""
    round_, made = visit.round(slug), io.BytesIO()
    try:
        opener = _opener(visit, round_)
    except CommandError as error:
        return letters(visit, slug, error.of(visit.lang))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in _post(visit, round_, Occasion(about), opener).letters:
            archive.writestr(zipfile.ZipInfo(_name(found)), found.message.as_bytes())
    return Reply(body=made.getvalue(), kind=ZIP, file=f"{slug}-{about}.zip")


def _post(visit: Visit, round_: Round, about: Occasion, opener: Opener) -> Post:
    return Writer(visit.docket, visit.findings, visit.lang, opener).letters(round_, about)


def _opener(visit: Visit, round_: Round) -> Opener:
    """What opens sealed contacts: with the key that was sent along, which nobody keeps.

    Raises `CommandError`.
    """
    if not visit.is_post or round_.seal is None:
        return unopened
    try:
        key = seal.read_key(visit.sent.content)
    except seal.NoKey:
        raise CommandError("office.key.none") from None
    if not seal.opens(key, round_.seal):
        raise CommandError("office.key.another")
    return partial(seal.open_contact, key)


def _name(found: Letter) -> str:
    return f"{found.municipality.slug}.eml"
