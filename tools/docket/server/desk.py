"""The desk: it judges what the form sends, keeps it on a branch, and gives a receipt.

No HTTP library here: `web` turns requests into calls and replies into answers. 201: kept,
with its receipt. 422: what is wrong, field by field. What is refused, `Refused` says.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docket.acts import submit
from docket.acts.deskwork import Deskwork, Receipt
from docket.acts.senders import OtherAnswer, link_of, sure
from docket.acts.submit import Base, SentFile
from docket.domain.paths import SLUG
from docket.git.lasting import Lasting
from docket.git.locking import Busy
from docket.git.log import Entry
from docket.git.pack import tidy
from docket.git.store import Store
from docket.loading.limits import LIMIT
from docket.rules.review import Review
from docket.server.clock import Clock, Untrue
from docket.server.limits import Limiter
from docket.server.origins import is_one
from docket.server.replies import Data, Refused, Request, Why
from docket.server.turns import Turns
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.catalogue import say

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass
class Desk:
    """Where the desk keeps what it takes, and under which addresses it is known.

    `kept` is told the branch of each submission after it is in Git; `mails`: so is its contact.
    """

    root: Path
    origins: frozenset[str]
    clock: Clock = field(default_factory=Clock)
    kept: Callable[[str], None] = lambda _: None
    limiter: Limiter = field(default_factory=Limiter)
    mails: bool = False

    @cached_property
    def turns(self) -> Turns:
        """The desk's work, one thread at a time."""
        return Turns(
            lambda: Deskwork.start(Store(self.root, Lasting)),
            self.clock,
            tidy=lambda: tidy(self.root),
        )

    def take(self, request: Request, body: Callable[[], bytes]) -> Data:
        """Answer the form's script: {round, file, token} in, the receipt or the errors out.

        `token` is that of the private link; nobody can go on from what comes without one. Raises
        `Refused`.
        """
        self.admit(request, JSON)
        data, content = _sent(body())
        token = data.get("token", "")
        try:
            sent = submit.sent_file(data["round"], content, link_of(sure(token)) if token else "")
            base, answer = self.keep(request, sent)
        except OtherAnswer:
            languages = self.turns.base(self.clock.now()).docket.organiser.languages
            message = {lang: say("own.ask.unknown", lang) for lang in languages}
            return Data(422, {"errors": [{"pointer": "", "message": message}]})
        if isinstance(answer, Review):
            return Data(422, {"errors": _errors(setting_of(base), answer)})
        received = answer.received.astimezone(base.docket.organiser.zone).isoformat()
        told = {"reference": answer.reference, "received": received, "blob": answer.blob}
        return Data(201, told | {"own": bool(token) and answer.link == sent.link})

    def waiting(self, round_: str) -> Data:
        """Which municipalities have sent what is not in the register yet, and what time it is."""
        now = self.clock.now().isoformat()
        return Data(200, {"waiting": self.turns.waiting(round_), "now": now})

    def admit(self, request: Request, mimetype: str) -> None:
        """Whether a request is read at all. Raises `Refused`."""
        if not is_one(request.origin, self.origins):
            raise Refused(Why.ORIGIN)
        if wait := self.limiter.wait(request.address):
            raise Refused(Why.RATE, wait)
        if request.mimetype != mimetype:
            raise Refused(Why.TYPE)
        if request.size > 2 * LIMIT:
            raise Refused(Why.SIZE)

    def keep(self, request: Request, sent: SentFile) -> tuple[Base, Receipt | Review]:
        """Judge and keep a submission. Raises `OtherAnswer`, `Refused`."""
        arrived = request.arrived or self.clock.now()
        wait = self.limiter.wait_again(request.address, sent.branch)
        if wait and not self.turns.knows(sent.link):
            raise Refused(Why.RATE, wait)
        with refusing():
            base, answer = self.turns.take(sent, arrived)
        if isinstance(answer, Receipt):
            self.limiter.keep(sent.branch)
            self.kept(answer.branch)
        return base, answer

    def confirm(self, request: Request, token: str) -> Entry | None:
        """Log that the contact of an answer got its e-mail; None where a token is of none.

        Raises `Refused`, `CommandError`, OSError.
        """
        arrived = request.arrived or self.clock.now()
        with refusing():
            return self.turns.confirm(token, arrived)


@contextmanager
def refusing() -> Iterator[None]:
    """What keeps the desk from writing, as what it answers."""
    try:
        yield
    except Busy:
        raise Refused(Why.BUSY) from None
    except Untrue:
        raise Refused(Why.CLOCK) from None


def setting_of(base: Base) -> Setting:
    """What the desk's pages are made from."""
    return Setting(base.docket, base.schemas, desk=True)


def _errors(setting: Setting, found: Review) -> list[dict[str, object]]:
    """What is wrong, field by field, in all languages."""
    languages = setting.docket.organiser.languages
    said = {lang: formpages.wrong(setting, found.findings, lang) for lang in languages}
    return [
        {"pointer": pointer, "message": {lang: said[lang][pointer] for lang in languages}}
        for pointer in said[languages[0]]
    ]


def _sent(body: bytes) -> tuple[dict[str, str], bytes]:
    """What a request's body brings, all of it texts, and the file's bytes. Raises `Refused`."""
    try:
        data = {key: value for key, value in json.loads(body).items() if value is not None}
        content = data["file"].encode()
        is_text = all(isinstance(data.get(key, ""), str) for key in ("round", "token"))
        right = is_text and SLUG.match(data["round"]) and len(content) <= LIMIT
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(Why.SHAPE) from None
    if not right:
        raise Refused(Why.SHAPE)
    return data, content
