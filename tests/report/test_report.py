"""Every output: right in its own format, and nothing from a file reaches it raw."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from docket.cli.main import main
from docket.loading.trees import Folder
from docket.report import FORMATS, github, write
from docket.report.common import Report, fingerprints
from docket.rules import check
from docket.text.escape import show_path
from support.worlds import AT, CASES, docket_of, world

EVIL = "\x1b[31m::error::x\u202e%0A<b>&\"'|`*_[x](y)\r\n::set-output name=a::b"


def _report(root: Path, lang: str = "da", **more: Any) -> Report:  # noqa: ANN401
    docket = docket_of(root)
    return Report(docket, check(docket), Folder(root), lang, **more)


@pytest.fixture
def wrong(register: Path) -> Path:
    """The base world with some wrong files, one with a hostile name and text."""
    skole = register / "submissions/2031-skole"
    (skole / "randers.yml").write_text("municipality: Randers kommun\nareas: []\n", "utf-8")
    (skole / "skive,a:b.yml").write_text("municipality: [\n", "utf-8")
    (skole / "\x1b[31m\nx.yml").write_text("a: 1\n", "utf-8")
    (skole / "struer.yml").write_text(
        f"municipality: {json.dumps(EVIL)}\nareas: ['::error::x']\n", "utf-8"
    )
    return register


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_raw(wrong: Path, name: str, lang: str) -> None:
    """No control character and no workflow command of a stranger is in any output."""
    out = write(name, _report(wrong, lang))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out)
    own = [line for line in out.splitlines() if line.startswith("::")]
    assert all(re.match(r"::error file=[^,:]*,line=\d+,col=\d+,title=\w\d\d::", x) for x in own)
    assert (name == "github") == bool(own)


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings(register: Path, name: str) -> None:
    """Each format can say that nothing is wrong."""
    out = write(name, _report(register))
    assert "F0" not in re.sub(r'"id": "\w+"|regler/#\w+', "", out)


def test_text(wrong: Path) -> None:
    """The line itself stands under the place, with a caret under the column."""
    rows = write("text", _report(wrong)).splitlines()
    at = rows.index("submissions/2031-skole/randers.yml:1:15 S04")
    assert rows[at + 1] == "  1 | municipality: Randers kommun"
    assert rows[at + 2] == "    |               ^"
    assert "»randers«" in rows[at + 3]
    assert rows[at + 4] == "  https://docket.example/regler/#s04"
    coloured = write("text", _report(wrong, colour=True))
    assert "\x1b[31;1mS04\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).splitlines() == rows


def test_caret_under_wide_letters(register: Path) -> None:
    """The caret stands right after letters that take two columns, and in long lines."""
    path = register / "submissions/2031-skole/randers.yml"
    path.write_text(f"contact: {{name: 漢字, x: 1}}\nmotivation: [{'æ, ' * 90} [x]]\n", "utf-8")
    rows = write("text", _report(register)).splitlines()
    at = rows.index("submissions/2031-skole/randers.yml:1:21 S02")
    assert rows[at + 2].index("^") == rows[at + 1].index("x: 1") + 2


def test_github_order_and_summary(wrong: Path) -> None:
    """What the change touches comes first; the summary tells the same, inert."""
    changed = frozenset({"submissions/2031-skole/struer.yml"})
    report = _report(wrong, changed=changed)
    lines = write("github", report).splitlines()
    assert lines[0].startswith("::error file=submissions/2031-skole/struer.yml,")
    assert len(lines) == len(report.findings)
    assert any("file=submissions/2031-skole/skive%2Ca%3Ab.yml," in line for line in lines)
    table = github.summary(report)
    assert len(table.splitlines()) == len(report.findings) + 2
    assert "<b>" not in table
    assert "[x](y)" not in table


def test_github_command(
    wrong: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command writes the job summary where GitHub names the file."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["-C", str(wrong), "--at", AT, "check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=")
    assert summary.read_text("utf-8").startswith("| Fil | Linje |")


def test_sarif(wrong: Path) -> None:
    """SARIF 2.1.0: each result names a rule by id and index, and a region that is in its file."""
    report = _report(wrong)
    log = json.loads(write("sarif", report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[\w./%~-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
        assert result["message"]["text"]


def test_junit(wrong: Path) -> None:
    """JUnit: a case for each file, a failure where something is wrong, and counts that agree."""
    report = _report(wrong)
    root = ET.fromstring(write("junit", report))
    cases = root.findall("./testsuite/testcase")
    failing = [case for case in cases if case.find("failure") is not None]
    assert root.get("tests") == str(len(cases)) == str(len(report.docket.places))
    assert root.get("failures") == str(len(failing))
    assert len(failing) == len({one.place.path for one in report.findings})


def test_gitlab(wrong: Path) -> None:
    """Code Quality: fingerprints differ, and survive a moved line."""
    issues = json.loads(write("gitlab", _report(wrong)))
    marks = {issue["fingerprint"] for issue in issues}
    assert len(marks) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
    path = wrong / "submissions/2031-skole/randers.yml"
    path.write_text("# flyttet\n\n" + path.read_text("utf-8"), "utf-8")
    moved = json.loads(write("gitlab", _report(wrong)))
    assert {issue["fingerprint"] for issue in moved} == marks


def test_fingerprints_of_equal_findings(tmp_path: Path) -> None:
    """Two findings alike in all but their place have different fingerprints."""
    root = world(tmp_path / "register", CASES / "F06-ending")
    findings = check(docket_of(root))
    assert len(set(fingerprints([*findings, *findings]))) == 2 * len(findings)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("submissions/æ/ø.yml", "submissions/æ/ø.yml"),
        ('a"b', '"a\\"b"'),
        ("a\nb\t", '"a\\nb\\t"'),
        ("\udcff", '"\\377"'),
        ("\u202e", '"\\342\\200\\256"'),
    ],
)
def test_show_path(path: str, shown: str) -> None:
    """A path is shown as Git quotes it."""
    assert show_path(path) == shown


def test_same_bytes_ten_times(wrong: Path) -> None:
    """Ten runs give the same bytes in every format."""
    told = [{name: write(name, report) for name in FORMATS} for report in _ten(wrong)]
    assert all(one == told[0] for one in told)


def _ten(root: Path) -> list[Report]:
    return [_report(root) for _ in range(10)]
