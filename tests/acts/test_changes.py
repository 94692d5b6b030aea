"""What an answer changes is said before it is taken in, and by everything that takes it in."""

import json
from datetime import date
from pathlib import Path

import pytest

from docket.acts.changes import Comparison, changes
from docket.acts.changes_text import Reader, sentences
from docket.cli.main import main
from docket.domain.nouns import Approval, Contact, Submission, Withdrawal
from docket.domain.states import ApprovalStatus
from support.randers import BRANCH, PATH, RECEIVED, TEXT, desk_branch, propose, put
from support.worlds import ROOT, commit, docket_of, git

OLD = Submission(
    round="2031-skole",
    path=PATH,
    municipality="randers",
    areas=("folkeskole",),
    contact=Contact("Sekretariatet", "post@randers.example"),
    approval=Approval(ApprovalStatus.PENDING),
)
AT, X = "2031-03-06", "randers.example"
VIBORG = "submissions/2031-skole/viborg.yml"
WITHDRAWN = "withdrawn: {date: 2031-03-05, reason: Ny plan}\n"


def told(old: Submission | None, new: Submission, *, private: bool = True) -> list[str]:
    """What is said of a change, in Danish."""
    found = Comparison(new, changes(old, new))
    return list(sentences(docket_of(ROOT), found, Reader("da", private)))


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            {"areas": ("dagtilbud", "folkeskole")},
            "Område: fra Folkeskole til Dagtilbud, Folkeskole.",
        ),
        (
            {"contact": Contact("Sekretariatet", "ny@randers.example")},
            f"Ny kontaktperson: fra Sekretariatet, post@{X} til Sekretariatet, ny@{X}.",
        ),
        (
            {"contact": Contact(sealed="x")},
            "Kontaktpersonen er forseglet på ny. Ingen kan se her, om det er en ny.",
        ),
        (
            {"approval": Approval(ApprovalStatus.APPROVED, "Byrådet", date(2031, 3, 4))},
            "Politisk godkendelse: fra Afventer til Godkendt, Byrådet, 4. marts 2031.",
        ),
        ({"motivation": "x"}, "Begrundelsen er ny."),
        (
            {"withdrawn": Withdrawal(date(2031, 3, 4), "Ny\nplan\x1b")},
            "Trækker tilkendegivelsen tilbage fra den 4. marts 2031. Grund: Ny plan\ufffd",
        ),
    ],
)
def test_each(new: dict[str, object], sentence: str) -> None:
    """Each thing that can change has its sentence, and it is said that it is all."""
    entry = OLD._replace(**new)  # type: ignore[arg-type]
    assert told(OLD, entry) == [
        *("Ændrer svaret i registeret:", sentence, "Resten er som før."),
    ]


def test_first_same_and_back() -> None:
    """A first answer, the same once more, and one that is no longer withdrawn."""
    gone = OLD._replace(withdrawn=Withdrawal(date(2031, 3, 4)))
    assert told(None, OLD) == ["Det første svar fra kommunen i denne runde."]
    assert told(OLD, OLD)[1:] == ["Intet er ændret: indholdet er det samme."]
    assert told(gone, OLD)[1] == "Er ikke længere trukket tilbage."
    assert told(None, gone)[1] == "Trækker tilkendegivelsen tilbage fra den 4. marts 2031."


def test_contact_in_public() -> None:
    """Where others read along, it is said what of the contact is another, and not which."""
    new = OLD._replace(contact=Contact("Ny", "ny@randers.example"))
    assert told(OLD, new, private=False)[1] == "Ny kontaktperson (navn og e-mail)."


