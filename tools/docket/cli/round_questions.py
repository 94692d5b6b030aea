"""The questions that make a round, field by field, in the schema's own words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from docket.acts.key import SEAL, public_of
from docket.acts.open import Fields
from docket.acts.yamltext import document
from docket.cli import prompts
from docket.domain.docket import Docket
from docket.domain.instants import day, day_of
from docket.domain.languages import Texts
from docket.domain.paths import SLUG
from docket.domain.spelling import fold
from docket.loading import validation
from docket.loading.schemas import Schemas, help_of, label
from docket.loading.written import dated
from docket.loading.yamlfile import read
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path
from docket.text.l10n import language_name
from docket.text.messages import message

POINTERS = (
    "/title",
    "/seats",
    "/wishes",
    "/opens",
    "/deadline",
    "/after",
    "/receiver/name",
    "/receiver/contact",
    "/receiver/email",
    "/decides",
    "/retention",
    "/seal",
)
TEXTS = ("/title", "/decides")
"""Asked for in each language of the register."""
OPTIONAL = (
    *("/wishes", "/opens", "/deadline", "/after", "/receiver/contact", "/receiver/email"),
    *("/retention", "/seal"),
)
KEPT = timedelta(days=183)
"""After the deadline, what is offered as the day until which contacts are kept."""
NONE = "-"
"""The answer that takes an optional field away."""


@dataclass
class Interview:
    """What is known of a round so far, and who asks for the rest."""

    docket: Docket
    schemas: Schemas
    lang: str
    fields: Fields = field(default_factory=dict)

    def run(self, given: set[str]) -> Fields:
        """Ask for each field but those `given`; what is there already is offered."""
        for pointer in self._pointers():
            key = pointer.split("/")[1]
            one_area = key == "wishes" and len(self.fields.get("seats", ())) == 1
            if key in given or one_area:
                continue
            text = prompts.ask(
                self._question(pointer),
                partial(self._wrong, pointer),
                given=self._offered(pointer),
            )
            if text == NONE and pointer in OPTIONAL:
                self.fields = _without(self.fields, pointer)
            elif text:
                self.fields[key] = self._with(pointer, text)
        return self.fields

    def _pointers(self) -> Iterator[str]:
        languages = self.docket.organiser.languages
        for pointer in POINTERS:
            yield from (f"{pointer}/{one}" for one in languages) if pointer in TEXTS else [pointer]

    def name(self) -> str:
        """The name of the round's folder: its year and its areas, unless another is wanted."""
        today = day_of(self.docket.now, self.docket.organiser.zone)
        year = str(self.fields.get("opens") or self.fields.get("deadline") or today)[:4]
        wrong = say("questions.round.folder_wrong", self.lang)
        return prompts.ask(
            say("questions.round.folder", self.lang),
            lambda text: [] if SLUG.match(text) else [wrong],
            given="-".join([year, *self.fields["seats"]]),
        )

    def _question(self, pointer: str) -> str:
        if pointer == "/seats":
            area = next(iter(self.docket.areas), "")
            return say("questions.round.seats", self.lang, area=area)
        above, _, part = pointer.rpartition("/")
        if above in TEXTS:
            title = label(self.schemas.field("round.json", above))
            language = language_name(part, self.lang)
            return say("questions.round.in", self.lang, field=title, language=language)
        if pointer == "/seal":
            return say("questions.round.seal", self.lang)
        schema = self.schemas.field("round.json", pointer)
        question, help_ = label(schema).of(self.lang), help_of(schema).of(self.lang)
        if pointer in OPTIONAL:
            key = f"questions.round.{'deletable' if self._offered(pointer) else 'optional'}"
            question = say(key, self.lang, field=question, sign=NONE)
        return f"{question}{f'. {help_}' if help_ else ''}".rstrip(".")

    def _offered(self, pointer: str) -> str:
        """What is known already, as it would be typed."""
        _, key, *part = pointer.split("/")
        value = self.fields.get(key, "")
        if key == "retention":
            return str(value or self._recommended())
        if part:
            return str(value.get(part[0], "")) if value else ""
        if key == "seats" and value:
            return ", ".join(
                area if count is None else f"{area}={count}" for area, count in value.items()
            )
        return ", ".join(value) if isinstance(value, list) else str(value)

    def _recommended(self) -> str:
        """Half a year after the deadline, "" where that is not settled."""
        try:
            return (day(str(self.fields.get("deadline", ""))[:10]) + KEPT).isoformat()
        except ValueError:
            return ""

    def _with(self, pointer: str, text: str) -> object:
        """The field with an answer in it."""
        _, key, *part = pointer.split("/")
        if part:
            return {**self.fields.get(key, {}), part[0]: text}
        if key == "seats":
            return seats(self.docket.areas, text)
        if key in ("opens", "deadline", "retention"):
            return dated(text, self.docket.organiser.languages)
        if key == SEAL:
            return seal_in(text)
        if key == "after":
            return [one.strip() for one in text.split(",")]
        return int(text) if key == "wishes" and text.isdecimal() else text

    def _wrong(self, pointer: str, answer: str) -> list[str]:
        """What the schema says of one answer, in the words of `docket check`."""
        if answer in ("", NONE) and pointer in OPTIONAL:
            return []
        key = pointer.split("/")[1]
        try:
            value = self._with(pointer, answer)
        except CommandError as error:
            return [error.of(self.lang)]
        found = read("", document("", {key: value}).encode())
        findings = [*found.findings, *validation.check(self.schemas, "round.json", found)]
        return [
            message(one, self.docket.organiser, self.lang)
            for one in findings
            if one.place.pointer.startswith(pointer)
        ]


def _without(fields: Fields, pointer: str) -> Fields:
    _, key, *part = pointer.split("/")
    left = (
        {one: text for one, text in fields.get(key, {}).items() if one not in part} if part else {}
    )
    rest = {one: value for one, value in fields.items() if one != key}
    return {**rest, key: left} if left else rest


def seal_in(name: str) -> dict[str, str]:
    """The public key in a file with the line of `docket key`. Raises `CommandError`."""
    try:
        return public_of(Path(name).expanduser().read_text("utf-8"))
    except (OSError, ValueError):
        raise CommandError("errors.act.no_file", name=show_path(name)) from None


def seats(areas: Mapping[str, Texts], text: str) -> dict[str, object]:
    """`klima=4, natur`: areas with their seats; without a number, not limited."""
    words = {fold(one): slug for slug, both in areas.items() for one in (slug, *both.values())}
    found: dict[str, object] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        name, _, count = map(str.strip, part.partition("="))
        number = int(count) if re.fullmatch("[0-9]{1,4}", count) else count or None
        found[words.get(fold(name), name)] = number
    return found
