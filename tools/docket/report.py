"""Findings as text and as JSON."""

import json
from collections.abc import Sequence

from docket.docket import Docket
from docket.model import Finding, Place
from docket.texts import address, message, texts
from docket.words import write_number

JSON_VERSION = 1


def as_text(docket: Docket, findings: Sequence[Finding], lang: str) -> str:
    """A paragraph for each finding, and how many there are."""
    parts = [_paragraph(docket, finding, lang) for finding in findings]
    return "\n".join([*parts, _total(docket, findings, lang)]) + "\n"


def as_json(docket: Docket, findings: Sequence[Finding]) -> str:
    """The findings for programs; `version` changes when the form does."""
    found = {
        "version": JSON_VERSION,
        "at": docket.now.astimezone(docket.organiser.zone).isoformat(),
        "findings": [_entry(docket, finding) for finding in findings],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def explain(code: str, lang: str) -> str:
    """A rule, why it is there, an example and its mend."""
    text = texts()[code]
    wrong, right = ("Wrong:", "Right:") if lang == "en" else ("Forkert:", "Rigtigt:")
    return "\n".join(
        [
            f"{code}  {text.rule.of(lang)}",
            "",
            text.why.of(lang),
            "",
            wrong,
            *(f"    {line}" for line in text.wrong.splitlines()),
            right,
            *(f"    {line}" for line in text.right.splitlines()),
            "",
        ]
    )


def show_path(path: str) -> str:
    """A path as Git quotes it where it has characters that do not print."""
    if path.isprintable() and not set(path) & set('"\\'):
        return path
    return '"' + "".join(_quoted(char) for char in path) + '"'


def _quoted(char: str) -> str:
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if char in named or char.isprintable():
        return named.get(char, char)
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def _paragraph(docket: Docket, finding: Finding, lang: str) -> str:
    told = message(finding, docket.organiser, lang)
    see = "See also" if lang == "en" else "Se også"
    also = [f"  {see} {_spot(place)}" for place in finding.also]
    link = f"  {address(finding.code, docket.organiser, lang)}"
    return "\n".join([f"{_spot(finding.place)} {finding.code}", f"  {told}", *also, link, ""])


def _spot(place: Place) -> str:
    return f"{show_path(place.path)}:{place.line}:{place.column}"


def _total(docket: Docket, findings: Sequence[Finding], lang: str) -> str:
    files = len({finding.place.path for finding in findings})
    if not findings:
        read = write_number(len(docket.places), lang)
        if lang == "en":
            return f"All is well: {read} files, no errors."
        return f"Alt er i orden: {read} filer, ingen fejl."
    count = len(findings)
    if lang == "en":
        errors = "1 error" if count == 1 else f"{write_number(count, lang)} errors"
        return f"{errors} in {'1 file' if files == 1 else f'{write_number(files, lang)} files'}."
    return (
        f"{write_number(count, lang)} fejl i {write_number(files, lang)} fil{'er' * (files > 1)}."
    )


def _entry(docket: Docket, finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "code": finding.code,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
        "message": {
            lang: f"{message(finding, docket.organiser, lang)} "
            f"{address(finding.code, docket.organiser, lang)}"
            for lang in ("da", "en")
        },
        "also": [
            {"path": other.path, "line": other.line, "column": other.column}
            for other in finding.also
        ],
    }
