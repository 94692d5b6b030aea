"""What a new organiser says of its call, in options or on a terminal."""

import argparse
from pathlib import Path

from docket.cli import prompts
from docket.cli.session import lang_of
from docket.domain.nouns import Bilingual
from docket.domain.spelling import nearest
from docket.scaffold.answers import (
    Faults,
    areas_faults,
    areas_of,
    format_faults,
    names_faults,
    names_of,
    spelled,
)
from docket.scaffold.plan import Plan, neutral_words
from docket.scaffold.register import Terms, read_register
from docket.scaffold.repository import usual_words
from docket.text.catalogue import say
from docket.text.errors import CommandError, Faulty
from docket.text.escape import show_path

EMAIL, SITE = "post@docket.example", "https://docket.example/"
ZONE = "Europe/Copenhagen"


def plan_of(options: argparse.Namespace) -> Plan:
    """The call of a new organiser; the package's own register is kept where they say so."""
    keeps, terms = options.keep_register, _terms(options)
    name, organiser = (spelled(_usual(key)) for key in ("name", "organiser"))
    return Plan(
        name=names_of(_answer(options, "name", name, names_faults)),
        organiser=names_of(_answer(options, "organiser", organiser, names_faults)),
        email=_answer(options, "email", EMAIL, format_faults("email", EMAIL)),
        site=_answer(options, "site", SITE, format_faults("uri", SITE)),
        zone=_answer(options, "zone", ZONE, format_faults("zone", ZONE)),
        words=usual_words() if keeps else _words(options),
        areas={} if keeps else _areas(options),
        terms=terms,
    )


def _answer(options: argparse.Namespace, option: str, usual: str, faults: Faults) -> str:
    """What an option says; where it is not given, the answer on a terminal, else what is usual."""
    given: str | None = getattr(options, option)
    if given is None and prompts.is_there():
        question = say(f"init.ask.{option}", lang_of(options))
        return prompts.ask(question, _check(options, faults), given=usual)
    text = usual if given is None else given.strip()
    for fault in faults(text):
        raise Faulty("init.fault.option", [fault], option=option)
    return text


def _check(options: argparse.Namespace, faults: Faults) -> prompts.Check:
    return lambda text: [fault.of(lang_of(options)) for fault in faults(text)]


def _terms(options: argparse.Namespace) -> Terms:
    """Who may answer, by slug; nothing where the register is kept."""
    path: Path | None = options.register
    if not options.keep_register:
        if path is None:
            raise CommandError("init.sheet.missing")
        return read_register(path)
    if path or options.area or options.word:
        raise CommandError("init.sheet.both")
    return {}


def _areas(options: argparse.Namespace) -> dict[str, Bilingual]:
    """The areas, in their order."""
    given: list[str] = options.area
    if not given and prompts.is_there():
        check = _check(options, lambda text: areas_faults(text.split(",")))
        given = prompts.ask(say("init.ask.area", lang_of(options)), check).split(",")
    for fault in areas_faults(given):
        raise Faulty("init.fault.option", [fault], option="area")
    return areas_of(given)


def _words(options: argparse.Namespace) -> dict[str, Bilingual]:
    """What those who may answer are called."""
    words, given = neutral_words(), options.word
    if not given and prompts.is_there():
        check = _check(options, names_faults)
        for key, word in words.items():
            question = say("init.ask.word", lang_of(options), word=word)
            words[key] = names_of(prompts.ask(question, check, given=spelled(word)))
    for one in given:
        key, _, text = one.partition("=")
        if key not in words:
            raise Faulty("init.fault.option", [_unknown(key)], option="word")
        for fault in names_faults(text):
            raise Faulty("init.fault.option", [fault], option=f"word {key}")
        words[key] = names_of(text)
    return words


def _usual(key: str) -> Bilingual:
    return Bilingual(*(say(f"init.usual.{key}", lang) for lang in Bilingual._fields))


def _unknown(key: str) -> CommandError:
    """A word that is none of ours, and the one that is meant."""
    words = neutral_words()
    near = nearest(key, words, {}) or next(iter(words))
    facts = {"key": show_path(key), "keys": list(words), "near": near}
    return CommandError("init.fault.word", **facts, word=spelled(words[near]))
