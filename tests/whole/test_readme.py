"""The README tells what is there."""

import re

import pytest

from docket.cli.main import main
from support.worlds import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_commands_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The README has each command that `docket --help` names, and no other."""
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^ {4}(\w+) ", capsys.readouterr().out, re.MULTILINE)
    told = re.findall(r"^\| `docket (\w+)", README, re.MULTILINE)
    assert sorted(told) == sorted(listed)


def test_paths_are_there() -> None:
    """Each file and folder that the README names in the tree of this repository exists."""
    for path in re.findall(r"`((?:tools|tests|schema|submissions|site)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path


def test_make_targets_are_there() -> None:
    """Each make target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert f"\n{target}:" in makefile, target


def test_no_registry_host() -> None:
    """The pinned versions have hashes, and no address of where they come from."""
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in pinned
    assert "--hash=sha256:" in pinned
