"""The command: exit codes, languages, and one sentence for every trouble."""

import json
import shutil
from pathlib import Path

import pytest

from docket import __version__
from docket.cli.main import main
from docket.domain.languages import PACKAGE
from docket.scaffold.pin import pin
from docket.text.catalogue import entries, sentence
from docket.text.l10n import language_name
from docket.text.messages import codes, rule_text
from docket.text.terminology import neutral
from support.worlds import AT, ROOT, docket_of


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of one command."""
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_real_submissions_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """The repository's own submissions break no rule."""
    code, out, err = run(capsys, "-C", str(ROOT), "check")
    assert (code, err) == (0, "")
    assert "ingen fejl" in out


def test_wrong_submission(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A made-up wrong submission exits 1 and says in Danish what to write instead."""
    wrong = register / "submissions/2031-skole/aarhus.yml"
    shutil.copy(register / "submissions/2031-skole/viborg.yml", wrong)
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("viborg", "Århus"), encoding="utf-8")
    code, out, _ = run(capsys, "check", "-C", str(register), "--at", AT)
    assert code == 1
    assert "submissions/2031-skole/aarhus.yml:2:15 S04" in out
    assert "Mente du »aarhus«? Skriv aarhus" in out
    assert "https://docket.example/regler/#s04" in out
    _, english, _ = run(capsys, "check", "-C", str(register), "--at", AT, "--lang", "en")
    assert "Did you mean “aarhus”?" in english
    assert "https://docket.example/en/regler/#s04" in english


def test_json(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The findings as JSON have place, pointer and both messages."""
    (register / "submissions/2031-skole/skive.yml").write_text("municipality: [\n", "utf-8")
    code, out, _ = run(capsys, "-C", str(register), "--at", AT, "check", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["version"] == 1
    assert found["at"] == AT
    (finding,) = found["findings"]
    assert finding["code"] == "F02"
    assert finding["path"] == "submissions/2031-skole/skive.yml"
    assert set(finding) == {"code", "path", "line", "column", "pointer", "message", "also"}
    assert finding["message"]["da"].endswith("https://docket.example/regler/#f02")
    assert finding["message"]["en"].endswith("https://docket.example/en/regler/#f02")


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("code", codes())
def test_explain(code: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule is explained, with an example and its mend."""
    exit_code, out, _ = run(capsys, "explain", code.lower(), "--lang", lang)
    assert exit_code == 0
    assert rule_text(code, docket_of(ROOT).organiser, lang).rule in out
    assert rule_text(code, docket_of(ROOT).organiser, lang).right.splitlines()[0] in out


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--nonsense"),
        ("nonsense",),
        (),
        ("explain", "X99"),
        ("check", "--at", "i morgen"),
        ("check", "--at", "2022-02-30"),
        ("-C", "/", "check"),
        ("-C", "/does/not/exist", "check"),
        ("check", "--format", "pdf"),
    ],
)
def test_wrong_use(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use exits 2 with one sentence, in the language asked for."""
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("docket: ")
    assert len(err.splitlines()) == 1
    _, _, english = run(capsys, *words, "--lang", "en")
    assert english != err


def test_broken_schema(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A register whose schema is no JSON cannot be checked."""
    (register / "schema/round.json").write_text("{", encoding="utf-8")
    assert run(capsys, "-C", str(register), "check")[0] == 2


def test_odd_names(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file's name reaches the terminal quoted, never raw."""
    (register / "submissions/2031-skole/\x1b[31m.yml").write_text("", encoding="utf-8")
    _, out, _ = run(capsys, "-C", str(register), "--at", AT, "check")
    assert "\x1b" not in out
    assert '"submissions/2031-skole/\\033[31m.yml":1:1 F02' in out


def test_no_git(
    register: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where there is no Git, or it does not trust the folder, the trouble says so."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    code, _, err = run(capsys, "-C", str(register), "check")
    assert (code, "safe.directory" in err) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = run(capsys, "-C", str(register), "check")
    assert (code, "https://git-scm.com" in err) == (2, True)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """It tells its version, and the line that installs this one."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"docket {__version__}\n{pin()}\n"


@pytest.mark.parametrize("lang", PACKAGE)
def test_all_help_is_told(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each sentence that the catalogue has of a command stands in its help."""
    monkeypatch.setenv("COLUMNS", "1000")
    words = ", ".join(neutral())
    for name in {key.split(".")[1] for key in entries("commands")} - {"metavars", "shared"}:
        with pytest.raises(SystemExit):
            main([name, "--help", "--lang", lang])
        told = capsys.readouterr().out
        for key in entries("commands"):
            if key.startswith(f"commands.{name}."):
                told_of = sentence(key, lang).replace("{words}", words)
                language = language_name("en", lang)
                assert told_of.replace("{language}", language) in told
