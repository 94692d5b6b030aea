"""`docket submit`: a submission from the terminal, on real repositories."""

import io
import os
from pathlib import Path
from urllib.parse import quote

import pytest

from docket.cli.main import main
from docket.domain.nouns import Forge
from docket.domain.states import ForgeKind
from docket.forge.push import compare
from support.randers import TEXT
from support.worlds import commit, git

BRANCH = "submission/2031-skole/randers"
GIVEN = [
    *("--municipality", "Randers Kommune", "--area", "folkeskole", "--area", "aeldre"),
    *("--contact-name", "Sekretariatet", "--contact-email", "post@kommune.example"),
]


@pytest.fixture
def clone(register: Path, tmp_path: Path) -> Path:
    """A clone of the base world, whose round is open by the real clock."""
    round_ = register / "submissions/2031-skole/round.yml"
    text = round_.read_text(encoding="utf-8")
    text = text.replace("opens: 2031-01-01", "opens: 2020-01-01").replace("after: [2030-job]\n", "")
    round_.write_text(text, encoding="utf-8")
    organiser = register / "submissions/organiser.yml"
    commit(register, "open", "2026-01-01T12:00:00+01:00")
    git(register, "config", "receive.denyCurrentBranch", "ignore")
    git(tmp_path, "clone", "--quiet", str(register), "clone")
    assert organiser.exists()
    return tmp_path / "clone"


