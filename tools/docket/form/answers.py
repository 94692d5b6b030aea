"""What somebody filled in: values by JSON Pointer, and the file they make.

The script of the form (`site/theme/assets/form/`) does the same in the browser; a test
holds the two together, byte for byte.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from docket.domain.nouns import Municipality, Submission
from docket.domain.spelling import closest, fold, one_line
from docket.domain.states import ApprovalStatus
from docket.form.pointers import LONG, SEALED, TEXTS
from docket.loading.decoding import without_bad
from docket.loading.scalars import quote
from docket.loading.written import dated, written

Values = Mapping[str, str]
"""Text by pointer; the areas at /areas/0, /areas/1 and so on. What is empty is left out."""
Register = Mapping[str, Municipality]
HEAD = "# yaml-language-server: $schema=../../schema/submission.json\n"
PLAIN = ("/municipality", "/approval/status")
"""Words of closed vocabularies: they are safe without quotation marks."""
WORD = re.compile(r"(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]*[a-z0-9]")
DECIDED = (ApprovalStatus.APPROVED, ApprovalStatus.REJECTED)
WRITTEN = ("municipality", "email", "phone", "date", "minutes")
"""What is written in one way only: nothing that looks the same is another text."""


def clean(pointer: str, text: str, today: date | None = None, *, past: bool = False) -> str:
    """`text` as the field at `pointer` keeps it: no hidden characters, one line trimmed.

    A date without a year is the next one from `today`, or the last one where it is `past`.
    """
    broken = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = without_bad(broken)
    if pointer == LONG:
        return seen
    kind = pointer.rpartition("/")[2]
    if kind not in WRITTEN:
        return one_line(seen)
    kept = written(kind, seen)
    return dated(kept, today, past=past) if kind == "date" else kept


def gather(
    fields: Mapping[str, str],
    areas: Iterable[str],
    register: Register,
    today: date | None = None,
) -> dict[str, str]:
    """What was filled in, cleaned, without what is empty and what does not belong together.

    The municipality is told by its short name, if it is known.
    """
    past = fields.get("/approval/status", "") in DECIDED
    cleaned = {pointer: clean(pointer, text, today, past=past) for pointer, text in fields.items()}
    values = {pointer: text for pointer, text in cleaned.items() if text.strip()}
    values |= {f"/areas/{index}": area for index, area in enumerate(filter(None, areas))}
    if values.get("/approval/status") not in DECIDED:
        values.pop("/approval/minutes", None)
    if typed := values.get("/municipality"):
        values["/municipality"] = called(typed, register) or typed
    return values


def continued(before: Values, given: Values) -> dict[str, str]:
    """What is `given`, with the rest as it was `before`; a withdrawn answer has no rest.

    A new word on the approval has a date of its own, and an open contact replaces a sealed one.
    """
    dropped = {"/approval/date", "/approval/minutes"} if "/approval/status" in given else set()
    if any(pointer.startswith("/contact/") for pointer in given):
        dropped.add(SEALED)
    old = {} if "/withdrawn/date" in before else before
    kept = {one: old[one] for one in (*TEXTS, SEALED) if one in old and one not in dropped}
    return {**kept, **given}


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


def write(values: Values) -> str:
    """The file. A JSON string is a YAML string, whatever stands in it."""
    areas = [text for pointer, text in values.items() if pointer.startswith("/areas/")]
    rows = [f"municipality: {_scalar('/municipality', values.get('/municipality', ''))}"]
    rows += [f"areas: [{', '.join(map(_word, areas))}]"]
    for group in ("contact", "approval"):
        inner = _inner(values, group)
        rows += [f"{group}:", *inner] if inner else [f"{group}: {{}}"]
    if LONG in values:
        rows.append(f"motivation: {quote(values[LONG])}")
    if "/withdrawn/date" in values:
        rows += ["withdrawn:", *_inner(values, "withdrawn")]
    return HEAD + "\n".join(rows) + "\n"


def flat(data: object, pointer: str = "") -> dict[str, str]:
    """The values of a submission's data by pointer, whatever wrote its file."""
    if not isinstance(data, dict | list):
        return {pointer: str(data)}
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    return {at: text for key, one in inner for at, text in flat(one, f"{pointer}/{key}").items()}


def values_of(submission: Submission) -> dict[str, str]:
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
    found[LONG] = submission.motivation
    if withdrawn:
        found["/withdrawn/date"] = withdrawn.date.isoformat()
    return {pointer: text for pointer, text in found.items() if text}


def _inner(values: Values, group: str) -> list[str]:
    return [
        f"  {pointer.rpartition('/')[2]}: {_scalar(pointer, values[pointer])}"
        for pointer in (*TEXTS, SEALED)
        if pointer.startswith(f"/{group}/") and pointer in values
    ]


def _scalar(pointer: str, text: str) -> str:
    return _word(text) if pointer in PLAIN else quote(text)


def _word(text: str) -> str:
    """A word of a vocabulary as it is; what is none, in quotation marks."""
    return text if WORD.fullmatch(text) else quote(text)
