"""`docket submit`: a submission from the terminal, to a branch and on to the forge."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docket.arguments import FIELDS
from docket.commands import asking
from docket.commands.common import OK, WRONG, lang_of, store_of
from docket.forge import proposing
from docket.form import entry
from docket.form import fields as form
from docket.form import pages as formpages
from docket.form.filling import Filling
from docket.form.pages import Setting
from docket.model import Both
from docket.reading.read import load_schemas, read
from docket.reading.trees import LIMIT, snapshot
from docket.record import deposit
from docket.record.history import read_history
from docket.record.store import Store
from docket.standing import state
from docket.trouble import Trouble

ENOUGH = {"/municipality", "/contact/name", "/contact/email"}
"""With these and an area nothing is asked."""


@dataclass(frozen=True)
class _Work:
    store: Store
    setting: Setting
    lang: str

    def say(self, da: str, en: str) -> None:
        sys.stdout.write(self.setting.docket.organiser.say(Both(da, en), self.lang) + "\n")


def submit(options: argparse.Namespace) -> int:
    """Ask for a submission (or take a file), check it, commit it to its branch, push it."""
    now = datetime.now(UTC).replace(microsecond=0)
    with store_of(options) as store:
        tree = snapshot(store, store.commit())
        setting = Setting(read(tree, now, read_history(store)), load_schemas(tree))
        return _submit(options, _Work(store, setting, lang_of(options)))


def _submit(options: argparse.Namespace, work: _Work) -> int:
    call = _round(options, work)
    content = _content(options, work, call)
    made = deposit.offer(work.store, call, content, work.setting.docket.now)
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
    deposit.keep(work.store, made)
    if work.setting.docket.rounds[call].seal:
        work.say(
            "Kontaktpersonen er forseglet: kun arrangøren kan læse den.",
            "The contact is sealed: only the organiser can read it.",
        )
    forge = work.setting.docket.organiser.forge
    branch = made.branch.removeprefix("refs/heads/")
    work.say(f"Gemt på grenen {branch}.", f"Kept on the branch {branch}.")
    work.say(*proposing.propose(work.store, forge, branch, made.title))
    return OK


def _round(options: argparse.Namespace, work: _Work) -> str:
    docket = work.setting.docket
    opened = [one.slug for one in docket.rounds.values() if state(docket, one) == "open"]
    named = options.round or (opened[0] if len(opened) == 1 else "")
    if named in docket.rounds:
        return named
    known = ", ".join(opened or docket.rounds)
    raise Trouble(
        f"Skriv, hvilken runde det er: --round R. Runderne er {known}.",
        f"Write which round it is: --round R. The rounds are {known}.",
    )


def _content(options: argparse.Namespace, work: _Work, call: str) -> bytes:
    if options.file:
        return _file(options.file)
    given = {
        pointer: text
        for name, pointer in FIELDS.items()
        if (text := getattr(options, name)) is not None
    }
    setting, lang = work.setting, work.lang

    def judge(values: Mapping[str, str]) -> Mapping[str, str]:
        file = entry.write(values).encode()
        made = deposit.offer(work.store, call, file, setting.docket.now)
        return formpages.wrong(setting, made.found.findings, lang)

    fields = form.fields(setting.docket, setting.schemas, setting.docket.rounds[call], lang)
    filling = Filling(setting.docket.register, fields, lang, judge)
    if given.keys() >= ENOUGH and options.area:
        values = filling.values({"/approval/status": "pending", **given}, options.area)
        return entry.write(values).encode()
    content = entry.write(filling.fill_in(given, options.area))
    sys.stderr.write(f"\n{content}\n")
    question = Both("Skal den sendes? (ja/nej)", "Send it? (yes/no)").of(lang)
    if not options.dry_run and not asking.confirm(question):
        raise Trouble("Intet er sendt.", "Nothing is sent.")
    return content.encode()


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        raise Trouble(f"{path} kan ikke åbnes.", f"{path} cannot be opened.") from None


def _tell_earlier(work: _Work, made: deposit.Offer) -> None:
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
