"""One request to the office: the register as its branch has it, and the pages that answer."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from docket.acts.submit import Base
from docket.domain.docket import Docket
from docket.domain.instants import instant
from docket.domain.languages import PACKAGE
from docket.domain.nouns import Finding, Forge, Round
from docket.domain.paths import PROPOSAL, OwnFile, file_name, is_submission, parse
from docket.git import objects, remote
from docket.git.store import Store
from docket.rules import check
from docket.server.office_drafts import Drafts
from docket.server.office_guard import Sent, Visitor
from docket.site.templating import page
from docket.text.catalogue import say
from docket.text.errors import CommandError

Compare = Callable[[Forge, str], str]
"""The address where the forge shows a branch that is to be merged."""
COMMIT = re.compile(r"[0-9a-f]{40}\Z")
DONE = ("declined",)
LATELY = 50
"""So many commits back, what was kept can still be told of."""
NOT_YET = "no"
"""What an address says where an act was sent and cannot be seen here yet."""
ROUND = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""A round in an address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the office answers; `closed` is why somebody is not let in, `file` names a download."""

    status: int = 200
    body: str | bytes = ""
    kind: str = "text/html"
    location: str = ""
    cookie: str = ""
    file: str = ""
    closed: str = ""
    lang: str = PACKAGE[0]


@dataclass(frozen=True, slots=True)
class Landed:
    """A commit that came in between: by whom, when, what its record says, and what it changes."""

    author: str
    when: datetime
    record: str
    changes: str


@dataclass(frozen=True)
class Visit:
    """Who asks for what. `path` is below the language, `place` what stands before both."""

    store: Store
    base: Base
    visitor: Visitor
    sent: Sent
    lang: str
    place: str
    path: str
    query: dict[str, str]
    is_post: bool
    drafts: Drafts
    compare: Compare

    @property
    def docket(self) -> Docket:
        """The register at the branch's latest commit."""
        return self.base.docket

    @property
    def now(self) -> datetime:
        """When it is."""
        return self.base.now

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What is wrong in the register."""
        return check(self.docket)

    def round(self, slug: str) -> Round:
        """The round called `slug`. Raises `CommandError`."""
        found = self.docket.rounds.get(slug)
        if found is None:
            raise CommandError("errors.command.no_round", name=slug)
        return found

    def say(self, key: str, **facts: object) -> str:
        """A sentence in the visitor's language."""
        return say(key, self.lang, self.docket.organiser, **facts)

    def page(self, template: str, status: int = 200, **context: object) -> Reply:
        """One page of the office."""
        depth = self.path.count("/") - 1
        organiser = self.docket.organiser
        top = "../" * (depth + bool(organiser.below(self.lang)))
        here = organiser.addresses.of(self.path.removeprefix("/"))
        others = [one for one in organiser.languages if one != self.lang]
        shared: dict[str, object] = {
            "token": self.visitor.token,
            "visitor": self.visitor.name,
            "base": self._since,
            "top": top,
            "languages": [(one, f"{top}{organiser.below(one)}{here}") for one in others],
            "path": self.path,
            "moved": (),
            "kept": self.kept,
            "proposal": self.proposal,
            "is_here": self.query.get("here") != NOT_YET,
            "problem": "",
        }
        return Reply(status, page(template, self.docket, self.lang, depth, {**shared, **context}))

    @property
    def _since(self) -> str:
        """What a form was made from: a proposal that is not merged is still what was looked at."""
        since, now = self.sent.of("base"), self.base.commit
        known = COMMIT.match(since) and self.store.resolve(f"{since}^{{commit}}")
        return since if known and self.store.merge_base(since, now) == now else now

    def part(self, template: str, **context: object) -> Reply:
        """A part of a page, for its script."""
        depth = self.path.count("/") - 1
        return Reply(body=page(template, self.docket, self.lang, depth, context))

    def to(self, path: str, commit: str = "") -> Reply:
        """The way to another page of the office, which says what was kept in `commit`.

        Where no commit keeps it, it is a word of the catalogue's `office.done`.
        """
        organiser = self.docket.organiser
        below, named = organiser.below(self.lang), organiser.addresses.of(path[1:])
        query = f"?kept={commit}" if commit else ""
        return Reply(303, location=f"{self.place}/{below}{named}{query}")

    @property
    def kept(self) -> str:
        """What the act said that somebody comes from, "" where none was."""
        commit = self.query.get("kept", "")
        if commit in DONE:
            return self.say(f"office.done.{commit}")
        if commit not in self._own():
            return ""
        changed = [one.path for one in self.store.changes(f"{commit}^1", commit)]
        answers = [self.brought(one) for one in changed if is_submission(one)]
        return next(filter(None, answers), objects.message(self.store, commit).partition("\n")[0])

    def brought(self, path: str) -> str:
        """What a file is to the organiser, "" where it only goes with another."""
        place, name = parse(path), file_name(path)
        if place and place.slug in self.docket.register:
            return self.say("office.done.answer", name=self.docket.register[place.slug].full)
        if place and name in (OwnFile.ROUND, OwnFile.DECISION):
            return self.say(f"office.done.{name.partition('.')[0]}", round=place.round)
        return ""

    def _own(self) -> list[str]:
        """What was kept here lately: a commit that a stranger wrote is none of it."""
        there = f"refs/remotes/{remote.ORIGIN}/"
        branch = objects.branch(self.store).removeprefix("refs/heads/")
        tips = filter(None, (self.base.commit, self.store.resolve(f"{there}{branch}")))
        form = ("--first-parent", f"--max-count={LATELY}")
        return self.store.run("rev-list", *form, *tips, f"--glob={there}{PROPOSAL}*").split()

    @property
    def proposal(self) -> dict[str, str]:
        """The branch onto which that was written, and its address; "" where it counts already."""
        given = self.query.get("on", "")
        branch = given if re.fullmatch(PROPOSAL + ROUND, given) else ""
        return {"branch": branch, "address": self.at_forge(branch) if branch else ""}

    def at_forge(self, branch: str) -> str:
        """Where the forge shows a branch, "" where there is no forge."""
        forge = self.docket.organiser.forge
        return self.compare(forge, branch) if forge else ""

    def moved(self, paths: Iterable[str], onto: str = "") -> tuple[Landed, ...]:
        """What others changed in these files since the form was made, oldest first.

        Until the commit `onto`, or the one that this visit reads.
        """
        since, onto = self.sent.of("base"), onto or self.base.commit
        if since == onto:
            return ()
        if not COMMIT.match(since) or not self.store.resolve(f"{since}^{{commit}}"):
            raise CommandError("errors.busy")
        spec = self.store.spec(*paths)
        line = f"{since}..{onto}"
        form = ("--first-parent", "--reverse", "-z", "--format=%H%x01%an%x01%cI%x01%B")
        told = self.store.run("log", "--no-show-signature", "--no-color", *form, line, "--", *spec)
        return tuple(self._landed(one, spec) for one in told.split("\0") if one)

    def _landed(self, told: str, spec: Sequence[str]) -> Landed:
        commit, author, when, text = told.strip().split("\x01", 3)
        record = re.sub(r"\n+Docket-Files: .*\s*\Z", "", text).strip()
        plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--unified=0")
        rows = self.store.run("diff", *plain, f"{commit}^1", commit, "--", *spec).splitlines()
        changed = [row for row in rows if row[:1] in "+-" and row[:3] not in ("+++", "---")]
        return Landed(author, instant(when), record, "\n".join(changed))
