"""What a new organiser says of its call, in options or on a terminal."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from docket.cli import prompts
from docket.cli.session import lang_of
from docket.domain import paths
from docket.domain.nouns import Bilingual
from docket.domain.spelling import nearest
from docket.loading.formats import FORMATS
from docket.loading.schemas import both
from docket.loading.yamlfile import read
from docket.scaffold.plan import NEUTRAL, Plan
from docket.scaffold.register import Terms, one_line, read_register, slug_faults
from docket.text.errors import PairError
from docket.text.escape import show_path

Faults = Callable[[str], Iterator[Bilingual]]
EXAMPLE = "klima=Klima/Climate"
NAME, ORGANISER = "Tilkendegivelser/Calls for interest", "arrangøren/the organiser"
EMAIL, SITE = "post@docket.example", "https://docket.example/"


def plan_of(options: argparse.Namespace, source: Path) -> Plan:
    """The call of a new organiser; what `source` has is kept where they say so."""
    terms, lang = _terms(options), lang_of(options)

    def said(key: str, question: Bilingual, default: str, faults: Faults) -> str:
        """An option, else an answer, else the default."""
        given: str | None = getattr(options, key)
        if given is None and prompts.is_there():
            return prompts.ask(question.of(lang), _told(faults, lang), given=default)
        text = default if given is None else given.strip()
        for fault in faults(text):
            raise PairError(f"--{key}: {fault.da}", f"--{key}: {fault.en}")
        return text

    name = said("name", Bilingual("Indkaldelsens navn", "The call's name"), NAME, _pair)
    who = said("organiser", Bilingual("Hvem er I?", "Who are you?"), ORGANISER, _pair)
    email = said("email", Bilingual("Jeres e-mail", "Your e-mail"), EMAIL, _formed("email", EMAIL))
    site = said(
        "site", Bilingual("Sidens adresse", "The site's address"), SITE, _formed("uri", SITE)
    )
    here = _zone(source)
    zone = said("zone", Bilingual("Tidszone", "Time zone"), here, _formed("zone", here))
    words = _kept_words(source) if options.keep_register else _words(options)
    areas = {} if options.keep_register else _areas(options)
    return Plan(_both(name), _both(who), email, site, zone, words, areas, terms)


def _told(faults: Faults, lang: str) -> prompts.Check:
    return lambda text: [one.of(lang) for one in faults(text)]


def _terms(options: argparse.Namespace) -> Terms:
    path: Path | None = options.register
    if options.keep_register and (path or options.area or options.word):
        raise PairError(
            "Vælg: enten --keep-register, eller jeres egne --register, --area og --word.",
            "Choose: either --keep-register, or your own --register, --area and --word.",
        )
    if options.keep_register:
        return {}
    if path is None:
        raise PairError(
            "Hvem kan svare? Skriv et ark med navnene: --register navne.csv. "
            "Den første linje er slug;name. Eller behold listen herfra: --keep-register",
            "Who may answer? Give a sheet with the names: --register names.csv. "
            "Its first line is slug,name. Or keep the list of this register: --keep-register",
        )
    try:
        return read_register(path.read_bytes(), str(path))
    except (OSError, ValueError):
        shown = show_path(str(path))
        raise PairError(
            f"{shown} kan ikke læses. Er navnet rigtigt?",
            f"{shown} cannot be read. Is the name right?",
        ) from None


def _areas(options: argparse.Namespace) -> dict[str, Bilingual]:
    """The areas, in their order."""
    given: list[str] = options.area
    if not given and prompts.is_there():
        told = Bilingual(f"Områder, for eksempel {EXAMPLE}", f"Areas, such as {EXAMPLE}")
        lang = lang_of(options)
        faults = _told(lambda text: _listed(text.split(",")), lang)
        given = prompts.ask(told.of(lang), faults).split(",")
    for fault in _listed(given):
        raise PairError(f"--area: {fault.da}", f"--area: {fault.en}")
    return {slug.strip(): _both(name) for slug, _, name in (one.partition("=") for one in given)}


def _listed(areas: list[str]) -> Iterator[Bilingual]:
    if not areas:
        yield Bilingual(f"skriv mindst et område: {EXAMPLE}", f"write at least one area: {EXAMPLE}")
    seen: list[str] = []
    for one in areas:
        slug, mark, name = one.partition("=")
        if not mark:
            shown = show_path(one)
            yield Bilingual(
                f"{shown} skal være et kort navn, = og navnet: {EXAMPLE}",
                f"{shown} must be a short name, = and the name: {EXAMPLE}",
            )
        else:
            yield from slug_faults(slug.strip(), seen)
            yield from _pair(name)
            seen.append(slug.strip())


def _words(options: argparse.Namespace) -> dict[str, Bilingual]:
    """What those who may answer are called."""
    given: list[str] = options.word
    found = dict(NEUTRAL)
    if not given and prompts.is_there():
        lang = lang_of(options)
        for key, word in NEUTRAL.items():
            told = Bilingual(f"Jeres ord for »{word.da}«", f"Your word for “{word.en}”")
            usual = f"{word.da}/{word.en}"
            found[key] = _both(prompts.ask(told.of(lang), _told(_pair, lang), given=usual))
    for one in given:
        key, _, text = one.partition("=")
        if key not in NEUTRAL:
            near = nearest(key, NEUTRAL, {}) or "a"
            raise PairError(
                f"--word: {show_path(key)} kendes ikke. Skriv et af {', '.join(NEUTRAL)}, "
                f"for eksempel {near}={NEUTRAL[near].da}/{NEUTRAL[near].en}",
                f"--word: {show_path(key)} is not known. Write one of {', '.join(NEUTRAL)}, "
                f"such as {near}={NEUTRAL[near].da}/{NEUTRAL[near].en}",
            )
        for fault in _pair(text):
            raise PairError(f"--word {key}: {fault.da}", f"--word {key}: {fault.en}")
        found[key] = _both(text)
    return found


def _zone(source: Path) -> str:
    """The time zone of this register, which is the likeliest of the next one."""
    found: str = read(paths.ORGANISER, (source / paths.ORGANISER).read_bytes()).data.get(
        "zone", "UTC"
    )
    return found


def _kept_words(source: Path) -> dict[str, Bilingual]:
    told = json.loads((source / "schema/municipality.json").read_bytes()).get("x-words", {})
    return NEUTRAL | {key: both(word) for key, word in told.items() if key in NEUTRAL}


def _both(text: str) -> Bilingual:
    """`Navn/Name`, or one name that both languages share."""
    danish, _, english = (part.strip() for part in text.partition("/"))
    return Bilingual(danish, english or danish)


def _pair(text: str) -> Iterator[Bilingual]:
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 2 or not all(map(one_line, parts)):  # noqa: PLR2004 - two languages
        yield Bilingual(
            f"{show_path(text)} skal være navnet på dansk, / og navnet på engelsk: Klima/Climate",
            f"{show_path(text)} must be the name in Danish, / and the name in English: "
            "Klima/Climate",
        )


def _formed(kind: str, example: str) -> Faults:
    def faults(text: str) -> Iterator[Bilingual]:
        if not FORMATS[kind](text):
            shown = show_path(text)
            yield Bilingual(
                f"{shown} kan ikke bruges. Skriv for eksempel {example}",
                f"{shown} cannot be used. Write for example {example}",
            )

    return faults
