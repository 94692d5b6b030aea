"""Every case folder finds what it expects, and nothing else."""

from pathlib import Path

import pytest

from docket.rules import RULES, check
from docket.texts import message, texts
from worlds import AT, CASES, docket_of, found_in, world

FOLDERS = sorted(CASES.iterdir())
ON_DISK_ONLY = {("F01", "special"), ("F01", "denied")}


def _at(case: Path) -> str:
    at = case / "at.txt"
    return at.read_text(encoding="utf-8").strip() if at.exists() else AT


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The files of the case, laid over the base world, give the places and codes expected."""
    found = found_in(world(tmp_path / "register", case), _at(case))
    expected = case / "expected.txt"
    if request.config.getoption("--bless"):
        expected.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_case_shows_its_code(case: Path) -> None:
    """A case is named after the code that it shows, unless it shows that nothing is wrong."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert not lines or case.name[:3] in {line.rpartition(" ")[2] for line in lines}


def test_base_is_valid(register: Path) -> None:
    """Nothing is wrong in the base world."""
    assert found_in(register) == []


def test_every_sentence_has_a_case(tmp_path: Path) -> None:
    """Each variant of each rule's message is shown by a case, and each has its holes filled."""
    seen = set()
    for case in FOLDERS:
        docket = docket_of(world(tmp_path / case.name, case), _at(case))
        for finding in check(docket):
            seen.add((finding.code, finding.variant or "main"))
            for lang in ("da", "en"):
                told = message(finding, docket.organiser, lang)
                assert told.strip()
                assert "{" not in told.replace("{" + finding.place.path + "}", "") or '"' in told
    every = {(code, variant) for code, text in texts().items() for variant in text.say}
    assert every - seen == ON_DISK_ONLY


def test_every_rule_has_texts() -> None:
    """Each rule function is named after a code that has texts, and states its rule."""
    for rule in RULES:
        assert rule.__name__[:3].upper() in texts()
        assert rule.__doc__
