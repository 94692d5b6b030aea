"""Every case folder finds what it expects, and nothing else."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from docket.domain.docket import Docket
from docket.domain.nouns import Finding
from docket.rules import RULES, check
from docket.text.messages import codes, message, rule_text, variants
from support.blessed import Blessed
from support.worlds import AT, CASES, ROOT, docket_of, found_in, places, world

FOLDERS = sorted(CASES.iterdir())
ELSEWHERE = {("F01", "special"), ("F01", "denied"), ("F01", "executable"), ("M05", "key")} | {
    *(("C01", "main"), ("C02", "main"), ("C02", "place"), ("C03", "main")),
    *(("S03", "number"), ("S07", "maximum"), ("S07", "fewItems"), ("S07", "maxItems")),
}
"""Shown by the tests of trees, of reviews and of a register's own fields: no case folder can."""
Judged = Callable[[Path], tuple[Docket, tuple[Finding, ...]]]


def _at(case: Path) -> str:
    at = case / "at.txt"
    return at.read_text(encoding="utf-8").strip() if at.exists() else AT


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The docket of a case and what is found in it: each is read once."""
    folder = tmp_path_factory.mktemp("cases")

    @cache
    def judge(case: Path) -> tuple[Docket, tuple[Finding, ...]]:
        docket = docket_of(world(folder / case.name, case), _at(case))
        return docket, check(docket)

    return judge


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_case(case: Path, judged: Judged, blessed: Blessed) -> None:
    """The files of the case, laid over the base world, give the places and codes expected."""
    _, findings = judged(case)
    expected = case / "expected.txt"
    blessed({expected: "".join(f"{line}\n" for line in places(findings))}, [expected])


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_case_shows_its_code(case: Path) -> None:
    """A case is named after the code that it shows, unless it shows that nothing is wrong."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert not lines or case.name[:3] in {line.rpartition(" ")[2] for line in lines}


def test_base_is_valid(register: Path) -> None:
    """Nothing is wrong in the base world."""
    assert found_in(register) == []


def test_every_sentence_has_a_case(judged: Judged) -> None:
    """Each variant of each rule's message is shown by a case, and each has its holes filled."""
    seen = set()
    for case in FOLDERS:
        docket, findings = judged(case)
        for finding in findings:
            seen.add((finding.code, finding.variant or "main"))
            for lang in ("da", "en"):
                told = message(finding, docket.organiser, lang)
                assert told.strip()
                assert "{" not in told.replace("{" + finding.place.path + "}", "") or '"' in told
    every = {(code, variant) for code in codes() for variant in variants(code)}
    assert every - seen == ELSEWHERE


def test_every_rule_has_texts() -> None:
    """Each rule function is named after a code that has texts, and states its rule."""
    for rule in RULES:
        assert rule.__name__[:3].upper() in codes()
        assert rule.__doc__


def _cases_with(code: str, text: str) -> Iterator[tuple[Path, str]]:
    """The cases of a code that have `text` in a file or as a path, and that path."""
    for case in FOLDERS:
        for path in sorted((case / "submissions").rglob("*")):
            name = path.relative_to(case).as_posix()
            plain = path.is_file() and not path.is_symlink()
            holds = plain and text in path.read_text("utf-8", "replace")
            if case.name.startswith(code) and (name == text or holds):
                yield case, name


@pytest.mark.parametrize("code", [code for code in codes() if code[0] != "C"])
def test_every_example_is_a_case(code: str, judged: Judged, tmp_path: Path) -> None:
    """The wrong example stands in a case of its code; with the right one the code is gone."""
    text = rule_text(code, docket_of(ROOT).organiser, "da")
    mended = []
    for number, (case, name) in enumerate(_cases_with(code, text.wrong)):
        if code in {finding.code for finding in judged(case)[1]}:
            register = world(tmp_path / str(number), case)
            path = register / name
            if name == text.wrong:
                path.rename(register / text.right)
            else:
                written = path.read_text("utf-8").replace(text.wrong, text.right, 1)
                path.write_text(written, encoding="utf-8")
            left = {line.rpartition(" ")[2] for line in found_in(register, _at(case))}
            mended.append(code not in left)
    assert any(mended)
