"""The journal of receipts: it grows with the round, in whatever style it is written."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from docket.acts import receipts
from docket.acts.accept import journal_merged
from docket.acts.receipts import Arrival, Line
from docket.cli.main import main
from docket.domain.states import Way
from docket.git.objects import blob_id
from docket.git.store import Store
from docket.loading import decoding, yamlfile
from docket.text.errors import CommandError
from support.desk import body, desk_of, post, still
from support.randers import PATH, RECEIVED, TEXT, desk_branch
from support.worlds import commit, docket_of, found_in, git

JOURNAL = "submissions/2031-skole/receipts.yml"
FIRST = datetime.fromisoformat("2031-03-05T10:00:00+01:00")
BROKEN = "- {municipality: viborg, received: [\n"
VIBORG, ODDER = (
    f"{{municipality: {slug}, received: 2031-02-0{day}T09:30:00+01:00, via: form, blob: BLOB}}"
    for day, slug in enumerate(("viborg", "odder"), 1)
)


def receive(root: Path, text: str = TEXT, received: str = RECEIVED) -> int:
    """Register a file that came by e-mail."""
    file = root.parent / "sendt.yml"
    file.write_text(text, "utf-8")
    words = ["--round", "2031-skole", "--received", received, "--via", "e-mail"]
    return main(["-C", str(root), "--at", "2031-12-01", "receive", str(file), *words])


STYLES = {
    "none": "",
    "comments": "# intet endnu\n# kun bemærkninger",
    "empty": "[]\n",
    "empty, marked": "---\n[]  # intet endnu\n",
    "empty, on the line of the mark": "--- [ ]\n",
    "empty, over lines": "[\n  # intet endnu\n]\n",
    "empty, further in": "  []",
    "lines": f"# øverst\n- {VIBORG}\n\n- {ODDER}  # den sidste\n# nederst\n",
    "lines, no end": f"- {VIBORG}\n- {ODDER}",
    "lines, further in": f"  - {VIBORG}\n  -   {ODDER}\n",
    "lines, ended": f"---\n- {VIBORG}\n- {ODDER}\n...\n# slut\n",
    "lines, of Windows": f"\ufeff- {VIBORG}\r\n- {ODDER}\r\n",
    "fields in lines": "- municipality: viborg\n  received: 2031-02-01T09:30:00+01:00\n"
    '  via: form\n  reference: "æ, # ]"\n  blob:\n    BLOB\n',
    "brackets": f"[{VIBORG}, {ODDER}]\n# nederst ]\n",
    "brackets, a comma last": f"[\n  {VIBORG},\n  {ODDER},  # ]\n]",
    "brackets, over lines": f"[\n  {VIBORG},\n  {ODDER}\n  ]\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style(register: Path, style: str) -> None:
    """Receipts are added to any journal that reads as a list; what was there stays as it was."""
    blob = git(register, "rev-parse", "HEAD:submissions/2031-skole/viborg.yml")
    text = STYLES[style].replace("BLOB", blob)
    (register / JOURNAL).write_bytes(text.encode())
    before = yamlfile.read(JOURNAL, text.encode()).data or []
    commit(register, "journal")
    sent = (TEXT, f"{TEXT}# rettet\n")
    for number, one in enumerate(sent, 1):
        assert receive(register, one, f"2031-03-05T1{number}:00:00+01:00") == 0
    after = (register / JOURNAL).read_bytes().decode()
    rows = yamlfile.read(JOURNAL, after.encode()).data
    assert rows[:-2] == before
    assert [one["blob"] for one in rows[-2:]] == [blob_id(one.encode()) for one in sent]
    left = iter(after)  # what was there is still there, in its order
    assert all(char in left for char in text.replace("[]", "").replace("[ ]", ""))
    assert found_in(register, "2031-08-01") == []


def test_three_times_98(register: Path) -> None:
    """All 98 receive three times: 294 receipts, nothing wrong, and the next one is taken."""
    terms = json.loads((register / "schema/municipality.json").read_text("utf-8"))["enum"]
    lines = []
    for turn in range(3):
        for number, slug in enumerate(terms):
            path = f"submissions/2031-skole/{slug}.yml"
            text = f"{TEXT.replace('randers', slug)}# {turn}\n"
            (register / path).write_text(text, "utf-8")
            when = FIRST + timedelta(days=turn, seconds=number)
            arrival = Arrival(when, Way.PULL_REQUEST, f"#{turn}-{number}")
            lines.append(Line(path, blob_id(text.encode()), arrival))
        commit(register, f"turn {turn}", f"2031-03-2{turn}T12:00:00+01:00")
    assert journal_merged(Store(register), lines) == 294
    assert journal_merged(Store(register), lines) == 0
    designated = ["submissions/2031-skole/aarhus.yml:1:15 M03"]
    assert found_in(register, "2031-08-01") == designated
    assert receive(register, TEXT, "2031-04-01T12:00:00+02:00") == 0
    docket = docket_of(register, "2031-08-01")
    assert len(docket.receipts_by[("2031-skole", "randers")]) == 4
    assert found_in(register, "2031-08-01") == designated


def test_ten_thousand(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of 10,000 receipts is read once as it is and once as it will be."""
    terms = json.loads((register / "schema/municipality.json").read_text("utf-8"))["enum"]
    blob = git(register, "rev-parse", "HEAD:submissions/2031-skole/viborg.yml")
    others = [slug for slug in terms if slug not in ("randers", "odder", "viborg")]
    with (register / JOURNAL).open("a", encoding="utf-8") as file:
        for number in range(10_000):
            when = (FIRST - timedelta(seconds=10_000 - number)).isoformat()
            file.write(
                f"- {{municipality: {others[number % len(others)]}, received: {when}, "
                f'via: pull-request, reference: "sag nr. {number}", blob: "{blob}"}}\n'
            )
    commit(register, "a long round")
    parsed: Counter[str] = Counter()
    decode = decoding.decode

    def counted(path: str, content: bytes) -> object:
        parsed[path] += 1
        return decode(path, content)

    monkeypatch.setattr(decoding, "decode", counted)
    assert receive(register) == 0
    assert parsed[JOURNAL] == 2
    docket = docket_of(register, "2031-08-01")
    assert len(docket.receipts_by[("2031-skole", "randers")]) == 1
    assert docket.refused == {}


