"""The office: the organiser's side of `docket serve`, made by the same acts as the commands.

No HTTP library here: `office_web` turns requests into values and replies into answers.
"""

import mimetypes
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from docket.acts.submit import base_of
from docket.domain.languages import PACKAGE
from docket.git.store import Store
from docket.server import office_decide, office_inbox, office_mail, office_open, office_round
from docket.server.clock import Clock
from docket.server.office_drafts import Drafts
from docket.server.office_guard import (
    READS,
    Asked,
    Closed,
    Guard,
    Opened,
    Sent,
    Visitor,
    must_be_theirs,
)
from docket.server.office_send import Sender
from docket.server.office_visit import ROUND, Compare, Reply, Visit
from docket.text.errors import CommandError, trouble_of

ASSET = re.compile(r"/assets/([a-z]+\.(?:css|js|svg))")
ABOUT = "(receipt|approval|decision|stop)"
PAGES: tuple[tuple[str, Callable[..., Reply]], ...] = (
    ("/", office_inbox.inbox),
    ("/e-mail/", office_mail.e_mail),
    ("/runder/", office_round.rounds),
    ("/runder/ny/", office_open.new),
    ("/runder/ny/segl.json", office_open.new_key),
    (f"/runder/({ROUND})/", office_round.one),
    (f"/runder/({ROUND})/ret/", office_open.mended),
    (f"/runder/({ROUND})/udpegning/", office_decide.decided),
    (f"/runder/({ROUND})/stop/", office_decide.stopped),
    (f"/runder/({ROUND})/overblik(-fortroligt|).xlsx", office_round.sheet),
    (f"/runder/({ROUND})/breve/", office_round.letters),
    (f"/runder/({ROUND})/breve/{ABOUT}.zip", office_round.all_letters),
    (f"/runder/({ROUND})/breve/{ABOUT}/({ROUND}).eml", office_round.letter),
)
"""By the form of its path, what answers; what is in brackets is handed on."""


@dataclass
class Office:
    """Where the register and the built site lie, and who is let in."""

    root: Path
    public: Path
    guard: Guard
    sender: Sender
    compare: Compare
    clock: Clock = field(default_factory=Clock)
    drafts: Drafts = field(default_factory=Drafts)
    languages: Sequence[str] = PACKAGE

    def answer(self, asked: Asked) -> Reply:
        """A page, a download, the way to another page, or why somebody is not let in."""
        place = self.guard.place
        path = asked.path.removeprefix(place)
        others = (one for one in self.languages[1:] if path.startswith(f"/{one}/"))
        lang = next(others, self.languages[0])
        try:
            visitor, sent = self._enter(asked)
            if asset := ASSET.fullmatch(path):
                return self._asset(asset[1])
            with closing(Store(self.root, author=visitor.name)) as store:
                base = base_of(store, self.clock.now())
                below = "" if lang == self.languages[0] else f"/{lang}"
                named = base.docket.organiser.addresses
                visit = Visit(
                    store=store,
                    base=base,
                    visitor=visitor,
                    sent=sent,
                    lang=lang,
                    place=place,
                    path=f"/{named.ours(path.removeprefix(f'{below}/'))}",
                    query=dict(asked.query),
                    is_post=asked.method == "POST",
                    drafts=self.drafts,
                    compare=self.compare,
                )
                return _page(visit, self.sender)
        except Opened as opened:
            return Reply(303, location=opened.place, cookie=opened.cookie)
        except Closed as closed:
            return Reply(closed.status, closed=closed.why, lang=lang)
        except (CommandError, OSError) as error:  # the register itself cannot be read
            return Reply(503, f"{trouble_of(error).of(lang)}\n", "text/plain")

    def _enter(self, asked: Asked) -> tuple[Visitor, Sent]:
        """Who comes, and what they send. Raises `Closed`, `Opened`."""
        visitor = self.guard.admit(asked)
        if not asked.path.startswith(f"{self.guard.place}/"):
            raise Closed("nothing", 404)
        if asked.method in READS:
            return visitor, Sent()
        if asked.method != "POST":
            raise Closed("method", 405)
        sent = asked.body()
        must_be_theirs(visitor, sent)
        return visitor, sent

    def _asset(self, name: str) -> Reply:
        """A file of the site's own face. Raises `Closed`."""
        file = self.public / "assets" / name
        if not file.is_file():
            raise Closed("nothing", 404)
        return Reply(body=file.read_bytes(), kind=mimetypes.guess_type(name)[0] or "text/plain")


def _page(visit: Visit, sender: Sender) -> Reply:
    """The page at a path; where an act refuses, its sentence. Raises `Closed`."""
    for form, answer in PAGES:
        if found := re.fullmatch(form, visit.path):
            try:
                return sender.answer(visit, partial(_given, answer, found.groups()))
            except (CommandError, OSError) as error:
                problem = trouble_of(error).of(visit.lang)
                return visit.page("office_trouble.html", 409, problem=problem)
    raise Closed("nothing", 404)


def _given(answer: Callable[..., Reply], words: Sequence[str], visit: Visit) -> Reply:
    return answer(visit, *words)
