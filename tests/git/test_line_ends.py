"""Whatever line ends Git is told to write: what was received is kept, and nothing goes back."""

import subprocess
from pathlib import Path

import pytest

from docket.cli.main import main
from support.randers import PATH, TEXT
from support.worlds import ROOT, docket_of, found_in, git

SETTINGS = {
    "autocrlf": ("core.autocrlf=true", ""),
    "eol": ("core.eol=crlf", "* text=auto\n"),
    "attributes": ("core.autocrlf=input", "*.yml text eol=crlf\n"),
    "ours": ("core.autocrlf=true", (ROOT / ".gitattributes").read_text("utf-8")),
}


@pytest.fixture(params=SETTINGS)
def clone(request: pytest.FixtureRequest, register: Path, tmp_path: Path) -> Path:
    """A fresh clone of an organiser whose Git changes line ends."""
    setting, attributes = SETTINGS[request.param]
    if attributes:
        (register / ".gitattributes").write_text(attributes, "utf-8")
        git(register, "add", "--all")
        git(register, "commit", "--quiet", "--message", "attributes")
    place = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--config", setting, str(register), str(place))
    return place


def receive(root: Path, text: str, hour: int) -> int:
    """Register a file that came by e-mail."""
    file = root.parent / "sendt.yml"
    file.write_bytes(text.encode())
    when = ("--received", f"2031-03-05T{hour}:00:00+01:00", "--at", "2031-12-01")
    words = ("receive", str(file), "--round", "2031-skole", "--via", "e-mail", *when)
    return main(["-C", str(root), *words])


def test_nothing_is_undone(clone: Path) -> None:
    """Three in a row, the index follows each, and the organiser's next commit holds nothing."""
    for hour in (10, 11, 12):
        assert receive(clone, f"{TEXT}# kl. {hour}\n", hour) == 0
        assert git(clone, "status", "--porcelain") == ""
        assert found_in(clone, "2031-08-01") == []
    with pytest.raises(subprocess.CalledProcessError):
        git(clone, "commit", "--all", "--message", "nothing to commit")
    assert git(clone, "show", f"HEAD:{PATH}").endswith("# kl. 12")
    assert git(clone, "show", "HEAD:submissions/2031-skole/receipts.yml").count("randers") == 3


def test_read_as_kept(clone: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What Git has written with other line ends has the receipt of what it keeps."""
    path = clone / "submissions/2031-skole/viborg.yml"
    is_changed = b"\r\n" in path.read_bytes()
    told = []
    for root in (register, clone):
        assert main(["-C", str(root), "--at", "2031-03-06", "inbox"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"#\r\n")
    docket = docket_of(clone, "2031-03-06")
    kept = docket.blobs["submissions/2031-skole/viborg.yml"]
    assert kept not in {one.blob for one in docket.receipts}
    assert is_changed or "-text" in (clone / ".gitattributes").read_text("utf-8")
