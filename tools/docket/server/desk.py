"""The desk: it judges what the form sends, keeps it on a branch, and gives a receipt.

No HTTP library here: `web` turns requests into calls and replies into answers. 201: kept,
with its receipt. 422: what is wrong, field by field. 403, 409, 413, 415, 429 as HTTP means them.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from docket.acts import submit
from docket.acts.receive import municipality_of
from docket.domain.nouns import Finding
from docket.domain.paths import SLUG
from docket.form import answers
from docket.git.locking import Busy
from docket.git.store import Store
from docket.loading.loader import load_schemas, read
from docket.loading.trees import LIMIT, snapshot
from docket.server import noscript
from docket.server.limits import Limiter
from docket.site.pages import form as formpages
from docket.site.pages.form import Filled, Setting
from docket.text.l10n import write_moment

LANGUAGES = ("da", "en")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """What the desk looks at of a request. `address` is the sender's, `size` in bytes."""

    origin: str
    address: str
    mimetype: str
    size: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: JSON, or a whole page."""

    status: int
    data: Mapping[str, object] = field(default_factory=dict)
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class _Crowded(Exception):
    """Too many at once: come again."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Desk:
    """Where the desk keeps what it takes, and under which addresses it is known.

    `kept` is told the branch of each submission after it is in Git.
    """

    root: Path
    origins: frozenset[str]
    now: Callable[[], datetime] = _now
    kept: Callable[[str], None] = lambda _: None
    limiter: Limiter = field(default_factory=Limiter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, request: Request, body: Callable[[], bytes]) -> Reply:
        """Answer the form's script: {round, file} in, the receipt or the errors out."""
        if refusal := self._refusal(request, JSON):
            return refusal
        sent = _sent(body())
        if sent is None:
            return Reply(400, {"error": "shape"})
        try:
            setting, findings, receipt = self._keep(*sent)
        except _Crowded as crowded:
            return crowded.reply
        if receipt is None:
            said = {lang: formpages.wrong(setting, findings, lang) for lang in LANGUAGES}
            errors = [
                {"pointer": pointer, "message": {lang: said[lang][pointer] for lang in LANGUAGES}}
                for pointer in said["da"]
            ]
            return Reply(422, {"errors": errors})
        received = receipt.received.astimezone(setting.docket.organiser.zone).isoformat()
        told = {"reference": receipt.reference, "received": received, "blob": receipt.blob}
        return Reply(201, told)

    def take_plain(
        self,
        request: Request,
        public: Path,
        where: tuple[str, str],
        sent: Callable[[], tuple[Mapping[str, str], Sequence[str]]],
    ) -> Reply:
        """Answer a form sent without a script: the page again, with errors or the receipt.

        `where` is the round and the language; `sent` gives the fields by name, and the areas.
        """
        round_, lang = where
        if refusal := self._refusal(request, FORM):
            return refusal
        with self._store() as store:
            docket = read(snapshot(store, store.commit()), self.now())
        if round_ not in docket.rounds:
            return Reply(404, {"error": "round"})
        values = noscript.values(docket.register, *sent())
        try:
            setting, findings, receipt = self._keep(round_, answers.write(values).encode())
        except _Crowded as crowded:
            return crowded.reply
        filled = Filled(values, formpages.wrong(setting, findings, lang))
        if receipt:
            filled = Filled(receipt=_receipt(setting, values, receipt, lang))
        page = noscript.page(public, setting, round_, lang, filled)
        if page is None:
            return Reply(404, {"error": "page"})
        return Reply(201 if receipt else 422, page=page)

    def waiting(self, round_: str) -> Reply:
        """Which municipalities have sent something that is not in the register yet."""
        with self._store() as store:
            found = sorted(submit.waiting(store, round_)) if SLUG.match(round_) else []
        return Reply(200, {"waiting": found})

    def _refusal(self, request: Request, mimetype: str) -> Reply | None:
        """Why a request is not even read."""
        if request.origin not in self.origins:
            return Reply(403, {"error": "origin"})
        if wait := self.limiter.wait(request.address):
            return Reply(429, {"error": "rate"}, headers={"Retry-After": str(wait)})
        if request.mimetype != mimetype:
            return Reply(415, {"error": "type"})
        return Reply(413, {"error": "size"}) if request.size > 2 * LIMIT else None

    def _keep(
        self, round_: str, content: bytes
    ) -> tuple[Setting, Sequence[Finding], submit.Receipt | None]:
        """Judge and keep a submission. Raises `_Crowded`."""
        slug = municipality_of(content)
        if slug and (wait := self.limiter.wait(f"{round_}/{slug}")):
            raise _Crowded(Reply(429, {"error": "rate"}, headers={"Retry-After": str(wait)}))
        with self.lock, self._store() as store:
            try:
                found, receipt = submit.deposit(store, round_, content, self.now())
            except Busy:
                raise _Crowded(Reply(409, {"error": "busy"})) from None
            schemas = load_schemas(snapshot(store, store.commit()))
        if receipt:
            self.kept(f"submission/{round_}/{slug}")
        return Setting(found.docket, schemas, desk=True), found.findings, receipt

    def _store(self) -> closing[Store]:
        return closing(Store(self.root))


def _receipt(
    setting: Setting, values: answers.Values, receipt: submit.Receipt, lang: str
) -> dict[str, str]:
    docket = setting.docket
    return {
        "name": docket.register[values["/municipality"]].full,
        "time": write_moment(receipt.received, lang, docket.organiser.zone, weekday=True),
        "reference": receipt.reference,
        "blob": receipt.blob,
        "file": receipt.content.decode(),
    }


def _sent(body: bytes) -> tuple[str, bytes] | None:
    """The round and the file in a request's body, None where they are not there."""
    try:
        data = json.loads(body)
        round_, text = data["round"], data["file"]
        content = text.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not isinstance(round_, str) or not SLUG.match(round_) or len(content) > LIMIT:
        return None
    return round_, content
