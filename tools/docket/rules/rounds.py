"""Rules of files' names and of rounds."""

from collections.abc import Iterator

from docket.docket import Docket
from docket.model import Finding
from docket.spelling import fold, nearest
from docket.standing import begins, is_late


def p01_name(docket: Docket) -> Iterator[Finding]:
    """The file's name is its municipality."""
    for submission in docket.submissions:
        name = submission.path.rpartition("/")[2]
        wanted = f"{submission.municipality}.yml"
        if name != wanted:
            place = docket.at(submission.path, "/municipality")
            same = fold(name.removesuffix(".yml")).startswith(fold(submission.municipality))
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
        folder = path.rpartition("/")[0]
        call = f"{folder}/round.yml"
        stray = any(finding.code == "F06" for finding in docket.refused.get(path, ()))
        if folder.count("/") == 1 and call not in docket.places and not stray:
            yield Finding("F06", docket.at(path), "round", {"folder": folder})


def r01_opening(docket: Docket) -> Iterator[Finding]:
    """A round opens before its deadline."""
    for call in docket.rounds.values():
        if call.opens is None or call.deadline is None:
            continue
        opens = begins(call.opens, docket.organiser.zone)
        if is_late(opens, call.deadline, docket.organiser.zone):
            yield Finding(
                "R01",
                docket.at(call.path, "/deadline"),
                facts={"opens": call.opens, "deadline": call.deadline},
                also=(docket.at(call.path, "/opens"),),
            )


def r02_after(docket: Docket) -> Iterator[Finding]:
    """`after` names rounds, and never leads back to the round itself."""
    for call in docket.rounds.values():
        for index, name in enumerate(call.after):
            place = docket.at(call.path, f"/after/{index}")
            if name == call.slug or _leads_to(docket, name, call.slug):
                yield Finding("R02", place, "circle", {"found": name})
            elif f"submissions/{name}/round.yml" not in docket.places:
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
