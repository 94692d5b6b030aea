"""The file of a receipt: what is written is read, and nothing else is."""

import contextlib
import json
import shutil
import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.git import log
from docket.git.receipt import MOST, NoReceipt, Proof, digest, fits, read_receipt, receipt_file
from docket.git.signing import NoKey, Signer, fingerprint, new_key
from support.worlds import neutral

NOW = datetime(2031, 3, 1, 11, 0, tzinfo=UTC)
SIGNER = Signer(new_key())
SALT = bytes(range(16))


def _commit(content: bytes) -> bytes:
    digest = sha256(SALT + content).hexdigest()
    entry = log.Entry("2031-skole", "aarhus", digest, NOW, NOW, "form", "F-1")
    return log.commit_of(entry, "", SIGNER)


@given(st.binary() | st.text().map(str.encode))
def test_what_is_written_is_read(content: bytes) -> None:
    """Any bytes come back, with the commit that Git has."""
    commit = _commit(content)
    file = receipt_file(commit, SALT, content)
    proof = read_receipt(file.encode())
    found = json.loads(file)
    assert proof == Proof(commit, found["id"], fingerprint(SIGNER.public), SALT, content)
    assert not set(file) & set("\n\t\r")
    assert receipt_file(proof.commit, proof.salt, proof.content) == file


@given(st.data())
def test_no_byte_can_differ_and_mean_the_same(data: st.DataObject) -> None:
    """A file with one byte changed is not read, or brings something else."""
    file = receipt_file(_commit(b"a: \xc3\xa6\n"), SALT, data.draw(st.binary(max_size=9))).encode()
    at, mask = data.draw(st.integers(0, len(file) - 1)), data.draw(st.integers(1, 255))
    changed = file[:at] + bytes([file[at] ^ mask]) + file[at + 1 :]
    with contextlib.suppress(NoReceipt):
        assert read_receipt(changed) != read_receipt(file)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"1",
        b'"text"',
        b"{}",
        b"{" * 100_000,
        b"[" * 100_000,
        b"9" * 100_000,
        b'{"version":1}',
        b'{"version":true,"id":"","key":"","commit":"","salt":"","bytes":""}',
        b'{"version":2,"id":"","key":"","commit":"","salt":"","bytes":""}',
        b'{"version":1,"id":[],"key":"","commit":"","salt":"","bytes":""}',
        b'{"version":1,"id":"","key":{},"commit":"","salt":"","bytes":""}',
        b'{"version":1,"id":"","key":"","commit":7,"salt":"","bytes":""}',
        b'{"version":1,"id":"","key":"","commit":"","salt":"AB","bytes":""}',
        b'{"version":1,"id":"","key":"","commit":"","salt":null,"bytes":""}',
        b'{"version":1,"id":"","key":"","commit":"","salt":"","bytes":"\\ud800"}',
        b'{"version":1,"id":"","key":"","commit":"","salt":"","bytes":{"base64":"YQ=="}}',
        b'{"version":1,"id":"","key":"","commit":"","salt":"","bytes":{"base64":"//5="}}',
        b'{"version":1,"id":"","key":"","commit":"","salt":"","bytes":{"base64":[]}}',
        b" " * MOST + b" ",
        b"\xff\xfe",
    ],
)
def test_what_is_no_receipt(text: bytes) -> None:
    """Whatever else is JSON, or is not, is told in one way."""
    with pytest.raises(NoReceipt):
        read_receipt(text)


def test_an_unsigned_commit_has_no_receipt() -> None:
    """There is nothing that it could prove."""
    with pytest.raises(NoKey):
        receipt_file(b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nReceipt F-1\n", SALT, b"")


def test_it_can_be_written_into_git_again(tmp_path: Path) -> None:
    """With nothing but jq and Git: the commit has its id and its signature, in any repository."""
    jq = shutil.which("jq")
    if jq is None:
        pytest.skip("no jq here")
    (tmp_path / "receipt.json").write_text(receipt_file(_commit(b"a\n"), SALT, b"a\n"))
    (tmp_path / "signers").write_text(f"docket@localhost {SIGNER.public}\n")
    lines = """git init -q
        jq -j .commit receipt.json > commit
        test "$(git hash-object -t commit -w commit)" = "$(jq -r .id receipt.json)"
        git -c gpg.ssh.allowedSignersFile="$PWD/signers" verify-commit "$(jq -r .id receipt.json)"
    """
    words = ["sh", "-ec", lines]
    done = subprocess.run(words, cwd=tmp_path, env=neutral(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_byte_passes_for_salt() -> None:
    """The digest is of salt and bytes in a row: moved between them, it is still not theirs."""
    said = digest(SALT, b"# note\na: b\n")
    assert fits(SALT, b"# note\na: b\n", said)
    assert not fits(SALT + b"# note\n", b"a: b\n", said)
    assert not fits(SALT[:-1], SALT[-1:] + b"# note\na: b\n", said)
