"""The wheel is whole: a register is made, checked and built where this repository is not."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from docket import __version__
from support import wheel
from support.worlds import git

SHEET = "slug,name\nlight-lab,Light Lab\nsea-lab,Sea Lab\n"
CALL = ("--register", "labs.csv", "--area", "light=Lys/Light", "--name", "Kald/Call")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="session")
def register(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register, made by the wheel's command."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "labs.csv").write_text(SHEET, "utf-8")
    code, told = wheel.run(unpacked, folder, "docket", "init", "call", *CALL)
    assert code == 0, told
    return folder / "call"


def test_nothing_of_this_repository(unpacked: Path, tmp_path: Path) -> None:
    """The command and all that it brings are the wheel's own; so are the pins, each with a hash."""
    names = ("schema", "site/theme", "requirements.txt", "requirements-forge.txt")
    for name in names:
        words = ("-m", "docket.loading.packaged", name)
        code, told = wheel.run(unpacked, tmp_path, sys.executable, *words)
        assert code == 0, told
        assert Path(told.strip()).is_relative_to(unpacked / "lib/docket"), told
        assert Path(told.strip()).exists(), told
    assert not list((unpacked / "lib").rglob("tests*"))
    assert "--hash=sha256:" in Path(told.strip()).read_text("utf-8")


def test_two_commands(unpacked: Path, register: Path) -> None:
    """`make test` checks and builds by the docket at hand, which is exactly the pinned one."""
    assert (register / "requirements.txt").read_text() == f"docket-calls=={__version__}\n"
    code, told = wheel.run(unpacked, register, "make", "test")
    assert code == 0, told
    assert not (register / ".venv").exists()
    for lang in ("", "en/"):
        page = (register / f"public/{lang}index.html").read_text("utf-8")
        assert "assets/docket.css" in page
    assert (register / "public/assets/docket.css").is_file()
    card = register / "public/assets/card.png"
    assert card.read_bytes() == (register / "site/own/assets/card.png").read_bytes()
    assert git(register, "status", "--porcelain") == ""


def test_another_pin_is_another_docket(unpacked: Path, register: Path, tmp_path: Path) -> None:
    """Where the pin names another version than the one at hand, make sets that up for itself."""
    root = shutil.copytree(register, tmp_path / "call")
    (root / "requirements.txt").write_text("docket-calls==99.0\n", "utf-8")
    code, told = wheel.run(unpacked, root, "make", "--dry-run", "serve")
    assert code == 0, told
    assert "-m venv .venv" in told
    assert "pip install --quiet --disable-pip-version-check --require-hashes" in told
    assert ".venv/bin/docket serve" in told


def test_a_fresh_clone(unpacked: Path, register: Path, tmp_path: Path) -> None:
    """MkDocs alone builds what Git has: the folder of the theme is there, and the hook fills it."""
    root = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(register), str(root))
    for config in ("mkdocs.yml", "mkdocs.en.yml"):
        words = (sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", config)
        code, told = wheel.run(unpacked, root, *words)
        assert code == 0, told
    assert (root / "site/theme/main.html").is_file()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (None, f"docket-calls=={__version__}"),
        (
            {"url": "https://w.example/d.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "docket-calls @ https://w.example/d.whl#sha256=ab",
        ),
        (
            {"url": "https://g.example/d", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"docket-calls @ git+https://g.example/d@{COMMIT}",
        ),
        (
            {"url": "file:///srv/docket", "dir_info": {"editable": True}},
            "docket-calls @ file:///srv/docket",
        ),
    ],
)
def test_the_pin_is_where_it_came_from(
    unpacked: Path, tmp_path: Path, source: object, line: str
) -> None:
    """The pin installs the same docket: installers write where it came from (PEP 610)."""
    own = shutil.copytree(unpacked, tmp_path / "own")
    (told,) = (own / "lib").glob("docket_calls-*.dist-info")
    if source:
        (told / "direct_url.json").write_text(json.dumps(source), "utf-8")
    assert wheel.run(own, tmp_path, "docket", "--version") == (0, f"docket {__version__}\n{line}\n")


def test_from_github_its_actions_are_called_there(unpacked: Path, tmp_path: Path) -> None:
    """A docket installed from GitHub knows its home, without being told."""
    own = shutil.copytree(unpacked, tmp_path / "own")
    (told,) = (own / "lib").glob("docket_calls-*.dist-info")
    url, vcs = "https://github.com/example/docket.git", {"vcs": "git", "commit_id": COMMIT}
    (told / "direct_url.json").write_text(json.dumps({"url": url, "vcs_info": vcs}), "utf-8")
    (tmp_path / "labs.csv").write_text(SHEET, "utf-8")
    code, said = wheel.run(own, tmp_path, "docket", "init", "call", *CALL)
    assert code == 0, said
    flow = (tmp_path / "call/.github/workflows/publish.yml").read_text("utf-8")
    assert f"uses: example/docket/.github/actions/journal@{COMMIT} # v{__version__}\n" in flow
