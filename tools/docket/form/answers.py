"""What somebody filled in: values by JSON Pointer, and the file they make.

The script of the form (`site/theme/assets/form/`) does the same in the browser; a test
holds the two together, byte for byte.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docket.domain.asked import KINDS, MOTIVATION, SEALED, Asked, Kind, Value
from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.languages import PACKAGE
from docket.domain.nouns import Municipality, Submission
from docket.domain.spelling import closest, fold, one_line
from docket.domain.states import ApprovalStatus
from docket.loading.decoding import without_bad
from docket.loading.scalars import quote
from docket.loading.written import dated, numbered, plain_text, written
from docket.text.l10n import decimal_mark

Values = Mapping[str, str]
"""Text by pointer; of a list /areas/0, /areas/1 and so on. What is empty is left out."""
Register = Mapping[str, Municipality]
HEAD = "# yaml-language-server: $schema=../../schema/submission.json\n"
WORD = re.compile(r"(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]*[a-z0-9]")
DECIDED = (ApprovalStatus.APPROVED, ApprovalStatus.REJECTED)
WRITTEN = {Kind.EMAIL: "email", Kind.PHONE: "phone", Kind.ADDRESS: "uri"}
"""What is written in one way only: nothing that looks the same is another text."""
NUMBER = re.compile(r"(?!(?:[-.]*[0-9]){17})-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
"""What every reader takes for the same number."""
BARE = {Kind.NUMBER: NUMBER, Kind.YES_NO: re.compile("true|false")}


@dataclass(frozen=True, slots=True)
class Typing:
    """How what people type is read: by which register, on which day, in which language."""

    register: Register
    asked: Asked
    lang: str
    today: date | None = None
    languages: Sequence[str] = PACKAGE

    @classmethod
    def of(cls, docket: Docket, lang: str) -> "Typing":
        """As it is read in a register now."""
        today = day_of(docket.now, docket.organiser.zone)
        organiser = docket.organiser
        return cls(
            docket.register, organiser.asked, lang, today=today, languages=organiser.languages
        )

    def clean(self, pointer: str, text: str, *, past: bool = False) -> str:
        """`text` as the field at `pointer` keeps it: no hidden characters, one line trimmed.

        A date without a year is the next one from today, or the last one where it is `past`.
        """
        broken = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        seen, kind = without_bad(broken), self.asked.kind(pointer)
        if kind is Kind.TEXT:
            return seen
        if kind is Kind.NUMBER:
            return numbered(seen, decimal_mark(self.lang))
        if kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
            return self.word(pointer, one_line(seen))
        if kind is Kind.DATE:
            return dated(written("date", seen), self.languages, today=self.today, past=past)
        if pointer == "/municipality" or kind in WRITTEN:
            return written(WRITTEN.get(kind, ""), seen)
        return one_line(seen)

    def word(self, pointer: str, text: str) -> str:
        """The word that is called `text`, in whatever language; what is none stays as it is."""
        own = self.asked.by_pointer.get(self.asked.field(pointer))
        if own is None or text in dict(own.choices):
            return text
        return own.called.get(fold(text), text)

    def gather(self, fields: Mapping[str, str], areas: Iterable[str]) -> dict[str, str]:
        """What was filled in, cleaned, without what is empty and what does not belong together.

        The municipality is told by its short name, if it is known.
        """
        past = fields.get("/approval/status", "") in DECIDED
        listed = {"/areas": [*filter(None, areas)]}
        values: dict[str, str] = {}
        for pointer, typed in fields.items():
            text = self.clean(pointer, typed, past=past)
            field = self.asked.field(pointer)
            if text.strip() and field != pointer:
                listed.setdefault(field, []).append(text)
            elif text.strip():
                values[pointer] = text
        for field, words in listed.items():
            values |= {f"{field}/{index}": word for index, word in enumerate(words)}
        if values.get("/approval/status") not in DECIDED:
            values.pop("/approval/minutes", None)
        if name := values.get("/municipality"):
            values["/municipality"] = called(name, self.register) or name
        return values


def continued(asked: Asked, before: Values, given: Values) -> dict[str, str]:
    """What is `given`, with the rest as it was `before`; a withdrawn answer has no rest.

    A new word on the approval has a date of its own, and an open contact replaces a sealed one.
    """
    new = {asked.field(pointer) for pointer in given}
    new |= {"/approval/date", "/approval/minutes"} if "/approval/status" in given else set()
    if any(pointer.startswith("/contact/") for pointer in given):
        new.add(SEALED)
    old = {} if "/withdrawn/date" in before else before
    known = {*asked.pointers, SEALED} - {"/municipality", "/areas"} - new
    return {**{one: text for one, text in old.items() if asked.field(one) in known}, **given}


def called(typed: str, register: Register) -> str:
    """The slug of the municipality that somebody typed, "" where none is called so."""
    wanted = fold(typed)
    found = (one.slug for one in register.values() if wanted in {fold(w) for w in spelled(one)})
    return wanted if wanted in register else next(found, "")


def meant(typed: str, register: Register) -> Municipality | None:
    """The one nearest to what somebody typed, if any is near."""
    words = {fold(word): one for one in register.values() for word in spelled(one)}
    return words.get(closest(fold(typed), words))


def spelled(municipality: Municipality) -> list[str]:
    """All ways to write a municipality: slug, names, code with and without zeros, old spellings."""
    code = municipality.code
    found = [municipality.slug, municipality.name, municipality.full, code, code.lstrip("0")]
    return [word for word in [*found, *municipality.also] if word]


def write(asked: Asked, values: Values) -> str:
    """The file. A JSON string is a YAML string, whatever stands in it."""
    rows = [
        f"municipality: {_word(values.get('/municipality', ''))}",
        f"areas: {_list(values, '/areas')}",
    ]
    for group, is_asked in (("contact", True), ("approval", asked.approval)):
        inner = _inner(values, group)
        rows += [f"{group}:", *inner] if inner else [f"{group}: {{}}"] if is_asked else []
    if MOTIVATION in values:
        rows.append(f"motivation: {quote(values[MOTIVATION])}")
    for one in asked.own:
        if one.kind is Kind.CHOICES and f"{one.pointer}/0" in values:
            rows.append(f"{one.key}: {_list(values, one.pointer)}")
        elif one.pointer in values:
            rows.append(f"{one.key}: {_scalar(one.kind, values[one.pointer])}")
    if "/withdrawn/date" in values:
        rows += ["withdrawn:", *_inner(values, "withdrawn")]
    return HEAD + "\n".join(rows) + "\n"


def flat(data: object, pointer: str = "") -> dict[str, str]:
    """The values of a submission's data by pointer, whatever wrote its file."""
    if not isinstance(data, dict | list):
        return {pointer: plain_text(data)}
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    return {at: text for key, one in inner for at, text in flat(one, f"{pointer}/{key}").items()}


