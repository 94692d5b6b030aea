"""Rules of files' names and of rounds."""

from collections.abc import Iterator

from docket.domain.docket import Docket
from docket.domain.instants import begins, is_late
from docket.domain.nouns import Finding
from docket.domain.paths import ENDING, OwnFile, file_name, folder_of, own_path, parse
from docket.domain.spelling import fold, nearest


def p01_name(docket: Docket) -> Iterator[Finding]:
    """The file's name is its municipality."""
    for submission in docket.submissions:
        name = file_name(submission.path)
        wanted = f"{submission.municipality}{ENDING}"
        if name != wanted:
            place = docket.at(submission.path, "/municipality")
            same = fold(name.removesuffix(ENDING)).startswith(fold(submission.municipality))
            facts = {
                "name": name,
                "wanted": wanted,
                "municipality": docket.register[submission.municipality].name,
            }
            other = submission.path.replace(name, wanted)
            if other in docket.places:
                yield Finding("P01", place, "twice", facts, (docket.at(other),))
            else:
                yield Finding("P01", place, "spelling" if same else "", facts)


def f06_no_round(docket: Docket) -> Iterator[Finding]:
    """A submission lies in a folder that has a round."""
    for path in docket.places:
        place = parse(path)
        stray = any(finding.code == "F06" for finding in docket.refused.get(path, ()))
        if place and not stray and own_path(place.round, OwnFile.ROUND) not in docket.places:
            folder = folder_of(place.round).rstrip("/")
            yield Finding("F06", docket.at(path), "round", {"folder": folder})


def r01_opening(docket: Docket) -> Iterator[Finding]:
    """A round opens before its deadline."""
    for round_ in docket.rounds.values():
        if round_.opens is None or round_.deadline is None:
            continue
        opens = begins(round_.opens, docket.organiser.zone)
        if is_late(opens, round_.deadline, docket.organiser.zone):
            yield Finding(
                "R01",
                docket.at(round_.path, "/deadline"),
                facts={"opens": round_.opens, "deadline": round_.deadline},
                also=(docket.at(round_.path, "/opens"),),
            )


def r02_after(docket: Docket) -> Iterator[Finding]:
    """`after` names rounds, and never leads back to the round itself."""
    for round_ in docket.rounds.values():
        for index, name in enumerate(round_.after):
            place = docket.at(round_.path, f"/after/{index}")
            if name == round_.slug or _leads_to(docket, name, round_.slug):
                yield Finding("R02", place, "circle", {"found": name})
            elif own_path(name, OwnFile.ROUND) not in docket.places:
                near = nearest(name, docket.rounds, {})
                yield Finding("R02", place, "near" if near else "", {"found": name, "near": near})


def _leads_to(docket: Docket, start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen and name in docket.rounds:
            seen.add(name)
            waiting += docket.rounds[name].after
    return False
