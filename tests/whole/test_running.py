"""What lies beside the guide for who runs a desk: a backup that is played back, and the files."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docket.acts.outbox import Stage
from docket.cli.main import main
from support.desk import body, desk_of, post, still
from support.randers import TEXT
from support.receipts import give
from support.worlds import ROOT, git, neutral

FILES = ROOT / "site/theme/assets/running"


def _run(*words: object) -> str:
    env = neutral() | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    done = subprocess.run(
        list(map(str, words)), env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_a_desk_from_its_backup(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It knows its receipts and their links, gives new ones after them, and mails what waited."""
    given = give(register, TEXT.replace("Sekretariatet", "Staben"))
    receipt = tmp_path / "receipt.json"
    receipt.write_text(given[0].file, "utf-8")
    with desk_of(register, tmp_path, clock=still()) as port:
        _, first, _ = post(port, body(token="B" * 22))
    queue = register / ".git/docket/mail" / Stage.WAITING
    queue.mkdir(parents=True)
    (queue / f"{first['reference']}.receipt").write_text("To: somebody\n", "utf-8")
    refs = git(register, "for-each-ref")
    copy = _run(FILES / "backup.sh", register, tmp_path / "copies")
    assert Path(copy).stat().st_mode & 0o077 == 0
    shutil.rmtree(register)
    _run(FILES / "restore.sh", copy, register)
    assert git(register, "for-each-ref") == refs
    assert git(register, "status", "--porcelain") == ""
    assert [one.name for one in queue.iterdir()] == [f"{first['reference']}.receipt"]
    assert main(["-C", str(register), "verify", str(receipt)]) == 0
    with desk_of(register, tmp_path, clock=still()) as port:
        _, again, _ = post(port, body(token="B" * 22))
        _, changed, _ = post(port, body(TEXT.replace("post@", "ny@"), token="B" * 22))
    assert again == first
    assert changed["reference"] != first["reference"]
    assert changed["own"]
    git(register, "fsck", "--strict")
    assert main(["-C", str(register), "check", "--at", "2031-03-01"]) == 0
    capsys.readouterr()


def test_a_backup_hurts_nothing(register: Path, tmp_path: Path) -> None:
    """A register is never restored over a folder that is there."""
    with desk_of(register, tmp_path, clock=still()) as port:
        post(port, body())
    copy = _run(FILES / "backup.sh", register, tmp_path / "copies")
    with pytest.raises(subprocess.CalledProcessError):
        _run(FILES / "restore.sh", copy, register)
    assert git(register, "status", "--porcelain") == ""


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_guide_names_each_file(lang: str) -> None:
    """The page links to every file that lies beside it, and to no other."""
    page = (ROOT / f"site/{lang}/drift.md").read_text("utf-8")
    named = set(re.findall(r'href="../assets/running/([^"]+)"', page))
    assert named == {one.name for one in FILES.iterdir()}


def test_the_unit_is_one(tmp_path: Path) -> None:
    """Systemd reads the unit without a word, and finds it well shut."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    text = (FILES / "docket.service").read_text("utf-8")
    unit = tmp_path / "docket.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text), "utf-8")
    words = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert str(unit) not in done.stderr
    if "--offline" in _run("systemd-analyze", "--help"):
        told = _run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)
        assert "Overall exposure level" in told