def test_limits_of_a_stranger_stay() -> None:
    """Only the journal is larger: a file of the same size anywhere else is refused."""
    text = b"x:\n" + b"".join(b"- %d\n" % number for number in range(3_000))
    assert not yamlfile.read(JOURNAL, text).broken
    assert [one.code for one in yamlfile.read(PATH, text).findings] == ["F04"]
    assert [one.code for one in yamlfile.read(PATH, b"#" * 70_000).findings] == ["F01"]
    assert [one.code for one in yamlfile.read(JOURNAL, b"#" * 5_000_000).findings] == ["F01"]


@pytest.mark.parametrize(
    "text", [BROKEN, "a: 1\n", "5\n", "tekst\n", "|\n  tekst\n", "- æ\n".encode("latin-1"), None]
)
def test_broken(
    register: Path, tmp_path: Path, text: str | bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """A journal that cannot be written on is the organiser's matter: nobody else is told of it."""
    path = register / JOURNAL
    if text is None:
        path.unlink()
        path.symlink_to("round.yml")
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    head = commit(register, "broken")
    for words in (0, 1):
        if words:
            desk_branch(register, (TEXT, "2031-03-05T09:00:00+01:00"))
            code = main(["-C", str(register), "accept", "submission/2031-skole/randers"])
        else:
            code = receive(register)
        said = capsys.readouterr()
        assert code == 2
        assert said.out == ""
        assert f"{JOURNAL} skal rettes først" in said.err
        assert git(register, "rev-parse", "HEAD") == head
    with desk_of(register, tmp_path / "public", clock=still(FIRST)) as port:
        status, answer, _ = post(port, body(f"{TEXT}# rettet\n"))
    assert (status, answer["reference"][:2]) == (201, "F-")


def test_forge_writes_the_others(register: Path) -> None:
    """One broken journal keeps no other round from its receipts, and is told."""
    blob = git(register, "rev-parse", "HEAD:submissions/2031-skole/viborg.yml")
    (register / JOURNAL).write_text(BROKEN, "utf-8")
    commit(register, "broken")
    arrival = Arrival(FIRST, Way.PULL_REQUEST, "#1")
    lines = [
        Line(f"submissions/{one}/viborg.yml", blob, arrival) for one in ("2031-skole", "proeve")
    ]
    with pytest.raises(CommandError, match=r"errors\.act\.broken"):
        journal_merged(Store(register), lines)
    assert git(register, "show", "--format=", "--name-only", "HEAD") == (
        "submissions/proeve/receipts.yml"
    )
    assert (register / JOURNAL).read_text("utf-8") == BROKEN


@pytest.mark.parametrize("reference", ["x" * 201, " x", "a\nb", "a\u202eb", "a\udcffb"])
def test_reference_that_no_receipt_holds(
    register: Path, reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a stranger's commit calls itself is left out; the organiser is asked to mend it."""
    assert not receipts.fits(reference)
    words = ["--round", "2031-skole", "--received", RECEIVED, "--via", "e-mail"]
    file = register.parent / "sendt.yml"
    file.write_text(TEXT, "utf-8")
    take = ["-C", str(register), "--at", "2031-12-01", "receive", str(file), *words]
    assert main([*take, "--reference", reference]) == 2
    assert "--reference" in capsys.readouterr().err
    blob = git(register, "rev-parse", "HEAD:submissions/2031-skole/viborg.yml")
    line = Line("submissions/proeve/viborg.yml", blob, Arrival(FIRST, Way.FORM, reference))
    assert journal_merged(Store(register), [line]) == 1
    row = (register / "submissions/proeve/receipts.yml").read_text("utf-8").splitlines()[-1]
    assert "reference" not in row
    assert found_in(register, "2031-08-01") == []