def waiting(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What the inbox says."""
    assert main(["-C", str(root), "inbox", "--at", AT, *more]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "[folkeskole, dagtilbud]",
            "[aeldre]",
            "fra Folkeskole, Dagtilbud til Ældreområdet.",
        ),
        ("post@", "fremmed@", "til Sekretariatet, fremmed@kommune.example."),
        ("approval: {status: pending}\n", "approval: {status: pending}\n" + WITHDRAWN, "Ny plan"),
    ],
)
def test_accepted_answer(
    register: Path, old: str, new: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What turns an accepted answer into another is never "all is well"; it can be accepted."""
    text = (register / VIBORG).read_text("utf-8").replace(old, new)
    propose(register, {VIBORG: text})
    git(register, "branch", "--quiet", "--move", "change", "submission/2031-skole/viborg")
    said = waiting(register, capsys)
    assert "Se efter, hvad den ændrer (submission/2031-skole/viborg)." in said
    assert "Ændrer svaret i registeret (S-1, modtaget 1. februar 2031 kl. 09.30):" in said
    assert sentence in said
    assert "Alt er i orden" not in said
    assert "docket accept submission/2031-skole/viborg --received …" in said
    (item,) = json.loads(waiting(register, capsys, "--format", "json"))["items"]
    assert item["routine"] is False
    (change,) = item["changes"]
    assert (change["reference"], change["against"], len(change["changes"])) == (
        "S-1",
        "register",
        1,
    )
    assert "@" not in json.dumps(change)
    accept = ["-C", str(register), "--at", RECEIVED, "accept", "submission/2031-skole/viborg"]
    accept += ["--received", RECEIVED]
    assert main(accept) == 0
    assert sentence in capsys.readouterr().out


def test_approval_is_routine(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A council's yes is what everybody waits for: it is said, and all is well."""
    text = (register / VIBORG).read_text("utf-8")
    propose(register, {VIBORG: text.replace("pending", "approved, date: 2031-03-04")})
    words = ["-C", str(register), "review", "main", "change", "--received", RECEIVED]
    assert main([*words, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["routine"] is True
    assert [one["kind"] for one in data["changes"][0]["changes"]] == ["approval"]


def test_waiting_answer(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What replaces an answer that waits is told step by step, and is to be looked at."""
    other = TEXT.replace("post@", "fremmed@")
    late = "2031-03-05T12:00:00+01:00"
    desk_branch(register, (TEXT, RECEIVED), (other, late), (other + WITHDRAWN, late))
    said = waiting(register, capsys)
    assert f"Se efter, hvad den ændrer ({BRANCH})." in said
    rows = [row.strip() for row in said.splitlines()]
    start = rows.index("Det første svar fra kommunen i denne runde.")
    assert rows[start + 2] == (
        "Afløser et svar, der også venter (F-0, modtaget 5. marts 2031 kl. 10.00):"
    )
    assert "fremmed@kommune.example" in rows[start + 3]
    assert rows[start + 5].startswith("Afløser et svar, der også venter (F-1,")
    assert rows[start + 6].startswith("Trækker tilkendegivelsen tilbage")


def test_receive(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What came by e-mail is told by what it changes, too."""
    file = tmp_path / "randers.yml"
    words = [
        "--at",
        RECEIVED,
        "receive",
        str(file),
        "--round",
        "2031-skole",
        "--received",
        RECEIVED,
    ]
    for text, sentence in (
        (TEXT, "  Det første svar fra kommunen i denne runde."),
        (TEXT + "motivation: Vi vil.\n", "  Begrundelsen er ny."),
    ):
        file.write_text(text, "utf-8")
        assert main(["-C", str(register), *words, "--via", "e-mail"]) == 0
        assert sentence in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("text", "til Sekretariatet, ny@kommune.example."),
        ("markdown", "- Ny kontaktperson (e-mail)."),
        ("github", "::notice file=submissions/2031-skole/viborg.yml,title=What changes?::Changes"),
    ],
)
def test_review(
    register: Path, form: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each format of a review says it; only the organiser's own reads the addresses."""
    text = (register / VIBORG).read_text("utf-8").replace("post@", "ny@")
    propose(register, {VIBORG: text})
    words = ["review", "main", "change", "--received", RECEIVED, "--format", form]
    lang = "en" if form == "github" else "da"
    assert main(["-C", str(register), *words, "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert sentence in out
    assert ("ny@" in out) is (form == "text")


def test_unread_answer(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the answer in the register cannot be read, the new one is not called the first."""
    put(register, "municipality: [\n")
    commit(register, "broken")
    propose(register, {PATH: TEXT})
    words = ["review", "main", "change", "--received", RECEIVED]
    assert main(["-C", str(register), *words]) == 0
    out = capsys.readouterr().out
    assert "kan ikke læses, så ingen kan se her" in out
    assert "Det første svar" not in out
