"""A repository that cannot be read whole: one sentence with the cause, and no false finding."""

import subprocess
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.git.place import is_shared
from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store
from support.hostile_git import configured
from support.randers import PATH, RECEIVED, TEXT
from support.worlds import git, neutral

AT = "2031-03-01"


def refused(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> str:
    """The one sentence with which a command refuses."""
    assert main(["-C", str(root), *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def receiving(root: Path, text: str = TEXT) -> list[str]:
    """The words that register a file."""
    file = root.parent / "sendt.yml"
    file.write_text(text, "utf-8")
    when = ["--received", RECEIVED, "--at", "2031-12-01"]
    return ["receive", str(file), "--round", "2031-skole", "--via", "e-mail", *when]


@pytest.mark.parametrize("name", ["HEAD", "HEAD^{tree}", f"HEAD:{Path(PATH).parent}/viborg.yml"])
@pytest.mark.parametrize("how", ["gone", "spoilt"])
def test_damaged(register: Path, capsys: pytest.CaptureFixture[str], name: str, how: str) -> None:
    """A commit, tree or file that is gone or spoilt is the Git folder's fault, and no file's."""
    for pack in (register / ".git/objects/pack").glob("*"):
        pack.rename(register.parent / pack.name)
    for pack in register.parent.glob("*.pack"):
        with pack.open("rb") as file:
            words = ["git", "unpack-objects", "-q"]
            subprocess.run(words, cwd=register, env=neutral(), stdin=file, check=True)
    blob = git(register, "rev-parse", name)
    place = register / f".git/objects/{blob[:2]}/{blob[2:]}"
    place.unlink()
    if how == "spoilt":
        place.write_text("x")
    words = ["review", "main", "main", "--received", RECEIVED]
    for told in (words, receiving(register)):
        assert "ikke hel" in refused(capsys, register, *told)


def test_partly_fetched(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was left out of a clone is fetched; where nobody answers, that is said."""
    git(register, "config", "uploadpack.allowFilter", "true")
    words = ["review", "main", "main", "--received", RECEIVED]
    for name in ("online", "offline"):
        place = tmp_path / name
        whole = f"file://{register}"
        git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", whole, str(place))
        if name == "offline":
            git(place, "config", "remote.origin.url", "file:///none")
            assert "serveren svarer ikke" in refused(capsys, place, *words)
        else:
            assert main(["-C", str(place), *words]) == 0
            capsys.readouterr()


@pytest.mark.parametrize("act", ["check", "pages", "inbox", "receive", "key"])
def test_other_format(register: Path, capsys: pytest.CaptureFixture[str], act: str) -> None:
    """A register in Git's format of longer ids is told as such, and a file in it is no secret."""
    (register / ".git").rename(register.parent / "old")
    git(register, "init", "--quiet", "--object-format=sha256")
    git(register, "add", "--all")
    git(register, "commit", "--quiet", "--message", "x")
    words = {"receive": receiving(register), "key": ["key", "--desk"]}
    assert "SHA-256" in refused(capsys, register, *words.get(act, [act]))
    assert is_shared(register / "kontakter.md")


def test_left_out(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where Git keeps files out of the folder, no round is missed; what comes is registered."""
    git(register, "sparse-checkout", "set", "--no-cone", "/schema/", "/submissions/organiser.yml")
    assert not (register / "submissions/2031-skole").exists()
    assert "sparse-checkout disable" in refused(capsys, register, "check", "--at", AT)
    for text in (TEXT, f"{TEXT}# mere\n"):
        assert main(["-C", str(register), *receiving(register, text)]) == 0
        assert git(register, "status", "--porcelain") == ""
        assert git(register, "show", f"HEAD:{PATH}") == text.strip()
    git(register, "sparse-checkout", "disable")
    assert main(["-C", str(register), "check", "--at", "2031-12-01"]) == 0


def test_bare_and_named(
    register: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A user who lets Git read only a bare repository that is named has named it by -C."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    explicit = configured(tmp_path, {"safe.bareRepository": "explicit"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(explicit))
    words = ["review", "main", "main", "--received", RECEIVED]
    assert main(["-C", str(bare), *words]) == 0
    capsys.readouterr()
    monkeypatch.chdir(bare)
    assert "-C" in refused(capsys, Path(), *words)


@pytest.mark.parametrize("text", ["[x\n", "[core]\n\tabbrev = zebra\n"])
def test_broken_settings(register: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A setting that Git cannot read is told in Git's own words, not as a missing register."""
    with (register / ".git/config").open("a") as file:
        file.write(text)
    assert "config" in refused(capsys, register, "check", "--at", AT)


def test_no_such_folder(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is none is never taken for the one where the command stands."""
    monkeypatch.chdir(register)
    for name in ("none", "file"):
        (tmp_path / "file").touch()
        with pytest.raises(NoHistory) as told:
            Store(tmp_path / name)
        assert told.value.kind is Missing.REPOSITORY
