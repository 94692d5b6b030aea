"""The desk: it judges what the form sends, keeps it on a branch, and gives a receipt.

No HTTP library here: `web` turns requests into calls and replies into answers. 201: kept,
with its receipt. 422: what is wrong, field by field. What is refused, `Refused` says.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from docket.acts import submit
from docket.acts.deskwork import Deskwork, Receipt
from docket.acts.submit import Base, SentFile
from docket.domain.paths import SLUG
from docket.form import answers
from docket.git.locking import Busy
from docket.git.pack import tidy
from docket.git.store import Store
from docket.loading.limits import LIMIT
from docket.rules.review import Review
from docket.server import noscript
from docket.server.clock import Clock, Untrue
from docket.server.limits import Limiter
from docket.server.noscript import FormPage
from docket.server.origins import is_one
from docket.server.replies import Data, Page, Refused, Request, Why
from docket.server.turns import Turns
from docket.site.pages import form as formpages
from docket.site.pages.form import Filled, ReceiptText, Setting
from docket.text.l10n import write_moment

LANGUAGES = ("da", "en")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass
class Desk:
    """Where the desk keeps what it takes, and under which addresses it is known.

    `kept` is told the branch of each submission after it is in Git.
    """

    root: Path
    origins: frozenset[str]
    clock: Clock = field(default_factory=Clock)
    kept: Callable[[str], None] = lambda _: None
    limiter: Limiter = field(default_factory=Limiter)

    @cached_property
    def turns(self) -> Turns:
        """The desk's work, one thread at a time."""
        return Turns(
            lambda: Deskwork.start(Store(self.root)), self.clock, tidy=lambda: tidy(self.root)
        )

    def take(self, request: Request, body: Callable[[], bytes]) -> Data:
        """Answer the form's script: {round, file} in, the receipt or the errors out.

        Raises `Refused`.
        """
        self._admit(request, JSON)
        sent = _sent(body())
        self._admit_again(request, sent)
        base, answer = self._take(sent, request.arrived or self.clock.now())
        if isinstance(answer, Review):
            return Data(422, {"errors": _errors(_setting(base), answer)})
        received = answer.received.astimezone(base.docket.organiser.zone).isoformat()
        told = {"reference": answer.reference, "received": received, "blob": answer.blob}
        return Data(201, told)

    def take_plain(
        self,
        request: Request,
        page: FormPage,
        fields: Callable[[], tuple[Mapping[str, str], Sequence[str]]],
    ) -> Page:
        """Answer a form sent without a script: the page again, with errors or the receipt.

        `fields` gives what was filled in by name, and the areas. Raises `Refused`.
        """
        self._admit(request, FORM)
        arrived = request.arrived or self.clock.now()
        docket = self.turns.base(arrived).docket
        if page.round not in docket.rounds:
            raise Refused(Why.ROUND)
        values = noscript.values(docket, *fields())
        sent = submit.sent_file(page.round, answers.write(values).encode())
        self._admit_again(request, sent)
        base, answer = self._take(sent, arrived)
        setting = _setting(base)
        shown = (
            Filled(values, formpages.wrong(setting, answer.findings, page.lang))
            if isinstance(answer, Review)
            else _receipt_text(base, sent, answer, page.lang)
        )
        html = noscript.answer(page, setting, shown)
        if html is None:
            raise Refused(Why.PAGE)
        return Page(422 if isinstance(answer, Review) else 201, html)

    def waiting(self, round_: str) -> Data:
        """Which municipalities have sent what is not in the register yet, and what time it is."""
        now = self.clock.now().isoformat()
        return Data(200, {"waiting": self.turns.waiting(round_), "now": now})

    def _admit(self, request: Request, mimetype: str) -> None:
        """Whether a request is read at all. Raises `Refused`."""
        if not is_one(request.origin, self.origins):
            raise Refused(Why.ORIGIN)
        if wait := self.limiter.wait(request.address):
            raise Refused(Why.RATE, wait)
        if request.mimetype != mimetype:
            raise Refused(Why.TYPE)
        if request.size > 2 * LIMIT:
            raise Refused(Why.SIZE)

    def _admit_again(self, request: Request, sent: SentFile) -> None:
        """Whether one more answer of a municipality is looked at. Raises `Refused`."""
        if wait := self.limiter.wait_again(request.address, sent.branch):
            raise Refused(Why.RATE, wait)

    def _take(self, sent: SentFile, arrived: datetime) -> tuple[Base, Receipt | Review]:
        """Judge and keep a submission. Raises `Refused`."""
        try:
            base, answer = self.turns.take(sent, arrived)
        except Busy:
            raise Refused(Why.BUSY) from None
        except Untrue:
            raise Refused(Why.CLOCK) from None
        if isinstance(answer, Receipt):
            self.limiter.keep(sent.branch)
            self.kept(sent.branch)
        return base, answer


def _setting(base: Base) -> Setting:
    return Setting(base.docket, base.schemas, desk=True)


def _errors(setting: Setting, found: Review) -> list[dict[str, object]]:
    """What is wrong, field by field, in all languages."""
    said = {lang: formpages.wrong(setting, found.findings, lang) for lang in LANGUAGES}
    return [
        {"pointer": pointer, "message": {lang: said[lang][pointer] for lang in LANGUAGES}}
        for pointer in said["da"]
    ]


def _receipt_text(base: Base, sent: SentFile, receipt: Receipt, lang: str) -> ReceiptText:
    organiser = base.docket.organiser
    return ReceiptText(
        name=base.docket.register[sent.slug].full,
        time=write_moment(receipt.received, lang, organiser.zone, weekday=True),
        reference=receipt.reference,
        blob=receipt.blob,
        file=receipt.content.decode(),
    )


def _sent(body: bytes) -> SentFile:
    """What a request's body brings for which round. Raises `Refused`."""
    try:
        data = json.loads(body)
        round_, text = data["round"], data["file"]
        content = text.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(Why.SHAPE) from None
    if not isinstance(round_, str) or not SLUG.match(round_) or len(content) > LIMIT:
        raise Refused(Why.SHAPE)
    return submit.sent_file(round_, content)
