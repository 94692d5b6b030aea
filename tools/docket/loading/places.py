"""Which schema a file answers to, by where it lies; and why a file has no place here."""

from enum import StrEnum

from docket.domain.nouns import Finding, Place
from docket.domain.paths import ENDING, ORGANISER, OWN, SLUG, OwnFile, RoundPath, parse
from docket.domain.spelling import fold
from docket.loading.document import Document


class FileKind(StrEnum):
    """What a file of the register is: the schema that it answers to."""

    ORGANISER = "organiser.json"
    ROUND = "round.json"
    SUBMISSION = "submission.json"
    RECEIPTS = "receipts.json"
    DECISION = "decision.json"


OF_OWN = {
    OwnFile.ROUND: FileKind.ROUND,
    OwnFile.RECEIPTS: FileKind.RECEIPTS,
    OwnFile.DECISION: FileKind.DECISION,
}


def kind_of(path: str) -> FileKind | None:
    """What lies at a path under `submissions/`; None where nothing has its place."""
    if path == ORGANISER:
        return FileKind.ORGANISER
    place = parse(path)
    if place is None or not SLUG.match(place.round) or not place.name.endswith(ENDING):
        return None
    if place.is_submission:
        return None if place.name.lower() in OWN else FileKind.SUBMISSION
    return OF_OWN[OwnFile(place.name)]


def stray(path: str) -> Document:
    """A file that has no place here: why not, and what to call it instead."""
    place = parse(path)
    variant, facts = _misplaced(place) if place else ("depth", {})
    finding = Finding("F06", Place(path), variant, facts)
    return Document(path, findings=(finding,), broken=True)


def _misplaced(place: RoundPath) -> tuple[str, dict[str, object]]:
    stem, _, ending = place.name.rpartition(".")
    if place.name.lower() in OWN:
        return "rename", {"name": place.name, "wanted": place.name.lower()}
    if not SLUG.match(place.round):
        return "folder", {"wanted": fold(place.round)}
    if ending.lower() in ("yaml", "yml", "json"):
        return "rename", {"name": place.name, "wanted": f"{stem}{ENDING}"}
    return "ending", {}
