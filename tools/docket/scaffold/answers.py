"""What a new organiser answers: what is wrong with it and what to write instead, what it means."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from docket.domain.nouns import Bilingual
from docket.domain.spelling import fold
from docket.loading.formats import FORMATS
from docket.text.errors import CommandError
from docket.text.escape import show_path

SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
RESERVED = ("round", "receipts", "decision", "yes", "no", "on", "off", "true", "false", "null")
"""Names of the organiser's files, and words that YAML takes for something else."""
LONGEST = 64
LANGUAGES = 2
Faults = Callable[[str], Iterator[CommandError]]


def names_of(text: str) -> Bilingual:
    """`Navn/Name`, or one name that both languages share."""
    danish, _, english = (part.strip() for part in text.partition("/"))
    return Bilingual(danish, english or danish)


def names_faults(text: str) -> Iterator[CommandError]:
    """What is wrong with the names of something."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > LANGUAGES or not all(map(one_line, parts)):
        yield CommandError("init.fault.names", text=show_path(text))


def spelled(names: Bilingual) -> str:
    """Two names as they are answered."""
    return f"{names.da}/{names.en}"


def areas_of(answers: Iterable[str]) -> dict[str, Bilingual]:
    """Areas answered as `slug=names`, in their order."""
    parts = (one.partition("=") for one in answers)
    return {slug.strip(): names_of(names) for slug, _, names in parts}


def areas_faults(answers: Sequence[str]) -> Iterator[CommandError]:
    """What is wrong with areas answered as `slug=names`."""
    if not answers:
        yield CommandError("init.fault.no_area")
    seen: list[str] = []
    for one in answers:
        slug, mark, names = one.partition("=")
        if not mark:
            yield CommandError("init.fault.area", area=show_path(one))
        else:
            yield from slug_faults(slug.strip(), seen)
            yield from names_faults(names)
            seen.append(slug.strip())


def slug_faults(slug: str, known: Container[str]) -> Iterator[CommandError]:
    """What is wrong with a slug beside those that are `known`."""
    shown, better = show_path(slug), fold(slug)
    if slug in known:
        yield CommandError("init.fault.twice", slug=shown)
    elif slug in RESERVED:
        yield CommandError("init.fault.reserved", slug=shown, better=f"{slug}-1")
    elif not _is_slug(slug):
        near = _is_slug(better) and better not in RESERVED
        key = "slug" if near else "slug_far" if slug else "slug_empty"
        yield CommandError(f"init.fault.{key}", slug=shown, better=better, most=LONGEST)


def format_faults(name: str, example: str) -> Faults:
    """What is wrong with a text that is to have the format `name`."""

    def faults(text: str) -> Iterator[CommandError]:
        if not FORMATS[name](text):
            yield CommandError("init.fault.format", text=show_path(text), example=example)

    return faults


def one_line(text: str) -> bool:
    """Whether `text` is a name as it is written: a line of at most 200 printable characters."""
    return 0 < len(text) <= 200 and text.isprintable()  # noqa: PLR2004 - as in schema/text.json


def _is_slug(text: str) -> bool:
    return re.fullmatch(SLUG, text) is not None and len(text) <= LONGEST
