"""The log of a desk: signed as OpenSSH and Git verify it, chained, and on the disk."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docket.git import log, pack
from docket.git.process import begin
from docket.git.signing import NoKey, Signer, fingerprint, new_key, verify
from docket.git.store import ZERO, Store
from support.worlds import neutral

NOW = datetime(2031, 3, 1, 11, 0, tzinfo=UTC)


def _entry(number: int, **more: str) -> log.Entry:
    return log.Entry("2031-skole", "aarhus", "ab" * 32, NOW, NOW, "form", f"F-{number}", **more)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A new repository."""
    begin(tmp_path)
    return Store(tmp_path)


def _write(store: Store, signer: Signer, entries: Sequence[log.Entry]) -> str:
    """The log with `entries`, each after the last; its head."""
    ref, parent = log.log_of(signer.public), ""
    for entry in entries:
        *_, commit = pack.put_all(
            store, [("tree", b""), ("commit", log.commit_of(entry, parent, signer))]
        )
        assert pack.move_all(store, {ref: (commit, parent or ZERO)})
        parent = commit
    return parent


def _run(*words: str, cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=cwd, env=neutral(), input=text, capture_output=True, text=True, check=False
    )


def test_what_is_written_is_read(store: Store) -> None:
    """Entries come back as they were, in order, with what is optional."""
    signer = Signer(new_key())
    entries = (_entry(1), _entry(2, link="cd" * 32), _entry(3, continues="F-2", confirms="F-1"))
    _write(store, signer, entries)
    assert log.read_log(store, signer.public) == entries
    assert log.read_log(store, Signer(new_key()).public) == ()


def test_git_verifies_it(store: Store, tmp_path: Path) -> None:
    """`git verify-commit` accepts each commit under the desk's key, and under no other."""
    signer, other = Signer(new_key()), Signer(new_key())
    head = _write(store, signer, [_entry(1), _entry(2)])
    for key, code in ((signer, 0), (other, 1)):
        (tmp_path / "signers").write_text(f'desk namespaces="git" {key.public}\n')
        allowed = f"gpg.ssh.allowedSignersFile={tmp_path / 'signers'}"
        for name in (head, f"{head}^"):
            done = _run(
                "git", "-c", "gpg.format=ssh", "-c", allowed, "verify-commit", name, cwd=tmp_path
            )
            assert done.returncode == code, done.stderr
    assert _run("git", "fsck", "--strict", cwd=tmp_path).returncode == 0


