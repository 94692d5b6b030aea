"""`docket stop`: a round ended for all, decided or not, with its reason."""

import argparse
import re
from collections.abc import Mapping, Sequence

from docket.acts.stop import stop
from docket.cli import prompts
from docket.cli.perform import date_of, perform
from docket.cli.place import place
from docket.cli.session import docket_of, lang_of, round_name, round_of
from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.languages import Texts
from docket.domain.nouns import Stop
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.l10n import language_name


def run(options: argparse.Namespace) -> int:
    """A round ended for all, decided or not, with its reason."""
    with place(options, round_name(options.round)) as here:
        docket = here.docket(docket_of(options))
        round_ = round_of(docket, options.round)
        return perform(options, here, stop(here.store, docket, round_, _wanted(options, docket)))


def _wanted(options: argparse.Namespace, docket: Docket) -> Stop:
    languages = docket.organiser.languages
    told = told_in(options.reasons or "", languages)
    reason = Texts({one: told.get(one) or _reason(options, one) for one in languages})
    today = day_of(docket.now, docket.organiser.zone)
    date = date_of("--date", options.date, options.languages) if options.date else today
    return Stop(date, reason, _given(options, "source", "source"))


def told_in(text: str, languages: Sequence[str]) -> Mapping[str, str]:
    """What `da: …; en: …` says in each language; without a language, it is in the only one."""
    codes = "|".join(map(re.escape, languages))
    head, *rest = re.split(rf"(?:^|;) *({codes}):(?= )", text.strip())
    if head.strip():
        return {languages[0]: text.strip()} if len(languages) == 1 else {}
    return {lang: said.strip() for lang, said in zip(rest[::2], rest[1::2], strict=True)}


def _reason(options: argparse.Namespace, lang: str) -> str:
    """The reason in a language."""
    language = language_name(lang, lang_of(options))
    return _given(options, f"reason_{lang}", "reason", language=language)


def _given(options: argparse.Namespace, name: str, key: str, **facts: object) -> str:
    """An option, or the answer to a question. Raises `CommandError` where nobody can answer."""
    text: str | None = getattr(options, name)
    if text:
        return text
    if not prompts.is_there():
        raise CommandError("errors.act.missing", options=f"--{name.replace('_', '-')} …")
    lang = lang_of(options)
    empty = [say("questions.empty", lang)]
    return prompts.ask(
        say(f"questions.stop.{key}", lang, **facts), lambda text: [] if text else empty
    )
