"""Reading a folder: never through a link, never waiting, never more than it must."""

import os
from pathlib import Path

import pytest

from docket.loading.limits import LIMIT
from docket.loading.trees import Folder, Unreadable
from support.worlds import found_in

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
