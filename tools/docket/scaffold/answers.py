"""What a new organiser answers: what is wrong with it and what to write instead, what it means."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from docket.domain.languages import Texts
from docket.domain.spelling import fold
from docket.loading.formats import FORMATS
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path

SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
RESERVED = ("round", "receipts", "decision", "yes", "no", "on", "off", "true", "false", "null")
"""Names of the organiser's files, and words that YAML takes for something else."""
LONGEST = 64
Faults = Callable[[str], Iterator[CommandError]]


@dataclass(frozen=True, slots=True)
class Names:
    r"""How names are answered in the languages of a register: `Navn/Name`, or one for all.

    A stroke inside a name is `\/`.
    """

    languages: Sequence[str]

    def of(self, text: str) -> Texts:
        """The names that an answer gives."""
        parts = _parts(text)
        return Texts(dict(zip(self.languages, cycle(parts), strict=False)))

    def faults(self, text: str) -> Iterator[CommandError]:
        """What is wrong with the names of something."""
        parts = _parts(text)
        if len(parts) not in (1, len(self.languages)) or not all(map(one_line, parts)):
            key = "name" if len(self.languages) == 1 else "names"
            facts = {"languages": list(self.languages), "example": self.example}
            yield CommandError(f"init.fault.{key}", text=show_path(text), **facts)

    def areas(self, answers: Iterable[str]) -> dict[str, Texts]:
        """Areas answered as `slug=names`, in their order."""
        parts = (one.partition("=") for one in answers)
        return {slug.strip(): self.of(names) for slug, _, names in parts}

    def areas_faults(self, answers: Sequence[str]) -> Iterator[CommandError]:
        """What is wrong with areas answered as `slug=names`."""
        if not answers:
            yield CommandError("init.fault.no_area", area=self.area)
        seen: list[str] = []
        for one in answers:
            slug, mark, names = one.partition("=")
            if not mark:
                yield CommandError("init.fault.area", text=show_path(one), area=self.area)
            else:
                yield from slug_faults(slug.strip(), seen)
                yield from self.faults(names)
                seen.append(slug.strip())

    @property
    def example(self) -> str:
        """Names as they could be answered."""
        return spelled(Texts({one: say("init.usual.area", one) for one in self.languages}))

    @property
    def area(self) -> str:
        """An area as it could be answered."""
        return f"{fold(_parts(self.example)[0])}={self.example}"


def _parts(text: str) -> list[str]:
    return [part.strip().replace("\\/", "/") for part in re.split(r"(?<!\\)/", text)]


def spelled(names: Texts) -> str:
    """Names as they are answered."""
    return "/".join(one.replace("/", "\\/") for one in names.values())


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
