"""The organiser's acts: shown first, checked, one commit each, and nothing half done."""

import json
from datetime import date
from pathlib import Path

import pytest

from docket.acts import plan, seal
from docket.acts.decide import AlreadyDecided, Choice, decide
from docket.cli.main import main
from docket.git.locking import Busy
from docket.git.store import Store
from support.terminal import at_a_terminal
from support.worlds import NOW, commit, docket_of, found_in, git

OPEN = (
    *("--title-da", "Runde om haver (opdigtet)", "--title-en", "Round on gardens (invented)"),
    *("--seats", "Ældre=2,dagtilbud", "--wishes", "2", "--deadline", "2032-02-01"),
    *("--receiver", "Sekretariatet", "--email", "post@arrangoer.example"),
    *("--decides-da", "udvalget", "--decides-en", "the committee"),
)
WRITTEN = """# yaml-language-server: $schema=../../schema/round.json
title: {da: Runde om haver (opdigtet), en: Round on gardens (invented)}
seats: {aeldre: 2, dagtilbud: null}
wishes: 2
deadline: 2032-02-01
receiver: {name: Sekretariatet, email: post@arrangoer.example}
decides: {da: udvalget, en: the committee}
"""
DECISION = "submissions/2030-job/decision.yml"
SKOLE = "submissions/2031-skole"
REASON = ("--reason-da", "Loven blev ændret.", "--reason-en", "The law was changed.")
SOURCE = ("--source", "https://kilde.example/stop")


def docket(root: Path, *words: str, at: str = "2031-12-01") -> int:
    """One command of the organiser's."""
    return main(["-C", str(root), *words, "--at", at])


def last(root: Path) -> str:
    """The message of the last commit."""
    return git(root, "log", "-1", "--format=%B")


