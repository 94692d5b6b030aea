"""What a new organiser says of its call, in options or on a terminal."""

import argparse
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from docket.cli import prompts
from docket.cli.session import lang_of
from docket.cli.terminal import terminal_language
from docket.domain.languages import Texts
from docket.domain.spelling import nearest
from docket.loading.formats import FORMATS
from docket.loading.register import MOST
from docket.scaffold.answers import (
    Faults,
    Names,
    format_faults,
    spelled,
)
from docket.scaffold.plan import Plan, neutral_words
from docket.scaffold.register import Terms, read_register
from docket.scaffold.repository import usual_words
from docket.text.catalogue import OTHERS, say
from docket.text.errors import CommandError, Faulty
from docket.text.escape import show_path

TOGETHER = (("one", "a", "the", "many", "them"), ("region", "regions"))
"""Words that make sense only together: a register that has its own for one has its own for all."""
EMAIL, SITE = "post@docket.example", "https://docket.example/"
ZONE = "Europe/Copenhagen"


def plan_of(options: argparse.Namespace) -> Plan:
    """The call of a new organiser; the package's own register is kept where they say so."""
    keeps, terms = options.keep_register, _terms(options)
    names = Names(_languages(options))
    name, organiser = (spelled(_usual(names, key)) for key in ("name", "organiser"))
    return Plan(
        name=names.of(_answer(options, "name", name, names.faults)),
        organiser=names.of(_answer(options, "organiser", organiser, names.faults)),
        email=_answer(options, "email", EMAIL, format_faults("email", EMAIL)),
        site=_answer(options, "site", SITE, format_faults("uri", SITE)),
        zone=_answer(options, "zone", ZONE, format_faults("zone", ZONE)),
        words=usual_words(names.languages) if keeps else _words(options, names),
        areas={} if keeps else _areas(options, names),
        terms=terms,
        languages=names.languages,
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


def _areas(options: argparse.Namespace, names: Names) -> dict[str, Texts]:
    """The areas, in their order."""
    given: list[str] = options.area
    if not given and prompts.is_there():
        check = _check(options, lambda text: names.areas_faults(text.split(",")))
        given = prompts.ask(
            say("init.ask.area", lang_of(options), example=names.area), check
        ).split(",")
    for fault in names.areas_faults(given):
        raise Faulty("init.fault.option", [fault], option="area")
    return names.areas(given)


def _words(options: argparse.Namespace, names: Names) -> dict[str, Texts]:
    """What those who may answer are called."""
    words, given = neutral_words(names.languages), options.word
    if not given and prompts.is_there():
        check = _check(options, names.faults)
        for key, word in words.items():
            question = say("init.ask.word", lang_of(options), word=word)
            words[key] = names.of(prompts.ask(question, check, given=spelled(word)))
    for one in given:
        key, _, text = one.partition("=")
        if key not in words:
            raise Faulty("init.fault.option", [_unknown(key, words)], option="word")
        for fault in names.faults(text):
            raise Faulty("init.fault.option", [fault], option=f"word {key}")
        words[key] = names.of(text)
    _must_be_whole({one.partition("=")[0] for one in given}, words)
    return words


def _must_be_whole(given: Container[str], words: Mapping[str, Texts]) -> None:
    """Words that go together are given together. Raises `CommandError`."""
    for group in TOGETHER:
        missing = [one for one in group if one not in given]
        if len(missing) not in (0, len(group)):
            facts = {"missing": [f"--word {one}=…" for one in missing], "one": words[missing[0]]}
            raise Faulty(
                "init.fault.option", [CommandError("init.fault.together", **facts)], option="word"
            )


def _languages(options: argparse.Namespace) -> tuple[str, ...]:
    """The languages of the register, its first one first. Raises `CommandError`."""
    usual = dict.fromkeys((terminal_language() or str(lang_of(options)), OTHERS))
    check: Faults = lambda text: _languages_faults(text.replace(",", " ").split())  # noqa: E731
    if not options.language and prompts.is_there():
        asked = say("init.ask.language", lang_of(options))
        text = prompts.ask(asked, _check(options, check), given=" ".join(usual))
    else:
        text = " ".join(options.language or usual)
    for fault in check(text):
        raise Faulty("init.fault.option", [fault], option="language")
    return tuple(text.replace(",", " ").split())


def _languages_faults(codes: Sequence[str]) -> Iterator[CommandError]:
    if not 0 < len(codes) <= MOST or len(set(codes)) < len(codes):
        yield CommandError("init.fault.languages", count=MOST)
    for one in codes:
        if not FORMATS["language"](one):
            yield CommandError("init.fault.language", text=show_path(one))


def _usual(names: Names, key: str) -> Texts:
    return Texts({lang: say(f"init.usual.{key}", lang) for lang in names.languages})


def _unknown(key: str, words: Mapping[str, Texts]) -> CommandError:
    """A word that is none of ours, and the one that is meant."""
    near = nearest(key, words, {}) or next(iter(words))
    facts = {"key": show_path(key), "keys": list(words), "near": near}
    return CommandError("init.fault.word", **facts, word=spelled(words[near]))
