"""What came by e-mail, registered: shown first, with its time, and then as any other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr

from docket.acts import submit, typed
from docket.acts.receipts import fits
from docket.acts.receive import receive
from docket.acts.submit import Base
from docket.domain.nouns import Round
from docket.domain.paths import submission_path
from docket.domain.states import RoundState, Way
from docket.form import answers
from docket.form import fields as form
from docket.form.told import listed
from docket.rules.review import Review
from docket.server.office_act import mark
from docket.server.office_arrival import arrival_of, written
from docket.server.office_drafts import Draft, draft_of
from docket.server.office_items import Mail, correction, messages, side_by_side, values_of
from docket.server.office_visit import Landed, Reply, Visit
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.errors import CommandError
from docket.views.round import all_rounds

NAME = "e-mail.yml"
"""What a file is called that does not say whose it is."""


@dataclass(frozen=True)
class Look:
    """What somebody looks at: a draft in a round, what was typed, and what is to be said of it."""

    number: str
    draft: Draft
    round: Round
    values: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    problem: str = ""


def e_mail(visit: Visit) -> Reply:
    """The page to choose a file; what is in it; or it is registered."""
    if not visit.is_post:
        return _choose(visit)
    try:
        look = _look(visit)
    except CommandError as error:
        return _choose(visit, error.of(visit.lang))
    keeps = visit.sent.of("do") == "keep" and not look.problem
    return _register(visit, look) if keeps else _show(visit, look, look.problem)


def _look(visit: Visit) -> Look:
    """What was chosen or typed. Raises `CommandError`."""
    sent, do = visit.sent, visit.sent.of("do")
    round_ = visit.round(sent.of("round"))
    if do in ("read", "type"):
        draft = draft_of(sent.name, sent.content) if do == "read" else Draft()
        return Look(visit.drafts.keep(draft), draft, round_)
    texts = {
        pointer: text
        for pointer, name in form.names(visit.docket.organiser.asked).items()
        if (text := sent.whole(name))
    }
    number, problem = sent.of("draft"), ""
    try:
        draft = visit.drafts.find(number)
    except CommandError as error:
        if not texts:
            raise
        draft, problem = Draft(), error.of(visit.lang)  # what was typed is not lost
        number = visit.drafts.keep(draft)
    look = Look(number, draft, round_, texts, tuple(sent.all("areas")), problem=problem)
    return _by_hand(visit, look) if do == "by-hand" else look


def _by_hand(visit: Visit, look: Look) -> Look:
    """The same, to be typed: what the file says is there already."""
    values = values_of(look.draft.content)
    draft = Draft(None, look.draft.letter)
    areas = tuple(text for pointer, text in values.items() if pointer.startswith("/areas/"))
    return Look(visit.drafts.keep(draft), draft, look.round, values, areas)


def _choose(visit: Visit, problem: str = "") -> Reply:
    rounds = [
        view.round
        for view in all_rounds(visit.docket, visit.findings)
        if view.round.register and view.state is not RoundState.ENDED
    ]
    return visit.page("office_email.html", 422 if problem else 200, rounds=rounds, problem=problem)


def _register(visit: Visit, look: Look) -> Reply:
    """Write it with its receipt, or show why not."""
    try:
        arrival = arrival_of(visit, Way.E_MAIL)
        content = _content(submit.base_of(visit.store, arrival.received), look, visit.lang)
        slug = submit.sent_file(look.round.slug, content).slug
        if moved := visit.moved([submission_path(look.round.slug, slug)] if slug else []):
            return _show(visit, look, moved=moved)
        if visit.sent.of("seen") != mark({NAME: content}):
            return _show(visit, look, visit.say("office.act.unseen"))
        found = receive(visit.store, look.round.slug, NAME, content, arrival)
    except CommandError as error:
        return _show(visit, look, error.of(visit.lang))
    if found.findings:
        return _show(visit, look, visit.say("office.email.wrong"))
    commit = visit.store.commit()
    if commit == visit.base.commit:
        name = visit.docket.register[slug].full
        return _show(visit, look, visit.say("intake.already", name=name, round=look.round.slug))
    visit.drafts.forget(look.number)
    return visit.to("/", commit)


def _content(base: Base, look: Look, lang: str) -> bytes:
    """The file as it would be kept, by the register when it came."""
    if look.draft.content is not None:
        return look.draft.content
    values = typed.values(base, look.round.slug, look.values, look.areas, lang)
    return answers.write(base.schemas.asked, values).encode()


def _show(visit: Visit, look: Look, problem: str = "", moved: tuple[Landed, ...] = ()) -> Reply:
    """What was found, beside what is there, with its time and what is wrong with it."""
    zone, letter = visit.docket.organiser.zone, look.draft.letter
    typing = look.draft.content is None
    came, reference = visit.sent.of("received"), visit.sent.of("reference")
    if visit.sent.of("do") in ("read", "type") and letter:
        came = written(letter.received, zone) if letter.received else ""
        reference = letter.reference if fits(letter.reference) else ""
    found, content = None, b""
    if not typing or look.values:
        found, content, problem = _judged(visit, look, came, problem)
    wrong = messages(visit, found.findings) if found else ()
    fields = form.fields(visit.docket, visit.base.schemas, look.round, visit.lang)
    return visit.page(
        "office_email_look.html",
        409 if moved else 422 if problem else 200,
        look=look,
        letter=letter,
        typing=typing,
        came=came,
        reference=reference,
        found=found,
        seen=mark({NAME: content}),
        rows=_rows(visit, look, content),
        wrong=wrong,
        mail=_mail(visit, look, wrong) if wrong else None,
        errors=_errors(visit, found) if found and typing else {},
        fields=fields,
        names=[one.name for one in form.municipalities(visit.docket)],
        values=answers.typed(visit.docket.organiser.asked, look.values, visit.lang),
        listed=listed,
        problem=problem,
        moved=moved,
    )


def _mail(visit: Visit, look: Look, wrong: tuple[str, ...]) -> Mail | None:
    """The words that ask who sent an e-mail for a correction."""
    letter = look.draft.letter
    if letter is None:
        return None
    came, zone = letter.received, visit.docket.organiser.zone
    is_as_told = came and visit.sent.of("received") in ("", written(came, zone))
    to = parseaddr(letter.sender)[1]
    return correction(visit, look.round, came if is_as_told else None, to, wrong)


def _judged(visit: Visit, look: Look, came: str, problem: str) -> tuple[Review | None, bytes, str]:
    """What is found in it as of when it came, its file, and what is said above."""
    try:
        arrival = arrival_of(visit, Way.E_MAIL) if visit.sent.of("received") else None
    except CommandError as error:
        arrival, problem = None, problem or error.of(visit.lang)
    letter = look.draft.letter
    first = letter.received if letter and came else None
    now = arrival.received if arrival else first or visit.now
    base = submit.base_of(visit.store, now)
    content = _content(base, look, visit.lang)
    offer = submit.judge(base, submit.sent_file(look.round.slug, content))
    return offer.found, content, problem


def _rows(visit: Visit, look: Look, content: bytes) -> tuple[object, ...]:
    if not content:
        return ()
    after = values_of(content)
    path = submission_path(look.round.slug, after.get("/municipality", ""))
    return side_by_side(visit, look.round, values_of(visit.base.tree.get(path)), after)


def _errors(visit: Visit, found: Review) -> Mapping[str, str]:
    setting = Setting(visit.docket, visit.base.schemas)
    return formpages.wrong(setting, found.findings, visit.lang)
