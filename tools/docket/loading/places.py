"""Which schema a file answers to, by where it lies; and why a file has no place here."""

from docket.domain.nouns import Finding, Place
from docket.domain.paths import ENDING, ORGANISER, OWN, SLUG, OwnFile, RoundPath, parse
from docket.domain.spelling import fold
from docket.loading.yamlfile import Document

BY_NAME = {
    OwnFile.ROUND: "round.json",
    OwnFile.RECEIPTS: "receipts.json",
    OwnFile.DECISION: "decision.json",
}
SUBMISSION, OF_ORGANISER = "submission.json", "organiser.json"
SCHEMAS = (*BY_NAME.values(), SUBMISSION, OF_ORGANISER)


def schema_of(path: str) -> str:
    """Which schema a path under `submissions/` answers to; "" where nothing has its place."""
    if path == ORGANISER:
        return OF_ORGANISER
    place = parse(path)
    if place is None or not SLUG.match(place.round) or not place.name.endswith(ENDING):
        return ""
    if place.is_submission:
        return "" if place.name.lower() in OWN else SUBMISSION
    return BY_NAME[OwnFile(place.name)]


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
