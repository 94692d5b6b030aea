"""`docket upgrade`: a register made by the last version, brought to this one."""

import json
import shutil
from pathlib import Path

import pytest

from docket import __version__
from docket.cli.main import main
from docket.scaffold.copies import copies
from support import wheel
from support.built import once
from support.worlds import commit, git

OLD = "0.0.9"
CALL = ("--register", "labs.csv", "--area", "light=Lys/Light", "--tool")
THEN, NOW = "a" * 40, "b" * 40
OWN = ("mkdocs.yml", "schema/area.json", "submissions/organiser.yml")
CHECKOUT = "uses: actions/checkout@"


@pytest.fixture(scope="session")
def last(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register as the last version made it: other files, and one that is no longer copied."""

    def make(folder: Path) -> None:
        old = folder / "old"
        shutil.copytree(unpacked, old)
        package = old / "lib/docket"
        (package / "__init__.py").write_text(f'__version__ = "{OLD}"\n', "utf-8")
        for path in ("shipped/schema/round.json", "shipped/.gitlab-ci.yml"):
            content = (package / path).read_text("utf-8")
            (package / path).write_text(content.replace("title", "titel"), "utf-8")
        makefile = package / "scaffold/starter/Makefile"
        makefile.write_text("serve:\n\tdocket serve\n", "utf-8")
        (package / "shipped/.github/workflows/weekly.yml").write_text("name: Weekly\n", "utf-8")
        (package / "shipped/.github/workflows/organise.yml").unlink()
        (folder / "labs.csv").write_text("slug,name\nlight-lab,Light Lab\n", "utf-8")
        words = ("docket", "init", "call", *CALL, f"example/docket@{THEN}")
        assert wheel.run(old, folder, *words)[0] == 0

    return once(tmp_path_factory, "last", make) / "call"


@pytest.fixture
def register(last: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(last, tmp_path / "call")


def upgrade(root: Path, *words: str) -> int:
    """The command in English."""
    return main(["-C", str(root), "upgrade", *words, "--lang", "en"])


def test_last_version_to_this(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Copied files change, come and go; what its owner wrote stays; the second time is quiet."""
    weekly = register / ".github/workflows/weekly.yml"
    assert weekly.is_file()
    pages = [(register / name).read_bytes() for name in OWN]
    assert upgrade(register, "--dry-run") == 0
    assert weekly.is_file()
    assert "Nothing is written." in capsys.readouterr().out
    assert upgrade(register) == 0
    told = capsys.readouterr().out
    for line in ("changed  Makefile", "new      .github/workflows/organise.yml"):
        assert line in told
    assert "deleted  .github/workflows/weekly.yml" in told
    assert f"brought to docket {__version__}." in told
    assert not weekly.exists()
    assert (register / "Makefile").read_bytes() == copies(None, ())["Makefile"]
    assert json.loads((register / ".docket.json").read_bytes())["version"] == __version__
    assert pages == [(register / name).read_bytes() for name in OWN]
    flow = (register / ".github/workflows/organise.yml").read_text("utf-8")
    assert f"uses: example/docket/.github/actions/organise@{THEN} # v{OLD}\n" in flow
    assert upgrade(register) == 0
    assert capsys.readouterr().out == f"The copied files are as they are in docket {__version__}.\n"


def test_an_owners_change_in_the_way(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is shown and left, each time, until the owner takes the new one; then it is silent."""
    own = "serve:\n\tdocket serve --port 9000\n"
    (register / "Makefile").write_text(own, "utf-8")
    for _ in range(2):
        assert upgrade(register) == 1
        told = capsys.readouterr().out
        assert (register / "Makefile").read_text("utf-8") == own
        assert "yours    Makefile" in told
        assert "\n-       docket serve --port 9000\n" in told
        assert "docket upgrade Makefile" in told
    assert upgrade(register, "Makefile") == 2
    assert "First keep your own changes in Makefile" in capsys.readouterr().err
    commit(register, "ours")
    assert upgrade(register, "Makefile") == 0
    assert (register / "Makefile").read_bytes() == copies(None, ())["Makefile"]
    (register / "Makefile").write_text(own, "utf-8")
    capsys.readouterr()
    assert upgrade(register) == 0
    assert (register / "Makefile").read_text("utf-8") == own


def test_what_is_new_in_the_way(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that the owner made under a name that is new among the copied ones is the owner's."""
    mine = register / ".github/workflows/organise.yml"
    mine.write_text("name: Ours\n", "utf-8")
    assert upgrade(register) == 1
    assert "yours    .github/workflows/organise.yml" in capsys.readouterr().out
    assert mine.read_text("utf-8") == "name: Ours\n"


def test_what_was_deleted_stays_away(register: Path) -> None:
    """Who is not on GitLab may delete its file once and for all; naming it brings it back."""
    (register / ".gitlab-ci.yml").unlink()
    (register / ".github/workflows/weekly.yml").write_text("name: Ours\n", "utf-8")
    assert upgrade(register) == 0
    assert not (register / ".gitlab-ci.yml").exists()
    assert (register / ".github/workflows/weekly.yml").is_file()  # theirs, and no longer noted
    assert upgrade(register) == 0
    commit(register, "without")
    assert upgrade(register, ".gitlab-ci.yml") == 0
    assert (register / ".gitlab-ci.yml").is_file()


def test_pins_are_the_registers(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pin that Dependabot raised is no owner's change, and is never lowered; so is our own."""
    flows = register / ".github/workflows"
    for path in flows.glob("*.yml"):
        text = path.read_text("utf-8").replace(f"@{THEN} # v{OLD}", f"@{NOW} # v0.1.5")
        head, mark, rest = text.partition(CHECKOUT)
        text = f"{head}{mark}{'c' * 40} # v99.0.0{rest[rest.index(chr(10)) :]}" if mark else text
        path.write_text(text, "utf-8")
    assert upgrade(register) == 0
    text = (flows / "answer.yml").read_text("utf-8")
    assert f"{CHECKOUT}{'c' * 40} # v99.0.0\n" in text
    assert f"example/docket/.github/actions/answer@{NOW} # v0.1.5\n" in text
    assert "yours" not in capsys.readouterr().out
    for home in ("example/docket", "other/docket"):
        assert upgrade(register, "--tool", f"{home}@{THEN}") == 0
        text = (flows / "answer.yml").read_text("utf-8")
        assert f"{home}/.github/actions/answer@{THEN} # v{__version__}\n" in text


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("[]", ".docket.json cannot be read"),
        ('{"version": "1", "files": {"../labs.csv": "x"}}', ".docket.json cannot be read"),
        (None, "There is no .docket.json here"),
    ],
)
def test_no_record(
    register: Path, noted: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody knows what was copied, nothing is touched, and it says what to do."""
    (register / ".docket.json").unlink()
    if noted:
        (register / ".docket.json").write_text(noted, "utf-8")
    before = git(register, "status", "--porcelain")
    assert upgrade(register) == 2
    assert told in capsys.readouterr().err
    assert git(register, "status", "--porcelain") == before


def test_a_register_with_the_whole_package(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A register from when the package was copied is told how to move."""
    (register / ".docket.json").unlink()
    (register / "tools/docket").mkdir()
    assert upgrade(register) == 2
    assert "git checkout FETCH_HEAD -- Makefile" in capsys.readouterr().err
    assert upgrade(register, "nope") == 2


def test_an_unknown_file(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is none of the copied files is refused."""
    assert upgrade(register, "README.md") == 2
    assert "README.md is not among the copied files" in capsys.readouterr().err
