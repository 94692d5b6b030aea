"""`docket submit`: a submission from the terminal, to a branch and on to the forge."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docket.acts import submit
from docket.cli import prompts
from docket.cli.arguments import FIELDS
from docket.cli.session import OK, WRONG, lang_of, store_of
from docket.cli.submission_questions import Filling
from docket.domain.lifecycle import state
from docket.domain.nouns import Bilingual
from docket.forge import push
from docket.form import answers
from docket.form import fields as form
from docket.git.history import read_history
from docket.git.store import Store
from docket.loading.loader import load_schemas, read
from docket.loading.trees import LIMIT, snapshot
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.errors import PairError
from docket.text.pairs import pair

ENOUGH = {"/municipality", "/contact/name", "/contact/email"}
"""With these and an area nothing is asked."""


@dataclass(frozen=True)
class _Work:
    store: Store
    setting: Setting
    lang: str

    def say(self, da: str, en: str) -> None:
        sys.stdout.write(pair(self.setting.docket.organiser, Bilingual(da, en), self.lang) + "\n")


def run(options: argparse.Namespace) -> int:
    """Ask for a submission (or take a file), check it, commit it to its branch, push it."""
    now = datetime.now(UTC).replace(microsecond=0)
    with store_of(options) as store:
        tree = snapshot(store, store.commit())
        setting = Setting(read(tree, now, read_history(store)), load_schemas(tree))
        return _submit(options, _Work(store, setting, lang_of(options)))


def _submit(options: argparse.Namespace, work: _Work) -> int:
    round_ = _round(options, work)
    content = _content(options, work, round_)
    made = submit.offer(work.store, round_, content, work.setting.docket.now)
    if made.found.findings:
        for message in formpages.wrong(work.setting, made.found.findings, work.lang).values():
            sys.stdout.write(f"- {message}\n")
        work.say(
            "Ret det, og prøv igen. Intet er sendt.", "Correct it and try again. Nothing is sent."
        )
        return WRONG
    if options.dry_run:
        sys.stdout.write(made.content.decode())
        work.say("Alt er i orden. Intet er sendt.", "All is well. Nothing is sent.")
        return OK
    _tell_earlier(work, made)
    submit.keep(work.store, made)
    if work.setting.docket.rounds[round_].seal:
        work.say(
            "Kontaktpersonen er forseglet: kun arrangøren kan læse den.",
            "The contact is sealed: only the organiser can read it.",
        )
    forge = work.setting.docket.organiser.forge
    branch = made.branch.removeprefix("refs/heads/")
    work.say(f"Gemt på grenen {branch}.", f"Kept on the branch {branch}.")
    work.say(*push.propose(work.store, forge, branch, made.title))
    return OK


def _round(options: argparse.Namespace, work: _Work) -> str:
    docket = work.setting.docket
    opened = [one.slug for one in docket.rounds.values() if state(docket, one) == "open"]
    named = options.round or (opened[0] if len(opened) == 1 else "")
    if named in docket.rounds:
        return named
    known = ", ".join(opened or docket.rounds)
    raise PairError(
        f"Skriv, hvilken runde det er: --round R. Runderne er {known}.",
        f"Write which round it is: --round R. The rounds are {known}.",
    )


def _content(options: argparse.Namespace, work: _Work, round_: str) -> bytes:
    if options.file:
        return _file(options.file)
    given = {
        pointer: text
        for name, pointer in FIELDS.items()
        if (text := getattr(options, name)) is not None
    }
    setting, lang = work.setting, work.lang

    def judge(values: Mapping[str, str]) -> Mapping[str, str]:
        file = answers.write(values).encode()
        made = submit.offer(work.store, round_, file, setting.docket.now)
        return formpages.wrong(setting, made.found.findings, lang)

    fields = form.fields(setting.docket, setting.schemas, setting.docket.rounds[round_], lang)
    filling = Filling(setting.docket.register, fields, lang, judge)
    if given.keys() >= ENOUGH and options.area:
        values = filling.values({"/approval/status": "pending", **given}, options.area)
        return answers.write(values).encode()
    content = answers.write(filling.fill_in(given, options.area))
    sys.stderr.write(f"\n{content}\n")
    question = Bilingual("Skal den sendes? (ja/nej)", "Send it? (yes/no)").of(lang)
    if not options.dry_run and not prompts.confirm(question):
        raise PairError("Intet er sendt.", "Nothing is sent.")
    return content.encode()


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        raise PairError(f"{path} kan ikke åbnes.", f"{path} cannot be opened.") from None


def _tell_earlier(work: _Work, made: submit.Offer) -> None:
    before = work.setting.docket
    if made.tip:
        work.say(
            "Der lå allerede en på grenen. Den nye kommer efter den.",
            "There was one on the branch already. The new one comes after it.",
        )
    elif made.path in before.places:
        work.say(
            "{The} har allerede en tilkendegivelse i runden. Den bliver rettet.",
            "{The} already has a submission in the round. It is corrected.",
        )
