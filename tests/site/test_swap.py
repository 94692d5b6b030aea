"""Where the built site goes, a folder, a link or a mount: nothing is lost, nobody waits in vain."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docket.site.swap import exchange, swap, turn

HERE = Path(__file__).parents[2]
MOUNTED = """
import sys
from pathlib import Path
from docket.site.swap import swap
root = Path(sys.argv[1])
swap(root / "made", root / "public", root / "old")
"""

READER = """
import select, sys
from pathlib import Path
print("reading", flush=True)
found = set()
while not select.select([sys.stdin], [], [], 0)[0]:
    found.add(Path(sys.argv[1]).read_text("utf-8"))
print(*found)
"""
SECOND = """
import os, sys
from pathlib import Path
from docket.site.swap import turn
print("asking", flush=True)
with turn(Path(sys.argv[1])):
    print(os.listdir(sys.argv[1]))
"""
OWN = {**os.environ, "PYTHONPATH": str(HERE / "tools")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site that is made, and nothing else."""
    (tmp_path / "made/en").mkdir(parents=True)
    (tmp_path / "made/index.html").write_text("new", encoding="utf-8")
    (tmp_path / "made/en/index.html").write_text("new", encoding="utf-8")
    return tmp_path


def _old(folder: Path) -> Path:
    (folder / "runder").mkdir(parents=True)
    (folder / "index.html").write_text("old", encoding="utf-8")
    return folder


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


NEW = {"index.html": "new", "en/index.html": "new"}


def test_a_folder(root: Path) -> None:
    """The folder is there, or not yet: it is the new site, whole."""
    swap(root / "made", root / "public", root / "old")
    assert _files(root / "public") == NEW
    shutil.copytree(root / "public", root / "made")
    _old(root / "other")
    swap(root / "made", root / "other", root / "old")
    assert _files(root / "other") == NEW


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link(root: Path, is_there: bool) -> None:  # noqa: FBT001 - a case
    """What it links to is changed, and the link stays."""
    place = root / "www/site"
    if is_there:
        _old(place)
    (root / "public").symlink_to(place)
    swap(root / "made", root / "public", root / "old")
    assert (root / "public").is_symlink()
    assert _files(place) == NEW


def _mounted(root: Path, *inside: str) -> int:
    """How it ends where `volume` is mounted on `public`, and folders `inside` are mounts too."""
    if subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this user may not mount")
    (root / "public").mkdir()
    mounts = ['mount --bind "$1/volume" "$1/public"']
    mounts += [f'mount --bind "$1/public/{one}" "$1/public/{one}"' for one in inside]
    command = " && ".join([*mounts, 'exec "$2" -c "$3" "$1"'])
    words = ["unshare", "-rm", "sh", "-c", command, "sh", str(root), sys.executable, MOUNTED]
    return subprocess.run(words, check=False, capture_output=True, env=OWN).returncode


def test_a_mount(root: Path) -> None:
    """A mounted folder cannot be moved: its content is."""
    _old(root / "volume")
    assert _mounted(root) == 0
    assert _files(root / "volume") == NEW
    assert not list((root / "volume").glob(".*"))


def test_the_old_site_stays_where_the_new_cannot_go(root: Path) -> None:
    """What cannot be moved away half way leaves the old site as it was."""
    _old(root / "volume")
    assert _mounted(root, "runder") == 1
    assert _files(root / "volume") == {"index.html": "old"}
    assert [one.name for one in sorted((root / "volume").iterdir())] == ["index.html", "runder"]
    assert _files(root / "made") == NEW


def test_a_reader_finds_a_page_at_any_moment(root: Path) -> None:
    """While sites change places, again and again, each page is there, the old one or the new."""
    _old(root / "public")
    if not exchange(root / "made", root / "public"):
        pytest.skip("this system cannot change two names in one step")
    words = [sys.executable, "-c", READER, str(root / "public/index.html")]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "reading\n"
        for _ in range(3_000):
            swap(root / "made", root / "public", root / "old")
        found = reader.communicate("enough\n")[0]
    assert set(found.split()) == {"old", "new"}


def test_one_builds_at_a_time(tmp_path: Path) -> None:
    """Who comes second waits, and what one that was killed left behind is gone."""
    (tmp_path / ".building-dead/da").mkdir(parents=True)
    words = [sys.executable, "-c", SECOND, str(tmp_path)]
    with contextlib.ExitStack() as stack:
        with turn(tmp_path):
            assert not list(tmp_path.iterdir())
            second = subprocess.Popen(words, stdout=subprocess.PIPE, env=OWN, text=True)
            stack.enter_context(second)
            assert second.stdout
            assert second.stdout.readline() == "asking\n"
            time.sleep(0.1)  # time enough to go ahead, if it did
            (tmp_path / "done").touch()
        assert second.stdout.read() == "['done']\n"