def test_open(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round is one commit with one file that reads well, and a message that reads as minutes."""
    before = git(register, "rev-parse", "HEAD")
    assert docket(register, "open", "2032-haver", *OPEN, "--yes") == 0
    assert (register / "submissions/2032-haver/round.yml").read_text("utf-8") == WRITTEN
    assert git(register, "rev-parse", "HEAD^") == before
    assert git(register, "status", "--porcelain") == ""
    assert last(register).startswith("Runden 2032-haver oprettet\n\n»Runde om haver (opdigtet)«\n")
    assert "Frist: søndag den 1. februar 2032" in last(register)
    assert "Gemt i submissions/2032-haver/round.yml" in capsys.readouterr().out
    assert found_in(register, "2031-12-02") == []


def test_open_like(register: Path) -> None:
    """From last time's round come areas, seats, receiver; never its days or its story."""
    words = ("--like", "2031-skole", "--deadline", "2032-06-30T12:00:00+02:00", "--yes")
    assert docket(register, "open", "2032-skole", *words, "--lang", "en") == 0
    made, old = (docket_of(register).rounds[one] for one in ("2032-skole", "2031-skole"))
    assert (made.title, made.seats, made.wishes) == (old.title, old.seats, old.wishes)
    assert (made.receiver, made.decides) == (old.receiver, old.decides)
    assert (made.opens, made.after) == (None, ())
    assert last(register).startswith("Round 2032-skole created")


def test_open_for_practice(register: Path) -> None:
    """A round whose name says so is for practice, without being told twice."""
    assert docket(register, "open", "proeve-2", "--like", "2031-skole", "--yes") == 0
    assert docket_of(register).rounds["proeve-2"].rehearsal


def test_open_shows(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A trial shows the file and writes nothing; without a yes nothing is written either."""
    before = git(register, "rev-parse", "HEAD")
    assert docket(register, "open", "2032-haver", *OPEN, "--dry-run") == 0
    assert "  seats: {aeldre: 2, dagtilbud: null}" in capsys.readouterr().out
    assert docket(register, "open", "2032-haver", *OPEN) == 2
    assert "--yes" in capsys.readouterr().err
    assert git(register, "rev-parse", "HEAD") == before
    assert not (register / "submissions/2032-haver").exists()


@pytest.mark.parametrize(
    ("name", "more", "code"),
    [
        ("2032-haver", ("--opens", "2032-03-01"), "R01"),
        ("2032-haver", ("--after", "2031-skolen"), "R02"),
        ("2032-haver", ("--deadline", "1. februar"), "S06"),
        ("2032-haver", ("--seats", "haver=2"), "S04"),
        ("2032-haver", ("--email", "post"), "S06"),
        ("2032-haver", ("--receiver", " x"), "S05"),
        ("2032 haver", (), "F06"),
        ("../haver", (), "F06"),
    ],
)
def test_open_refuses(
    register: Path, name: str, more: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would break a rule is told as the check tells it, and not written."""
    before = git(register, "rev-parse", "HEAD")
    assert docket(register, "open", name, *OPEN, *more, "--yes") == 1
    assert f" {code}\n" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD") == before
    assert git(register, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2031-skole", *OPEN), "findes allerede"),
        (("2032-haver", "--like", "2031-skol"), "Mente du 2031-skole?"),
        (("2032-haver", "--title-da", "x"), "--seats"),
        (OPEN, "ROUND"),
    ],
)
def test_open_wrong_use(
    register: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A round that is there, one that is not, and what is missing, are told in one sentence."""
    assert docket(register, "open", *words, "--yes") == 2
    assert told in capsys.readouterr().err


def test_open_by_questions(register: Path) -> None:
    """On a terminal each field is asked for, a wrong answer at once again, and a yes at the end."""
    answers = [
        *("Runde om haver (opdigtet)", "Round on gardens (invented)", "Ældre=2, dagtilbud", "2"),
        *(
            "",
            "i morgen",
            "1. februar 2032",
            "",
            "Sekretariatet",
            "",
            "post",
            "post@arrangoer.example",
        ),
        *("udvalget", "the committee", "", "", "2032-haver", "ja"),
    ]
    told = at_a_terminal(register, ["open"], answers)
    assert "»i morgen« er hverken en dato eller et tidspunkt." in told
    assert "»post« er ikke en e-mailadresse." in told
    assert "[2032-aeldre-dagtilbud]" in told
    assert "[2032-08-02]" in told
    written = (register / "submissions/2032-haver/round.yml").read_text("utf-8")
    assert written == WRITTEN + "retention: 2032-08-02\n"


def test_open_with_a_seal(register: Path, tmp_path: Path) -> None:
    """How long contacts are kept and the seal are asked for; a file that holds no key, again."""
    assert main(["key", str(tmp_path / "private")]) == 0
    line = tmp_path / "line.yml"
    line.write_text(f"seal: {json.dumps(seal.new_key()[1])}\n", "utf-8")
    words = ["open", "2032-skole", "--like", "2031-skole", "--title-da", "Ny", "--title-en", "New"]
    taken = [""] * 10
    answers = [*taken, "1. juli 2032", str(tmp_path), str(tmp_path / "private"), str(line), "ja"]
    told = at_a_terminal(register, words, answers)
    assert "Segl (frivilligt)" in told
    assert "kan ikke læses" in told
    made = docket_of(register).rounds["2032-skole"]
    assert made.retention == date(2032, 7, 1)
    assert made.seal


def test_open_with_options_for_contacts(register: Path, tmp_path: Path) -> None:
    """The same by options."""
    line = tmp_path / "line.yml"
    line.write_text(f"seal: {json.dumps(seal.new_key()[1])}\n", "utf-8")
    more = ("--retention", "1. juli 2032", "--seal", str(line), "--yes")
    assert docket(register, "open", "2032-haver", *OPEN, *more) == 0
    made = docket_of(register).rounds["2032-haver"]
    assert (made.retention, bool(made.seal)) == (date(2032, 7, 1), True)


def test_open_by_questions_from_last_time(register: Path) -> None:
    """What last time's round had is offered: Enter takes it, a hyphen takes it away."""
    taken = ("", "", "")
    answers = [
        "Ny runde (opdigtet)",
        "",
        "",
        "1",
        "",
        "2032-06-30",
        *taken,
        "-",
        "",
        "",
        "",
        "",
        "ja",
    ]
    told = at_a_terminal(register, ["open", "2032-skole", "--like", "2031-skole"], answers)
    assert "[folkeskole=2, dagtilbud, aeldre=1]" in told
    assert "(frivilligt; - sletter) [post@arrangoer.example]" in told
    made, old = (docket_of(register).rounds[one] for one in ("2032-skole", "2031-skole"))
    assert dict(made.title) == {"da": "Ny runde (opdigtet)", "en": old.title["en"]}
    assert (made.seats, made.wishes, made.decides) == (old.seats, 1, old.decides)
    assert made.receiver is not None
    assert (made.receiver.name, made.receiver.email) == ("Sekretariatet", "")


def test_no_is_no(register: Path) -> None:
    """Whoever answers anything but yes has written nothing."""
    before = git(register, "rev-parse", "HEAD")
    told = at_a_terminal(
        register, ["stop", "2030-job", *REASON, *SOURCE, "--date", "1. januar 2031"], ["nej"]
    )
    assert "Intet er skrevet." in told
    assert git(register, "rev-parse", "HEAD") == before


@pytest.fixture
def closed(register: Path) -> Path:
    """The base world with the round 2031-skole closed, and one more submission in it."""
    text = (register / SKOLE / "viborg.yml").read_text("utf-8")
    (register / SKOLE / "randers.yml").write_text(text.replace("viborg", "randers"), "utf-8")
    commit(register, "more", "2031-02-05T12:00:00+01:00")
    return register


def test_decide_shows_what_it_means(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Seats, time, councils, regions, who is left out, and which rounds are lost."""
    assert docket(closed, "open", "2032-haver", *OPEN, "--yes", at="2031-06-01") == 0
    capsys.readouterr()
    words = ("2031-skole", "viborg:folkeskole", "--until", "2034-12-31", "--dry-run")
    assert docket(closed, "decide", *words, at="2031-09-01") == 0
    told = capsys.readouterr().out
    assert "Udpeget den 1. september 2031, gælder til og med den 31. december 2034" in told
    assert "Folkeskole: 1 af 2 pladser" in told
    line = next(row for row in told.splitlines() if "Viborg" in row)
    assert line.split("  ")[1:] == [
        *("Viborg", "Midtjylland", "1. ønske", "modtaget 1. februar 2031 kl. 09.30, i tide"),
        "politisk: afventer",
    ]
    assert "Regioner: Hovedstaden 0, Midtjylland 1," in told
    assert "Ikke udpeget: 1 af 2, der har meldt sig" in told
    assert "De udpegede kan så ikke melde sig til: 2032-haver" in told
    assert not (closed / SKOLE / "decision.yml").exists()


def test_decide(closed: Path) -> None:
    """A decision is one commit that reads as minutes, in the language asked for."""
    words = ("2031-skole", "Viborg Kommune:folkeskole", "randers:Dagtilbud", *SOURCE, "--yes")
    assert docket(closed, "decide", *words, "--lang", "en", at="2031-09-01") == 0
    assert (closed / SKOLE / "decision.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/decision.json\n"
        "decided: 2031-09-01\n"
        "designated:\n"
        "  - {municipality: viborg, area: folkeskole}\n"
        "  - {municipality: randers, area: dagtilbud}\n"
        "sources:\n  - https://kilde.example/stop\n"
    )
    assert last(closed).startswith(
        "Designated in 2031-skole: Viborg and Randers\n\n"
        "Designated on 1 September 2031 by the committee.\n- Viborg Kommune: Primary"
    )
    assert git(closed, "show", "--format=", "--name-only").split() == [f"{SKOLE}/decision.yml"]
    assert found_in(closed, "2031-09-02") == []


def test_an_act_takes_values(closed: Path) -> None:
    """Whoever has no terminal gets the same act as a value, in the language wanted."""
    store, docket = Store(closed), docket_of(closed, "2031-09-01")
    skole, job = (docket.rounds[one] for one in ("2031-skole", "2030-job"))
    act = decide(store, docket, skole, Choice([("viborg", "folkeskole")]))
    assert act.plan.found.findings == ()
    assert "Folkeskole: 1 af 2 pladser" in act.preview("da")
    assert "1 of 2 places" in act.preview("en")
    commit_id = plan.carry_out(store, act.plan, act.record("en"))
    assert last(closed).startswith("Designated in 2031-skole: Viborg")
    assert git(closed, "rev-parse", "HEAD") == commit_id
    with pytest.raises(AlreadyDecided) as refused:
        decide(store, docket, job, Choice([("odense", "")]))
    assert "New: Odense; No longer: Aarhus" in refused.value.of("en")


@pytest.mark.parametrize(
    ("words", "at", "codes"),
    [
        (("viborg:folkeskole",), "2031-06-01", {"D03"}),
        (("viborg:aeldre",), "2031-09-01", {"D05"}),
        (("odder:dagtilbud",), "2031-09-01", {"D02"}),
        (("skive:aeldre", "viborg:folkeskole", "viborg:dagtilbud"), "2031-09-01", {"D02", "D06"}),
    ],
)
def test_decide_refuses(
    closed: Path,
    words: tuple[str, ...],
    at: str,
    codes: set[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A choice that breaks a rule is shown with the rule, and not written."""
    before = git(closed, "rev-parse", "HEAD")
    assert docket(closed, "decide", "2031-skole", *words, "--yes", at=at) == 1
    told = capsys.readouterr().out
    assert {code for code in ("D02", "D03", "D05", "D06") if f" {code}\n" in told} == codes
    assert "Regioner:" in told
    assert ("har ikke ønsket Ældreområdet, men Folkeskole og Dagtilbud." in told) == (
        "D05" in codes
    )
    assert git(closed, "rev-parse", "HEAD") == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2031-skole", "viborg"), "viborg:folkeskole | dagtilbud"),
        (("2031-skole", "vibrog:folkeskole"), "Mente du viborg?"),
        (("2031-skole", "viborg:skole"), "Mente du folkeskole?"),
        (("2031-skole", "viborg:folkeskole", "--decided", "i går"), "--decided 2022-09-09"),
        (("2040-x", "viborg"), "Der er ingen runde"),
    ],
)
def test_decide_wrong_use(
    closed: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be understood is told in one sentence, with what to write."""
    assert docket(closed, "decide", *words, "--yes", at="2031-09-01") == 2
    assert told in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_not_designated(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No rule can judge a submission that cannot be read: it is corrected first."""
    (closed / SKOLE / "randers.yml").write_text("municipality: randers\nareas: [\n", "utf-8")
    commit(closed, "broken")
    words = ("2031-skole", "randers:folkeskole", "--yes")
    assert docket(closed, "decide", *words, at="2031-09-01") == 2
    assert "randers.yml skal rettes først" in capsys.readouterr().err


def test_decide_again(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same once more changes nothing; another choice needs to be meant."""
    before = git(register, "rev-parse", "HEAD")
    assert docket(register, "decide", "2030-job", "aarhus", "--yes") == 0
    assert "Det står der allerede" in capsys.readouterr().out
    assert docket(register, "decide", "2030-job", "odense", "--yes") == 2
    told = capsys.readouterr().err
    assert "Nye: Odense; Ikke længere: Aarhus" in told
    assert "--change" in told
    assert git(register, "rev-parse", "HEAD") == before


def test_who_is_designated_already_needs_no_area(closed: Path) -> None:
    """A change names who is in; where somebody stands already need not be said again."""
    first = ("2031-skole", "viborg:dagtilbud", "randers:folkeskole", "--yes")
    assert docket(closed, "decide", *first, at="2031-09-01") == 0
    again = ("2031-skole", "viborg", "--change", "--yes")
    assert docket(closed, "decide", *again, at="2031-09-05") == 0
    made = docket_of(closed, "2031-09-05").decisions["2031-skole"]
    assert [(one.municipality, one.area) for one in made.designated] == [("viborg", "dagtilbud")]
    assert made.decided.isoformat() == "2031-09-01"
    assert "Ikke længere: Randers" in last(closed)


def test_a_change_keeps_what_people_wrote(register: Path) -> None:
    """Comments, order and style stay; only what changes is another."""
    path = register / DECISION
    kept = (
        "# Opdigtet.\n"
        "until: 2033-12-31  # aftalt med udvalget\n"
        "\n"
        "# Efter lodtrækning.\n"
        "designated:\n"
        "    # den ældste\n"
        "    - municipality: aarhus\n"
        "      area: beskaeftigelse # hele byen\n"
        "decided: 2030-03-01\n"
    )
    path.write_text(kept, "utf-8")
    commit(register, "by hand")
    words = ("2030-job", "aarhus", "--until", "2032-12-31", *SOURCE, "--change", "--yes")
    assert docket(register, "decide", *words) == 0
    changed = kept.replace("2033-12-31", "2032-12-31")
    assert path.read_text("utf-8") == changed + "sources:\n  - https://kilde.example/stop\n"
    assert "Gælder til og med: 31. december 2033 → 31. december 2032" in last(register)
    assert docket(register, "stop", "2030-job", *REASON, *SOURCE, "--yes") == 0
    stopped = (
        "stopped:\n"
        "  date: 2031-12-01\n"
        "  reason: {da: Loven blev ændret., en: The law was changed.}\n"
        "  source: https://kilde.example/stop\n"
    )
    assert (
        path.read_text("utf-8") == f"{changed}{stopped}sources:\n  - https://kilde.example/stop\n"
    )
    assert found_in(register, "2031-12-02") == []


def test_stop(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stop says for whom and why; its record carries reason and source."""
    assert docket(register, "stop", "2030-job", *REASON, *SOURCE, "--yes") == 0
    told = capsys.readouterr().out
    assert "Ikke længere udpeget: Aarhus" in told
    assert "De kan igen melde sig til: 2031-skole" in told
    assert last(register).startswith(
        "Runden 2030-job stoppet den 1. december 2031\n\nLoven blev ændret.\nhttps://kilde.example/stop"
    )
    (before, after) = (
        docket_of(register, day).decisions["2030-job"] for day in ("2031-11-30", "2032-01-01")
    )
    assert before == after
    assert after.stopped is not None
    assert after.stopped.reason["en"] == "The law was changed."
    assert docket(register, "stop", "2030-job", *REASON, *SOURCE, "--yes") == 0
    capsys.readouterr()
    other = ("--reason-da", "Noget andet.", "--reason-en", "Something else.", *SOURCE, "--yes")
    assert docket(register, "stop", "2030-job", *other) == 2
    assert "allerede stoppet 2031-12-01 (Loven blev ændret.)" in capsys.readouterr().err


def test_stop_before_a_decision(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round can be stopped before its deadline: nobody is designated, nor passed over."""
    assert docket(register, "stop", "2031-skole", *REASON, *SOURCE, "--yes", at="2031-03-01") == 0
    told = capsys.readouterr().out
    assert "Ingen var udpeget." in told
    assert "igen" not in told
    assert docket(register, "check", at="2031-03-02") == 0
    capsys.readouterr()
    assert docket(register, "summary", "2031-skole", at="2031-03-02") == 0
    told = capsys.readouterr().out
    assert "Runden blev stoppet den 1. marts 2031, før nogen var udpeget." in told
    assert "Loven blev ændret." in told
    assert "## Udpeget" not in told
    assert "Ikke udpeget" not in told


def test_one_leaves(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A designation can end before the others; a later change of the decision keeps that."""
    path = register / "submissions/2030-job/decision.yml"
    ends = path.read_text("utf-8").replace("beskaeftigelse}", "beskaeftigelse, until: 2031-01-31}")
    path.write_text(ends, "utf-8")
    commit(register, "Aarhus leaves", "2031-02-01T09:00:00+01:00")
    assert docket(register, "check") == 0
    capsys.readouterr()
    assert docket(register, "summary", "2030-job", "--format", "json") == 0
    assert '"until": "2031-01-31"' in capsys.readouterr().out
    words = ("decide", "2030-job", "aarhus", "--until", "2034-12-31", "--change", "--yes")
    assert docket(register, *words) == 0
    assert "beskaeftigelse, until: 2031-01-31}" in path.read_text("utf-8")


def test_a_reason_in_all_languages_at_once(register: Path) -> None:
    """One option takes what the form of a forge has room for; only a language's code parts it."""
    reason = "da: Loven blev ændret; se note: 4.; en: The law was changed."
    assert docket(register, "stop", "2030-job", "--reason", reason, *SOURCE, "--yes") == 0
    text = (register / DECISION).read_text("utf-8")
    assert 'da: "Loven blev ændret; se note: 4."' in text
    assert "en: The law was changed." in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2030-job", *REASON), "--source"),
        (("2030-job", "--reason", "da: Loven.", *SOURCE), "--reason-en"),
        (("2030-job", "--reason", "Loven.", *SOURCE), "--reason-da"),
        (("2030-job", *REASON, *SOURCE, "--date", "2030-02-28"), "før den er afgjort"),
    ],
)
def test_stop_wrong_use(
    register: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be stopped, and what is missing, are told in one sentence."""
    assert docket(register, "stop", *words, "--yes") == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("stop", "2030-job", *REASON, "--source", "kilde.example"),
        ("decide", "2030-job", "aarhus", "--source", "http://kilde.example", "--change"),
    ],
)
def test_a_wrong_address_is_told(
    register: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What the file may not hold is told by the schema's own rule, and not written."""
    before = git(register, "rev-parse", "HEAD")
    assert docket(register, *words, "--yes") == 1
    assert " S06\n" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD") == before


@pytest.mark.parametrize("words", [("stop", *REASON, *SOURCE), ("decide", "aarhus")])
def test_a_decision_that_cannot_be_read(
    register: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A decision with findings of its own is corrected by whoever wrote it."""
    text = (register / DECISION).read_text("utf-8").replace("2030-03-01", "i marts")
    (register / DECISION).write_text(text, "utf-8")
    commit(register, "by hand")
    assert docket(register, words[0], "2030-job", *words[1:], "--yes") == 2
    assert f"{DECISION} skal rettes først" in capsys.readouterr().err


def test_ones_own_changes_are_kept(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Uncommitted changes to the same file are not overwritten."""
    path = register / DECISION
    mine = path.read_text("utf-8") + "# mit eget\n"
    path.write_text(mine, "utf-8")
    assert docket(register, "stop", "2030-job", *REASON, *SOURCE, "--yes") == 2
    assert "Prøv igen" in capsys.readouterr().err
    assert path.read_text("utf-8") == mine


def test_what_cannot_be_edited_is_left(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is all on one line is for its writer to change."""
    text = "{decided: 2030-03-01, designated: [{municipality: aarhus, area: beskaeftigelse}]}\n"
    (register / DECISION).write_text(text, "utf-8")
    commit(register, "by hand")
    assert docket(register, "stop", "2030-job", *REASON, *SOURCE, "--yes") == 2
    assert "Ret den i hånden" in capsys.readouterr().err
    assert (register / DECISION).read_text("utf-8") == text


def test_nothing_came_in_between(register: Path) -> None:
    """What was shown is what is written: if the branch moved meanwhile, nothing is."""
    store = Store(register)
    path = "submissions/2032-haver/round.yml"
    planned = plan.plan(store, NOW, lambda *_: {path: WRITTEN.encode()})
    assert planned.found.findings == ()
    moved = commit(register, "somebody else")
    with pytest.raises(Busy):
        plan.carry_out(store, planned, "x")
    assert git(register, "rev-parse", "HEAD") == moved
    assert not (register / path).exists()
