"""Keys as OpenSSH lists them: read as ssh-keygen reads them, written as it wants them."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.git.allowed import Known, NotAllowed, read_allowed, write_allowed
from docket.git.signing import Signer, new_key

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZVP++o6i7iAant5PiNw2Ixl5f2YtyVf3uwmlIEBvsd"
"""The same in every run: the tests are called after it."""


@pytest.mark.parametrize(
    "line",
    [
        f"desk {KEY}",
        f"desk {KEY} a comment",
        f"  desk\t{KEY}",
        f'"desk" {KEY}',
        f'desk namespaces="git" {KEY}',
        f'desk namespaces="file,git" {KEY}',
        f'desk namespaces="g*" {KEY}',
        f'desk NAMESPACES="git" {KEY}',
        f"# note\n\ndesk {KEY}\n",
        f"other ecdsa-sha2-nistp256 AAAA\ndesk {KEY}\nca cert-authority {KEY}",
    ],
)
def test_lines_that_count(line: str) -> None:
    """However it is written, it is one key."""
    assert read_allowed(line) == (Known(KEY, "desk"),)


@pytest.mark.parametrize(
    "line",
    [
        f'desk namespaces="file" {KEY}',
        f'desk namespaces="*,!git" {KEY}',
        f"desk cert-authority {KEY}",
        "desk ssh-rsa AAAA",
        "",
        "# nothing",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    """What cannot have signed a receipt is passed over."""
    assert read_allowed(line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "desk",
        "desk ssh-ed25519",
        "desk ssh-ed25519 AAAA",
        f"desk no-such-option {KEY}",
        f"desk namespaces=git {KEY}",
        f'desk valid-before="soon" {KEY}',
        f'desk valid-before="2031" {KEY}',
        f'desk valid-before="20311301" {KEY}',
        KEY,
        "<!doctype html>",
        "{}",
    ],
)
def test_lines_that_nobody_understands(line: str) -> None:
    """They are told by their number, never passed over."""
    with pytest.raises(NotAllowed) as told:
        read_allowed(f"desk {KEY}\n{line}\n")
    assert told.value.args == (2,)


def test_times() -> None:
    """A key may sign from one time until another; without Z it is this machine's."""
    line = f'desk valid-after="20300101Z",valid-before="20310301110000Z" {KEY}'
    (one,) = read_allowed(line)
    assert one.after == datetime(2030, 1, 1, tzinfo=UTC)
    assert one.before == datetime(2031, 3, 1, 11, tzinfo=UTC)
    (here,) = read_allowed(f'desk valid-before="203103011100" {KEY}')
    assert here.before == datetime(2031, 3, 1, 11).astimezone()


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    """It is read or told, and nothing else."""
    try:
        assert all(one.key.startswith("ssh-ed25519 ") for one in read_allowed(text))
    except NotAllowed:
        assert text.strip()


def test_ssh_keygen_reads_what_is_written(tmp_path: Path) -> None:
    """What is written is read the same, here and by `ssh-keygen -Y verify`."""
    keygen = shutil.which("ssh-keygen")
    if keygen is None:
        assert not os.environ.get("CI"), "openssh-client is missing"
        pytest.skip("no ssh-keygen here: install Debian's package openssh-client")
    retired = Known(Signer(new_key()).public, "desk", before=datetime(2031, 3, 1, 11, tzinfo=UTC))
    signer = Signer(new_key())
    known = (Known(signer.public, "desk"), retired)
    text = write_allowed(known)
    assert read_allowed(text) == known
    (tmp_path / "signers").write_text(text)
    (tmp_path / "sig").write_text(signer.sign(b"payload"))
    words = (keygen, "-Y", "verify", "-f", "signers", "-I", "desk", "-n", "git", "-s", "sig")
    done = subprocess.run(words, cwd=tmp_path, input=b"payload", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
