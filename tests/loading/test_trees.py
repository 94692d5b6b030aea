"""Reading a folder: never through a link, never waiting, never more than it must."""

import os
import shutil
from pathlib import Path

import pytest

from docket.loading.limits import LIMIT
from docket.loading.trees import Folder, Unreadable
from support.worlds import commit, found_in, git

SKOLE = "submissions/2031-skole"


def test_links_are_not_followed(register: Path, tmp_path: Path) -> None:
    """A link's target is neither read nor told, be it a file, a folder, itself or nothing."""
    (tmp_path / "secret").write_text("hemmelig: 1\n", "utf-8")
    (register / SKOLE / "randers.yml").symlink_to(tmp_path / "secret")
    (register / SKOLE / "skive.yml").symlink_to("skive.yml")
    (register / SKOLE / "struer.yml").symlink_to("/does/not/exist")
    (register / "submissions/2032-link").symlink_to(register / SKOLE)
    found = found_in(register)
    assert found == [
        f"{SKOLE}/randers.yml:1:1 F01",
        f"{SKOLE}/skive.yml:1:1 F01",
        f"{SKOLE}/struer.yml:1:1 F01",
        "submissions/2032-link:1:1 F06",
    ]


LEFT = ["desktop.ini", "Thumbs.db", ".DS_Store", "._randers.yml", ".#randers.yml", "#randers.yml#"]
LEFT += [
    ".randers.yml.swp",
    "randers.yml~",
    "randers.yml.orig",
    "~$liste.xlsx",
    ".~lock.liste.ods#",
]
LEFT += [".idea/workspace.xml", "randers.yml.bak", "hemmelig.txt"]


@pytest.mark.parametrize("is_git", [True, False])
def test_what_nobody_meant_is_not_seen(register: Path, is_git: bool) -> None:  # noqa: FBT001 - a case
    """What Git ignores, and what systems and editors leave, is no file of the register."""
    (register / ".git/info").mkdir(exist_ok=True)
    (register / ".git/info/exclude").write_text("*.txt\n", "utf-8")
    left = LEFT if is_git else LEFT[:-1]
    if not is_git:
        shutil.rmtree(register / ".git")
    for name in left:
        (register / SKOLE / name).parent.mkdir(exist_ok=True)
        (register / SKOLE / name).write_text("x: [", "utf-8")
    before = set(Folder(register))
    assert {f"{SKOLE}/{name}" for name in left} & before == set()
    assert f"{SKOLE}/viborg.yml" in before


def test_what_git_has_is_seen(register: Path) -> None:
    """A strange file that was taken in is told, whatever its name; so is one that looks meant."""
    for name in ("desktop.ini", "randers.yml~", ".gitkeep", "Tilkendegivelse.docx"):
        (register / SKOLE / name).write_text("x", "utf-8")
    assert found_in(register) == [f"{SKOLE}/Tilkendegivelse.docx:1:1 F06"]
    commit(register, "all")
    names = ("Tilkendegivelse.docx", "desktop.ini", "randers.yml~")
    assert found_in(register) == [f"{SKOLE}/{name}:1:1 F06" for name in names]


def test_in_a_part_of_a_repository(register: Path, tmp_path: Path) -> None:
    """A register in a folder of a larger repository is seen alike."""
    git(tmp_path, "init", "--quiet")
    shutil.rmtree(register / ".git")
    (tmp_path / ".gitignore").write_text("*.txt\n", "utf-8")
    for name in ("desktop.ini", "a.txt", "a.doc"):
        (register / SKOLE / name).write_text("x", "utf-8")
    new = {one for one in Folder(register) if "/a." in one or "desktop" in one}
    assert new == {f"{SKOLE}/a.doc"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_fifo_never_hangs(register: Path) -> None:
    """A FIFO that nobody writes to is a finding, at once."""
    os.mkfifo(register / SKOLE / "randers.yml")
    assert found_in(register) == [f"{SKOLE}/randers.yml:1:1 F01"]


def test_became_a_fifo(register: Path) -> None:
    """What was a file when it was listed and is a FIFO when it is read is refused."""
    path = register / SKOLE / "viborg.yml"
    tree = Folder(register)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Unreadable) as caught:
        tree[f"{SKOLE}/viborg.yml"]
    assert caught.value.kind == "special"


def test_huge_file_by_its_size(register: Path) -> None:
    """A file of 50 MB is refused by its size; nothing of it is read."""
    path = register / SKOLE / "randers.yml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert found_in(register) == [f"{SKOLE}/randers.yml:1:1 F01"]


def test_largest_file(register: Path) -> None:
    """A file of exactly 64 KiB is read."""
    path = register / SKOLE / "viborg.yml"
    text = path.read_text("utf-8")
    path.write_text(text + "#" * (LIMIT - len(text.encode())), "utf-8")
    assert found_in(register) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(register: Path) -> None:
    """A file that may not be read is a finding."""
    (register / SKOLE / "viborg.yml").chmod(0)
    assert found_in(register) == [f"{SKOLE}/viborg.yml:1:1 F01"]
