"""`docket verify`: three exit codes, and a sentence for each verdict."""

import io
import os
import shutil
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docket.acts.verify import FALSE, Verdict
from docket.cli.main import main
from docket.git.allowed import Known, write_allowed
from docket.git.signing import shown
from docket.text.catalogue import say
from docket.text.terminology import stranger
from support.randers import TEXT
from support.receipts import FORGER, SIGNER, Given, give, receipt
from support.worlds import commit, git

OTHER = TEXT.replace("Sekretariatet", "Kontoret")

NOBODY = stranger(ZoneInfo("UTC"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no register, with a receipt and the key it is signed with."""
    (tmp_path / "receipt.json").write_text(receipt().file, encoding="utf-8")
    (tmp_path / "signers").write_text(write_allowed([Known(SIGNER.public, "desk@localhost")]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_genuine_with_nothing_but_the_keys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without register, network or Git: for which bytes, and from when."""
    monkeypatch.setenv("PATH", os.devnull)
    assert main(["verify", "receipt.json", "--signers", "signers"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(say("verify.said.genuine", "da"))
    assert "lørdag den 1. marts 2031 kl. 12.00" in told
    assert f"{shown(SIGNER.public)} desk@localhost" in told
    for line in TEXT.splitlines():
        assert f"    {line}\n" in told


def test_from_stdin(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receipt can come through a pipe."""
    for words in (["-"], []):
        content = io.BytesIO((folder / "receipt.json").read_bytes())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
        assert main(["verify", *words, "--signers", "signers", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("The receipt is genuine")


def test_without_keys_nothing_is_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It only says by which key it is signed; a broken one is told all the same."""
    assert main(["verify", "receipt.json"]) == 2
    assert shown(SIGNER.public) in capsys.readouterr().out.splitlines()[0]
    (folder / "bad").write_text(receipt().file.replace("randers", "aarhus"))
    assert main(["verify", "bad"]) == 1


def test_a_forged_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a forger signed is not genuine, and nothing of it is repeated."""
    (folder / "forged").write_text(receipt(signer=FORGER).file)
    assert main(["verify", "forged", "--signers", "signers"]) == 1
    told = capsys.readouterr().out
    assert told == say("verify.said.unknown", "da", key=shown(FORGER.public)) + "\n"


def test_keys_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of keys that is none is told in one sentence."""
    (folder / "broken").write_text("desk ssh-ed25519 what\n")
    (folder / "empty").write_text("# nobody\n")
    for name, sign in (("broken", "linje 1"), ("empty", "ingen nøgle"), ("nowhere", "åbnes")):
        assert main(["verify", "receipt.json", "--signers", name]) == 2
        assert sign in capsys.readouterr().err
    assert main(["verify", "nowhere"]) == 2


def test_each_verdict_is_said() -> None:
    """A sentence for every verdict, in both languages, and an exit code."""
    facts = {"key": "k", "id": "i", "logged": "l"}
    for lang in ("da", "en"):
        told = {say(f"verify.said.{one}", lang, NOBODY, **facts) for one in Verdict}
        assert len(told) == len(Verdict)
    assert Verdict.GENUINE not in FALSE


def _verify(root: Path, given: Given, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    (root.parent / "given.json").write_text(given.file, encoding="utf-8")
    code = main(["-C", str(root), "verify", str(root.parent / "given.json")])
    return code, capsys.readouterr().out


def test_in_a_register(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own keys count, and its log tells more; without Git the keys are enough."""
    first, second = give(register, TEXT, OTHER)
    code, told = _verify(register, second, capsys)
    assert code == 0
    assert say("verify.here.logged", "da") in told
    assert "Randers Kommune" in told
    assert _verify(register, receipt(), capsys)[0] == 1
    ref = git(register, "for-each-ref", "--format=%(refname)", "refs/docket/log/")
    git(register, "update-ref", ref, first.id)
    code, told = _verify(register, second, capsys)
    assert code == 0
    assert say("verify.here.unlogged", "da") in told
    shutil.rmtree(register / ".git")
    code, told = _verify(register, second, capsys)
    assert code == 0
    assert say("verify.here.unlogged", "da") not in told


def test_a_retired_key_by_its_log(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written after its last is not genuine; where the log is gone nobody can tell."""
    first, second = give(register, TEXT, OTHER)
    path = register / "submissions/organiser.yml"
    path.write_text(path.read_text().replace("}]", f", last: {first.id}}}]"))
    commit(register, "retired")
    assert _verify(register, first, capsys)[0] == 0
    code, told = _verify(register, second, capsys)
    assert (code, told) == (1, say("verify.said.spent", "da") + "\n")
    shutil.rmtree(register / ".git")
    code, told = _verify(register, first, capsys)
    assert code == 2
    assert told.startswith(say("verify.said.retired", "da", NOBODY, id=first.id))


def test_a_terminal_is_not_harmed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the bytes moves no cursor."""
    (folder / "evil").write_text(receipt(b"a: \x1b[2J\n").file)
    assert main(["verify", "evil", "--signers", "signers"]) == 0
    assert "\x1b" not in capsys.readouterr().out
