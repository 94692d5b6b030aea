"""`docket submit`: a submission from the terminal, to a branch and on to the forge."""

import argparse
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docket.acts import submit
from docket.acts.files import must_be_read
from docket.acts.submit import Base
from docket.acts.typed import unsaid
from docket.cli import prompts
from docket.cli.session import OK, WRONG, lang_of, store_of
from docket.cli.submission_questions import filling, lacking, said
from docket.domain.docket import Docket
from docket.domain.lifecycle import state
from docket.domain.paths import file_name
from docket.domain.states import RoundState
from docket.forge import push
from docket.loading.limits import LIMIT
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.site.pages.page import address
from docket.text.catalogue import say
from docket.text.errors import CommandError


@dataclass(frozen=True)
class _Work:
    base: Base
    lang: str

    @property
    def docket(self) -> Docket:
        """The register."""
        return self.base.docket

    def tell(self, key: str, **facts: object) -> None:
        """One line of what is going on, by its key in the catalogue."""
        sentence = say(f"submit.{key}", self.lang, self.docket.organiser, **facts)
        sys.stdout.write(f"{sentence}\n")


def run(options: argparse.Namespace) -> int:
    """Ask for a submission (or take a file), check it, commit it to its branch, push it."""
    now = datetime.now(UTC).replace(microsecond=0)
    with store_of(options) as store:
        return _submit(options, _Work(submit.base_of(store, now), lang_of(options)))


def _submit(options: argparse.Namespace, work: _Work) -> int:
    round_ = _round(options, work)
    content = _content(options, work, round_)
    offer = submit.offer(work.base.store, round_, content, work.base.now)
    if offer.found.findings:
        setting = Setting(work.docket, work.base.schemas)
        for message in formpages.wrong(setting, offer.found.findings, work.lang).values():
            sys.stdout.write(f"- {message}\n")
        work.tell("wrong")
        return WRONG
    if options.dry_run:
        sys.stdout.write(offer.content.decode())
        work.tell("well")
    else:
        _propose(work, offer)
    return OK


def _propose(work: _Work, offer: submit.Offer) -> None:
    docket = work.docket
    if offer.tip:
        work.tell("waits")
    elif offer.path in docket.places:
        work.tell("corrected")
    submit.keep(work.base.store, offer)
    if docket.rounds[offer.round].seal:
        work.tell("sealed")
    branch = offer.branch.removeprefix("refs/heads/")
    work.tell("kept", branch=branch)
    outcome, address = push.propose(work.base.store, docket.organiser.forge, branch, offer.title)
    if outcome is push.Outcome.NOT_PUSHED:
        raise _not_sent(docket, offer, branch, address)
    work.tell(f"proposed.{outcome}", branch=branch, address=address)


def _not_sent(docket: Docket, offer: submit.Offer, branch: str, words: str) -> CommandError:
    """That the register does not take the branch, and the ways that remain."""
    receiver = docket.rounds[offer.round].receiver
    facts = {
        "branch": branch,
        "words": words,
        "form": address(docket, docket.organiser.first, f"meld-interesse/{offer.round}/"),
        "email": receiver.email if receiver else "",
        "path": offer.path,
        "name": file_name(offer.path),
    }
    key = "not_sent_mail" if facts["email"] else "not_sent"
    return CommandError(f"errors.submit.{key}", **facts)


def _round(options: argparse.Namespace, work: _Work) -> str:
    docket = work.docket
    opened = [
        one.slug
        for one in docket.rounds.values()
        if one.register and state(docket, one) is RoundState.OPEN
    ]
    real = [slug for slug in opened if not docket.rounds[slug].rehearsal]
    named: str = options.round or (real[0] if len(real) == 1 else "")
    must_be_read(docket, named)
    if named not in docket.rounds:
        raise CommandError("errors.submit.no_round", known=opened or [*docket.rounds])
    if docket.rounds[named].rehearsal:
        sys.stderr.write(f"{say('submit.practice', work.lang)}\n")
    return named


def _content(options: argparse.Namespace, work: _Work, round_: str) -> bytes:
    """The file that is to be sent: the one given, or made of what is said and asked."""
    if options.file:
        return _file(options.file)
    asked, asking = work.docket.organiser.asked, filling(work.base, round_, work.lang)
    given = said(options, asked)
    if not lacking(asked, given, options.area):
        return asking.file(asking.values({**unsaid(work.base), **given}, options.area))
    content = asking.file(asking.fill_in(given, options.area))
    sys.stderr.write(f"\n{content.decode()}\n")
    if not options.dry_run and not prompts.confirm(say("submit.send", work.lang), work.lang):
        raise CommandError("errors.submit.unsent")
    return content


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        raise CommandError("errors.file.unopened", name=str(path)) from None
