"""What the desk keeps goes at the round's retention; log and receipts stay whole."""

import json
import os
from pathlib import Path

import pytest

from docket.acts.deskwork import Deskwork
from docket.cli.main import main
from docket.git.allowed import Known, write_allowed
from docket.git.log import NAME
from docket.git.objects import blob_id
from docket.git.store import Store
from docket.text.catalogue import say
from support.randers import TEXT
from support.receipts import Given, give
from support.worlds import commit, git, objects

ROUND = "2031-skole"
OTHER = TEXT.replace("Sekretariatet", "Kontoret")
AFTER = "2033-01-01"


@pytest.fixture
def given(register: Path) -> list[Given]:
    """The receipts of a round whose retention ends with 2032; the first is taken in."""
    path = register / f"submissions/{ROUND}/round.yml"
    path.write_text(path.read_text("utf-8") + "retention: 2032-12-31\n", "utf-8")
    found = give(register, TEXT)
    words = ("accept", f"submission/{ROUND}/randers", "--at", "2031-03-02")
    assert main(["-C", str(register), *words]) == 0
    found += give(register, OTHER, publish=False)
    for one in (register / ".git/objects").rglob("*"):
        os.utime(one, (0, 0))  # long ago
    return found


def _erase(root: Path, at: str = AFTER) -> int:
    return main(["-C", str(root), "erase", ROUND, "--yes", "--at", at])


def test_the_bytes_go_and_the_chain_stays(
    register: Path, given: list[Given], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nothing of what was not taken in is left; every receipt still verifies, here and with Git."""
    main(["-C", str(register), "inbox", "--at", AFTER])
    assert f"docket erase {ROUND}" in capsys.readouterr().out
    assert "Kontoret" in objects(register)
    codes = [main(["-C", str(register), "check", "--at", AFTER])]
    assert _erase(register) == 0
    capsys.readouterr()
    assert "Kontoret" not in objects(register)
    assert git(register, "for-each-ref", "refs/docket/received", "refs/heads/submission") == ""
    codes.append(main(["-C", str(register), "check", "--at", AFTER]))
    assert codes == [0, 0]
    signers = tmp_path / "signers"
    work = Deskwork.start(Store(register))
    signers.write_text(write_allowed([Known(work.signer.public, NAME)]))
    for one in given:
        git(register, "-c", f"gpg.ssh.allowedSignersFile={signers}", "verify-commit", one.id)
        (tmp_path / "given.json").write_text(one.file)
        capsys.readouterr()
        assert main(["-C", str(register), "verify", str(tmp_path / "given.json")]) == 0
        assert say("verify.here.deleted", "da") in capsys.readouterr().out
    git(register, "fsck", "--strict")
    main(["-C", str(register), "inbox", "--at", AFTER])
    assert f"docket erase {ROUND}" not in capsys.readouterr().out


def test_it_says_what_git_still_has(
    register: Path, given: list[Given], capsys: pytest.CaptureFixture[str]
) -> None:
    """What was taken in stands in the history, and that is said; a second time there is nothing."""
    assert _erase(register) == 0
    told = capsys.readouterr().out
    assert say("erase.done", "da", count=len(given)) in told
    assert say("erase.still", "da", count=1) in told
    assert git(register, "cat-file", "-t", blob_id(TEXT.encode())) == "blob"
    assert _erase(register) == 0
    assert capsys.readouterr().out == say("erase.nothing", "da", round=ROUND) + "\n"


@pytest.mark.usefixtures("given")
def test_not_before_its_day(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While the round is kept nothing is deleted, nor where nobody said until when."""
    assert _erase(register, "2032-12-31") == 2
    assert "31. december 2032" in capsys.readouterr().err
    path = register / f"submissions/{ROUND}/round.yml"
    path.write_text(path.read_text("utf-8").replace("retention", "# retention"), "utf-8")
    commit(register, "unset")
    assert _erase(register) == 2
    assert "retention:" in capsys.readouterr().err
    assert git(register, "for-each-ref", "refs/docket/received") != ""


@pytest.mark.usefixtures("given")
def test_in_the_inbox(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs are told as well."""
    main(["-C", str(register), "inbox", "--format", "json", "--at", AFTER])
    items = json.loads(capsys.readouterr().out)["items"]
    assert {"kind": "retained", "round": ROUND, "when": "2032-12-31"}.items() <= items[-1].items()