def typed(asked: Asked, values: Values, lang: str) -> dict[str, str]:
    """Values as people type them in a language: 1250,5 in Danish."""
    mark = decimal_mark(lang)
    return {
        pointer: text.replace(".", mark)
        if asked.kind(pointer) is Kind.NUMBER and NUMBER.fullmatch(text)
        else text
        for pointer, text in values.items()
    }


def own_values(pointer: str, value: Value) -> dict[str, str]:
    """The value of a field of the register's own, by pointer."""
    if isinstance(value, tuple):
        return {f"{pointer}/{index}": word for index, word in enumerate(value)}
    return {pointer: plain_text(value)}


def values_of(asked: Asked, submission: Submission) -> dict[str, str]:
    """What of a submission is published, as values: not the contact, nor why it was withdrawn."""
    approval, withdrawn = submission.approval, submission.withdrawn
    found = {
        "/municipality": submission.municipality,
        **{f"/areas/{index}": area for index, area in enumerate(submission.areas)},
    }
    if approval:
        date = approval.date.isoformat() if approval.date else ""
        found |= {
            "/approval/status": approval.status,
            "/approval/body": approval.body,
            "/approval/date": date,
            "/approval/minutes": approval.minutes,
        }
    found[MOTIVATION] = submission.motivation
    for one, value in asked.shown(submission.own, private=False):
        found |= own_values(one.pointer, value)
    if withdrawn:
        found["/withdrawn/date"] = withdrawn.date.isoformat()
    return {pointer: text for pointer, text in found.items() if text}


def _inner(values: Values, group: str) -> list[str]:
    return [
        f"  {pointer.rpartition('/')[2]}: {_scalar(KINDS.get(pointer, Kind.LINE), values[pointer])}"
        for pointer in (*KINDS, SEALED)
        if pointer.startswith(f"/{group}/") and pointer in values
    ]


def _list(values: Values, field: str) -> str:
    words = (text for pointer, text in values.items() if pointer.startswith(f"{field}/"))
    return f"[{', '.join(map(_word, words))}]"


def _scalar(kind: Kind, text: str) -> str:
    """A value as a file has it: a number, yes or no as they are, and else in quotation marks."""
    if kind is Kind.CHOICE:
        return _word(text)
    bare = BARE.get(kind)
    return text if bare and bare.fullmatch(text) else quote(text)


def _word(text: str) -> str:
    """A word of a vocabulary as it is; what is none, in quotation marks."""
    return text if WORD.fullmatch(text) else quote(text)
