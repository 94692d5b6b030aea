"""Whether a receipt is genuine: each way in which it is not has a verdict of its own."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.acts.verify import FALSE, Judged, Verdict, judge
from docket.git import log
from docket.git.allowed import Known
from docket.git.signing import fingerprint
from support.randers import TEXT
from support.receipts import FORGER, SALT, SIGNER, receipt
from support.worlds import NOW

KNOWN = (Known(SIGNER.public),)
GIVEN = receipt()
LATER = NOW + timedelta(days=1)


def _changed(**values: object) -> bytes:
    return json.dumps({**json.loads(GIVEN.file), **values}).encode()


def _verdict(data: bytes | str, known: tuple[Known, ...] | None = KNOWN) -> Verdict:
    return judge(data if isinstance(data, bytes) else data.encode(), known, NOW).verdict


def test_a_genuine_one() -> None:
    """It tells which bytes were received when, and which key says so."""
    found = judge(GIVEN.file.encode(), KNOWN, NOW)
    assert found.verdict is Verdict.GENUINE
    assert found.proof
    assert found.proof.content == TEXT.encode()
    assert found.entry
    assert (found.entry.municipality, found.entry.received) == ("randers", NOW)
    assert (found.public, found.known) == (SIGNER.public, KNOWN[0])
    pretty = json.dumps(json.loads(GIVEN.file), indent=2)
    assert _verdict(pretty) is Verdict.GENUINE  # what an editor did to it changes nothing


def test_what_contradicts_itself() -> None:
    """What was changed in it is told, whether a key is known or not."""
    commit, key = json.loads(GIVEN.file)["commit"], fingerprint(FORGER.public)
    moved = commit.replace("Received: 2031-03-01", "Received: 2031-02-01")
    for data, verdict in (
        (_changed(id="0" * 40), Verdict.ID),
        (_changed(commit=moved), Verdict.ID),
        (_changed(commit=moved, id=_id(moved)), Verdict.SIGNATURE),
        (_changed(commit="\n\nRound: x", id=_id("\n\nRound: x")), Verdict.SIGNATURE),
        (_changed(key=key), Verdict.KEY),
        (_changed(bytes=TEXT.replace("pending", "approved")), Verdict.DIGEST),
        (_changed(salt="00" * 16), Verdict.DIGEST),
        (_changed(salt=""), Verdict.SALT),
        (_changed(salt=(SALT + TEXT[:5].encode()).hex(), bytes=TEXT[5:]), Verdict.SALT),
    ):
        assert verdict in FALSE
        for known in (KNOWN, None):
            assert _verdict(data, known) is verdict


def _id(commit: str) -> str:
    from docket.git.pack import id_of  # noqa: PLC0415

    return id_of("commit", commit.encode())


def test_a_forger_gains_nothing() -> None:
    """A receipt by another key is not genuine, also where it names the true one."""
    forged = receipt(signer=FORGER)
    assert _verdict(forged.file) is Verdict.UNKNOWN
    named = {**json.loads(forged.file), "key": fingerprint(SIGNER.public)}
    assert _verdict(json.dumps(named)) is Verdict.KEY
    assert _verdict(forged.file, None) is Verdict.UNJUDGED
    assert _verdict(GIVEN.file, None) is Verdict.UNJUDGED


def test_a_signed_commit_that_is_no_receipt() -> None:
    """The key may have signed something else."""
    entry = log.Entry("r", "m", "d", NOW, NOW, "form", "F-1")
    unsaid = log.commit_of(entry, "", SIGNER).partition(b"\ngpgsig")[0] + b"\n\nHello\n"
    signed = SIGNER.sign(unsaid).rstrip("\n").replace("\n", "\n ")
    head, _, rest = unsaid.decode().partition("\n\n")
    commit = f"{head}\ngpgsig {signed}\n\n{rest}"
    assert _verdict(_changed(commit=commit, id=_id(commit))) is Verdict.ENTRY


def test_a_retired_key() -> None:
    """Only the log orders what its holder could date back."""
    known = [Known(SIGNER.public, last="c" * 40)]
    for stands, verdict in (
        (True, Verdict.GENUINE),
        (False, Verdict.SPENT),
        (None, Verdict.RETIRED),
    ):
        found = judge(GIVEN.file.encode(), known, NOW, lambda *_, stands=stands: stands)
        assert found.verdict is verdict
    assert judge(GIVEN.file.encode(), known, NOW).verdict is Verdict.RETIRED


def test_a_time_in_which_a_key_may_sign() -> None:
    """What allowed_signers says of it is kept to; one that ended proves no order."""
    before, day = NOW - timedelta(days=1), timedelta(days=1)
    for one, now, verdict in (
        (Known(SIGNER.public, after=before, before=LATER), NOW, Verdict.GENUINE),
        (Known(SIGNER.public, after=LATER), LATER, Verdict.OUTSIDE),
        (Known(SIGNER.public, before=before), NOW, Verdict.OUTSIDE),
        (Known(SIGNER.public, before=LATER), LATER + day, Verdict.RETIRED),
    ):
        assert judge(GIVEN.file.encode(), [one], now).verdict is verdict
    both = [Known(SIGNER.public, before=before), Known(SIGNER.public)]
    assert judge(GIVEN.file.encode(), both, NOW).verdict is Verdict.GENUINE


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"", Verdict.EMPTY),
        (b" \n", Verdict.EMPTY),
        (GIVEN.file.encode()[:-9], Verdict.CUT),
        (GIVEN.file.encode()[:11], Verdict.CUT),
        (b"<!doctype html><title>Kvittering</title>", Verdict.PAGE),
        (b"%PDF-1.7", Verdict.PAGE),
        (f"# $schema\n{TEXT}".encode(), Verdict.YAML),
        (_changed(version=2), Verdict.NEWER),
        (b'{"a": 1}', Verdict.OTHER),
        (b"[" * 99_999, Verdict.OTHER),
        (b"\xff", Verdict.OTHER),
    ],
)
def test_what_is_no_receipt(data: bytes, verdict: Verdict) -> None:
    """What somebody gives who meant a receipt is told by its name."""
    assert verdict not in FALSE
    assert judge(data, KNOWN, NOW) == Judged(verdict)


@given(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    """A receipt with one byte changed is not genuine."""
    file = GIVEN.file.encode()
    at, mask = data.draw(st.integers(0, len(file) - 1)), data.draw(st.integers(1, 255))
    changed = file[:at] + bytes([file[at] ^ mask]) + file[at + 1 :]
    assert _verdict(changed) is not Verdict.GENUINE


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists), st.text())
def test_any_json_is_answered(value: object, name: str) -> None:
    """Whatever stands in the place of a value, there is a verdict."""
    for key in (*json.loads(GIVEN.file), name):
        assert _verdict(_changed(**{key: value})) is not None