def test_openssh_verifies_it(tmp_path: Path) -> None:
    """`ssh-keygen -Y verify` accepts a signature, and we accept one that ssh-keygen made."""
    keygen = shutil.which("ssh-keygen")
    if keygen is None:
        assert not os.environ.get("CI"), "openssh-client is missing"
        pytest.skip("no ssh-keygen here: install Debian's package openssh-client")
    signer = Signer(new_key())
    (tmp_path / "signers").write_text(f"desk {signer.public}\n")
    (tmp_path / "sig").write_text(signer.sign(b"payload"))
    words = (keygen, "-Y", "verify", "-f", "signers", "-I", "desk", "-n", "git", "-s", "sig")
    assert _run(*words, cwd=tmp_path, text="payload").returncode == 0
    assert _run(*words, cwd=tmp_path, text="Payload").returncode != 0
    assert _run(keygen, "-q", "-t", "ed25519", "-N", "", "-f", "key", cwd=tmp_path).returncode == 0
    (tmp_path / "text").write_text("payload")
    done = _run(keygen, "-Y", "sign", "-f", "key", "-n", "git", "text", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    theirs = (tmp_path / "text.sig").read_text()
    public = (tmp_path / "key.pub").read_text()
    assert verify(b"payload", theirs, public)
    assert not verify(b"payload", theirs, signer.public)
    assert Signer((tmp_path / "key").read_bytes()).public == " ".join(public.split()[:2])


def test_a_forger_gains_nothing(store: Store) -> None:
    """A commit put after the log without its key, or signed by another one, is told."""
    signer, forger = Signer(new_key()), Signer(new_key())
    head = _write(store, signer, [_entry(1)])
    forged = log.commit_of(_entry(2), head, forger)
    unsigned = b"\n".join(
        line for line in forged.split(b"\n") if not line.startswith((b"gpgsig", b" ", b"-----END"))
    )
    changed = log.commit_of(_entry(2), head, signer).replace(b"aarhus", b"odense")
    for commit in (forged, unsigned, changed):
        (new,) = pack.put_all(store, [("commit", commit)])
        ref = log.log_of(signer.public)
        assert pack.move_all(store, {ref: (new, store.resolve(ref))})
        with pytest.raises(log.Forged):
            log.read_log(store, signer.public)


def test_a_retired_key_counts_up_to_its_last(store: Store) -> None:
    """What the holder of a retired key adds later is not read."""
    signer = Signer(new_key())
    last = _write(store, signer, [_entry(1)])
    later = log.commit_of(_entry(2), last, signer)
    (new,) = pack.put_all(store, [("commit", later)])
    assert pack.move_all(store, {log.log_of(signer.public): (new, last)})
    assert len(log.read_log(store, signer.public)) == 2
    assert log.read_log(store, signer.public, last) == (_entry(1),)


def test_odd_commits_are_left_out(store: Store) -> None:
    """A signed commit that says no receipt is no receipt, and hides none after it."""
    signer = Signer(new_key())
    (tree,) = pack.put_all(store, [("tree", b"")])
    payload = f"tree {tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nHello\n"
    signature = signer.sign(payload.encode()).rstrip("\n").replace("\n", "\n ")
    odd = payload.replace("\n\n", f"\ngpgsig {signature}\n\n", 1).encode()
    (first,) = pack.put_all(store, [("commit", odd)])
    (second,) = pack.put_all(store, [("commit", log.commit_of(_entry(1), first, signer))])
    assert pack.move_all(store, {log.log_of(signer.public): (second, ZERO)})
    assert log.is_signed(odd, signer.public)
    assert log.read_log(store, signer.public) == (_entry(1),)


def test_refs_move_all_or_none(store: Store) -> None:
    """Where one of several refs is not what it was, none moves."""
    first, second = pack.put_all(store, [("blob", b"1"), ("blob", b"2")])
    assert pack.move_all(store, {"refs/docket/a": (first, ZERO)})
    assert not pack.move_all(
        store, {"refs/docket/b": (second, ZERO), "refs/docket/a": (second, ZERO)}
    )
    assert store.resolve("refs/docket/a") == first
    assert store.resolve("refs/docket/b") == ""


def test_large_objects(store: Store) -> None:
    """An object of any size is kept as Git itself would keep it."""
    contents = [b"x" * size for size in (0, 15, 16, 2047, 2048, 100_000)]
    ids = pack.put_all(store, [("blob", content) for content in contents])
    assert [store.blob(one) for one in ids] == contents
    pack.flush(store, ids, ["refs/docket/a"])


@pytest.mark.parametrize(
    "text", ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa AAAAB3NzaC1yc2E="]
)
def test_no_key(text: str) -> None:
    """What is no Ed25519 key is refused, and verifies nothing."""
    with pytest.raises(NoKey):
        fingerprint(text)
    with pytest.raises(NoKey):
        Signer(text.encode())
    assert not verify(b"x", Signer(new_key()).sign(b"x"), text)


@pytest.mark.parametrize("armored", ["", "-----BEGIN SSH SIGNATURE-----", "x" * 300])
def test_no_signature(armored: str) -> None:
    """What is no signature verifies nothing."""
    signer = Signer(new_key())
    whole = signer.sign(b"x")
    at = len(whole) - 60
    other = "A" if whole[at] != "A" else "B"
    assert not verify(b"x", armored, signer.public)
    assert not verify(b"x", whole[:at] + other + whole[at + 1 :], signer.public)
    assert verify(b"x", whole, signer.public)