def submit(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> tuple[int, str, str]:
    """Exit code and output of the command."""
    code = main(["-C", str(root), "submit", "--round", "2031-skole", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_by_options(clone: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From options to a pushed branch, and the address that opens the pull request."""
    before = git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")
    code, out, _ = submit(capsys, clone, *GIVEN)
    assert code == 0
    assert "github.com/example/docket/compare/main...submission/2031-skole/randers" in out
    text = git(register, "show", f"{BRANCH}:submissions/2031-skole/randers.yml")
    assert "areas: [folkeskole, aeldre]" in text
    assert git(register, "diff", "--name-only", f"main...{BRANCH}").count("\n") == 0
    assert (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")) == before
    code, out, _ = submit(capsys, clone, *GIVEN, "--contact-phone", "12345678")
    assert code == 0
    assert "lå allerede en" in out
    assert git(register, "rev-list", "--count", f"main..{BRANCH}") == "2"


def test_by_file(clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is taken as it is, byte for byte; a wrong one is refused in the form's words."""
    file = tmp_path / "noget.yml"
    file.write_text(TEXT, encoding="utf-8")
    assert submit(capsys, clone, str(file))[0] == 0
    assert git(clone, "show", f"{BRANCH}:submissions/2031-skole/randers.yml") + "\n" == TEXT
    file.write_text(TEXT.replace("post@kommune.example", "nej"), encoding="utf-8")
    code, out, _ = submit(capsys, clone, str(file))
    assert code == 1
    assert "»nej« er ikke en e-mailadresse" in out
    assert git(clone, "rev-list", "--count", f"HEAD..{BRANCH}") == "1"
    code, _, err = submit(capsys, clone, str(tmp_path / "mangler.yml"))
    assert (code, "kan ikke åbnes" in err) == (2, True)


def test_what_was_typed_is_quoted_as_it_is(
    clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of the register fill our sentences, never what somebody wrote."""
    file = tmp_path / "noget.yml"
    file.write_text(TEXT.replace("post@kommune.example", '"{the}"'), encoding="utf-8")
    code, out, _ = submit(capsys, clone, str(file))
    assert code == 1
    assert "»{the}« er ikke en e-mailadresse" in out


def test_asked(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked field by field, in Danish; a wrong answer is asked for again in the form's words."""
    answers = ["kardemomme", "Randers", "1, ældreområdet", "", "Sekretariatet", "", "nej"]
    answers += ["post@kommune.example", "", "2", "Byrådet", "20-2-2020", "", "Vi vil."]
    answers += ["", "måske", "ja"]  # neither yes nor no: asked again, and nothing is lost
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    code, _, err = submit(capsys, clone)
    assert code == 0
    assert "»kardemomme« er ikke på listen" in err
    assert "Indtast kontaktpersonens navn." in err
    assert "»nej« er ikke en e-mailadresse" in err
    text = git(clone, "show", f"{BRANCH}:submissions/2031-skole/randers.yml")
    assert "areas: [folkeskole, aeldre]" in text
    assert 'date: "2020-02-20"' in text


def test_nothing_sent_without_a_yes(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no, a dry run and an early end keep nothing."""
    named = ["--municipality", "Randers", "--area", "folkeskole", "--contact-name", "Sekretariatet"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\npost@kommune.example\n" + "\n" * 4 + "nej\n"))
    code, _, err = submit(capsys, clone, *named, "--approval", "pending")
    assert (code, "Intet er sendt." in err) == (2, True)
    assert git(clone, "for-each-ref", "refs/heads/submission/") == ""
    code, out, _ = submit(capsys, clone, *GIVEN, "--dry-run")
    assert (code, "municipality: randers" in out) == (0, True)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, err = submit(capsys, clone)
    assert (code, "Intet er skrevet" in err) == (2, True)
    assert git(clone, "for-each-ref", "refs/heads/submission/") == ""


def test_practice_is_never_taken_by_itself(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where only the practice round is open it has to be named; and then it says what it is."""
    words = ["-C", str(clone), "submit", *GIVEN, "--dry-run"]
    round_ = clone / "submissions/2031-skole/round.yml"
    round_.write_text(round_.read_text("utf-8").replace("2020-01-01", "2031-01-01"), "utf-8")
    practice = clone / "submissions/proeve/round.yml"
    text = practice.read_text("utf-8").replace("opens: 2030-01-01", "opens: 2020-01-01")
    practice.write_text(text, "utf-8")
    commit(clone, "practice", "2026-01-02T12:00:00+01:00")
    assert main(words) == 2
    assert "--round R" in capsys.readouterr().err
    assert main([*words, "--round", "proeve"]) == 1  # it has other areas
    assert "Dette er en prøverunde" in capsys.readouterr().err


def test_forges_own_command(
    clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the forge's own command is installed, it opens the pull request."""
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / "gh"
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/said"\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    code, out, _ = submit(capsys, clone, *GIVEN)
    assert (code, "Sendt som pull request" in out) == (0, True)
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert said[:6] == ["pr", "create", "--base", "main", "--head", BRANCH]


@pytest.fixture
def denied(clone: Path, register: Path) -> Path:
    """A clone of somebody who may not write to the register."""
    hook = register / ".git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Permission to example/docket denied.' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    return clone


def test_denied(denied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who may not push is told so, with the ways that remain; the exit code says it too."""
    code, _, err = submit(capsys, denied, *GIVEN)
    assert code == 2
    assert "Svaret er ikke sendt" in err
    assert "https://docket.example/meld-interesse/2031-skole/" in err
    way = f"git show {BRANCH}:submissions/2031-skole/randers.yml"
    assert f"e-mail til post@arrangoer.example: {way} > randers.yml" in err
    assert git(denied, *way.split()[1:]).count("municipality: randers") == 1


def test_by_a_fork(
    denied: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the forge's own command is installed, an outsider's answer goes by a fork."""
    git(tmp_path, "init", "--quiet", "--bare", "fork.git")
    mine = "https://github.com/nabo/docket.git"
    git(denied, "config", f"url.{tmp_path}/fork.git.insteadOf", mine)
    tool = tmp_path / "tools/gh"
    tool.parent.mkdir()
    fork = f'if [ "$2" = fork ]; then git remote add "$5" {mine}; fi\n'
    tool.write_text(f'#!/bin/sh\n{fork}printf "%s\\n" "$@" >> "{tmp_path}/said"\n', "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    code, out, _ = submit(capsys, denied, *GIVEN)
    assert (code, "Sendt som pull request" in out) == (0, True)
    assert f"nabo:{BRANCH}" in (tmp_path / "said").read_text("utf-8").splitlines()
    assert git(tmp_path / "fork.git", "show", f"{BRANCH}:submissions/2031-skole/randers.yml")


def test_no_remote(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a remote the branch is there, and it is said that nothing is sent."""
    git(clone, "remote", "remove", "origin")
    code, out, _ = submit(capsys, clone, *GIVEN)
    assert (code, "Den er ikke sendt" in out) == (0, True)
    assert git(clone, "rev-list", "--count", f"HEAD..{BRANCH}") == "1"


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("github", "https://f.example/a/b/compare/main...submission/r/m?expand=1"),
        (
            "gitlab",
            "https://f.example/a/b/-/merge_requests/new?merge_request%5Bsource_branch%5D="
            + quote("submission/r/m", safe=""),
        ),
        ("gitea", "https://f.example/a/b/compare/main...submission/r/m"),
    ],
)
def test_compare(kind: str, address: str) -> None:
    """Each forge has its own address that opens a pull request from a branch."""
    assert (
        compare(Forge(ForgeKind(kind), "https://f.example/a/b/", "main"), "submission/r/m")
        == address
    )
