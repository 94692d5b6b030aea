"""The employment round of 2022, from its letter to its stop, by the organiser's commands.

The round itself is as it was: its days, its seats, the four that were designated, the reason of
the stop. WHO ANSWERED IS INVENTED, for this test alone: 49 municipalities did, and the list was
never published. No submission, contact, council's date or time of receipt below is a fact.
"""

import re
import shutil
from pathlib import Path

import pytest

from docket.cli.main import main
from support.randers import give_receipt
from support.worlds import ROOT, commit, found_in, git

ROUND = "2022-beskaeftigelse"
FOLDER = f"submissions/{ROUND}"
FILE = """# OPDIGTET, kun til prøver. INVENTED, for tests only.
municipality: %s
areas: [beskaeftigelse]
contact: {name: Sekretariatet, email: post@kommune.example}
approval: {status: %s}
"""
LETTER = (
    *("--title-da", "Velfærdsaftaler på beskæftigelsesområdet"),
    *("--title-en", "Welfare agreements on employment"),
    *("--seats", "Beskæftigelse=4", "--opens", "2022-06-09", "--deadline", "2022-08-08"),
    *("--receiver", "KL", "--decides-da", "regeringen", "--decides-en", "the Government"),
)
NEWS = "https://www.kristeligt-dagblad.dk/danmark/fire-kommuner-er-udvalgt-til-styre-beskaeftigelsesindsatsen-selv"
MINISTRY = "https://bm.dk/nyheder/nyheder/2023/08/ekspertgruppe-overhaler-velfaerdsaftaler-paa-beskaeftigelsesomraadet/"
REASON = "De fire aftaler trådte ikke i kraft. De blev overhalet af en ekspertgruppe."


class Secretariat:
    """The organiser at work: one register, one command after another, each on its day."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """An empty register with the real municipalities and areas."""
        self.root, self.mails, self.capsys = folder / "register", folder, capsys
        shutil.copytree(ROOT / "schema", self.root / "schema")
        (self.root / "submissions").mkdir()
        shutil.copy(ROOT / "submissions/organiser.yml", self.root / "submissions")
        git(self.root, "init", "--quiet", "--initial-branch=main")
        commit(self.root, "Register", "2022-06-01T09:00:00+02:00")

    def does(self, day: str, *words: str, code: int = 0) -> str:
        """One command on a day, and what it says."""
        assert main(["-C", str(self.root), *words, "--at", day]) == code
        out, err = self.capsys.readouterr()
        return re.sub(r"\s+", " ", out + err)

    def gets(self, received: str, name: str, status: str = "pending", code: int = 0) -> str:
        """An e-mail with an invented submission."""
        mail = self.mails / f"{name}.yml"
        mail.write_text(FILE % (name, status), "utf-8")
        words = ("--round", ROUND, "--received", received, "--via", "e-mail")
        return self.does(received, "receive", str(mail), *words, code=code)

    def proposes(self, received: str, name: str) -> None:
        """An invented submission on a branch, as a municipality proposes one."""
        git(self.root, "switch", "--quiet", "--create", f"submission/{ROUND}/{name}")
        path, text = f"{FOLDER}/{name}.yml", FILE % (name, "pending")
        (self.root / path).write_text(text, "utf-8")
        commit(self.root, "Tilkendegivelse", received)
        give_receipt(self.root, text, received, f"F-{name}", path)
        git(self.root, "switch", "--quiet", "main")

    def reads(self, day: str, *more: str) -> str:
        """The summary of the round on a day."""
        return self.does(day, "summary", ROUND, *more)


def test_the_year_of_the_round(  # noqa: PLR0915 - a story is told in one go
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At each stage the summary says what the newspapers could have said that day, and no more."""
    we = Secretariat(tmp_path, capsys)

    # 8 June 2022: the agreement is made, and there is no round yet. 9 June: the letter.
    assert "Der er ingen runder endnu" in we.does("2022-06-08", "summary", code=2)
    we.does("2022-06-09", "open", ROUND, *LETTER, "--yes")
    told = we.reads("2022-06-09")
    assert "**Åben.** Fristen er mandag den 8. august 2022. Der er 60 dage tilbage." in told
    assert "**0 af 98 kommuner** har meldt sig." in told
    assert "| Beskæftigelse | 4 | 0 | 0 |" in told
    assert "Efter fristen udpeger regeringen." in told

    # Over the holiday they come (invented): by e-mail, and by the form.
    we.gets("2022-07-04T09:12:00+02:00", "silkeborg")
    we.gets("2022-08-03T15:40:10+02:00", "greve")
    we.proposes("2022-08-04T11:05:00+02:00", "aabenraa")
    waits = we.does("2022-08-05", "inbox")
    assert "Aabenraa Kommune, 2022-beskaeftigelse: modtaget 4. august 2022 kl. 11.05." in waits
    assert "Frister inden for en uge (1) 2022-beskaeftigelse: 8. august 2022" in waits
    assert "**2 af 98 kommuner** har meldt sig." in we.reads("2022-08-05")
    we.does("2022-08-05", "accept", f"submission/{ROUND}/aabenraa")
    told = we.reads("2022-08-05")
    assert "Der er 3 dage tilbage." in told
    assert "**3 af 98 kommuner** har meldt sig." in told

    # The last one in time comes a second before midnight; the next one is late, and is refused.
    we.gets("2022-08-08T23:59:59+02:00", "hilleroed")
    we.gets("2022-08-08T20:00:00+02:00", "viborg")
    assert "Fristen i runden" in we.gets("2022-08-09T00:00:00+02:00", "odder", code=1)
    told = we.reads("2022-08-09")
    assert "**Fristen er udløbet.** Fristen var mandag den 8. august 2022." in told
    assert "**5 af 98 kommuner** har meldt sig." in told
    assert "Odder" not in told
    assert "| Hillerød | Hovedstaden | Beskæftigelse | 8. august 2022 kl. 23.59.59 |" in told
    assert "## Udpeget" not in told

    # Administrative first, political later: two councils say yes, one says no (invented).
    we.gets("2022-08-25T10:00:00+02:00", "hilleroed", "approved, date: 2022-08-24")
    we.gets("2022-08-25T10:05:00+02:00", "greve", "approved, date: 2022-08-24")
    we.gets("2022-08-26T10:00:00+02:00", "viborg", "rejected, date: 2022-08-25")
    told = we.reads("2022-08-27")
    assert "**4 af 98 kommuner** har meldt sig. 1 har sagt nej politisk (ikke talt med)." in told
    assert "| Afventer | 2 | | Godkendt | 2 |" in told
    assert "Runder, der venter på udpegning (1)" in we.does("2022-09-08", "inbox")

    # Nobody can be designated before the deadline, or against their council; four can.
    four = ("hilleroed", "greve", "silkeborg", "aabenraa")
    decide = ("decide", ROUND, *four, "--until", "2026-12-31", "--source", NEWS)
    assert " D03 " in we.does("2022-08-05", *decide, "--yes", code=1)
    assert " D07 " in we.does("2022-09-09", "decide", ROUND, *four[:3], "viborg", "--yes", code=1)
    assert "Nobody has been designated yet." in we.reads("2022-09-08", "--lang", "en")
    shown = we.does("2022-09-09", *decide, "--dry-run")
    assert "Beskæftigelse: 4 af 4 pladser" in shown
    assert "Hovedstaden 1, Midtjylland 1, Nordjylland 0, Sjælland 1, Syddanmark 1" in shown
    assert "Politisk godkendelse: afventer 2, godkendt 2" in shown
    we.does("2022-09-09", *decide, "--yes")
    told = we.reads("2022-09-09")
    assert "**Afgjort.** 4 kommuner blev udpeget den 9. september 2022." in told
    assert "Udpeget den 9. september 2022 af regeringen:" in told
    for row in ("Hillerød | Hovedstaden", "Greve | Sjælland", "Silkeborg | Midtjylland"):
        assert f"| {row} | Beskæftigelse |" in told
    assert "Aftalerne gælder til og med den 31. december 2026." in told
    assert "Udpeget" not in we.reads("2022-09-08").split("## Hvem har meldt sig?")[1]

    # 31 August 2023: the ministry stops it, and says why.
    source = ("--source", MINISTRY)
    english = "The four agreements did not start. They were overtaken by an expert group."
    reasons = ("--reason-da", REASON, "--reason-en", english)
    we.does("2023-08-31", "stop", ROUND, *reasons, *source, "--yes")
    assert "**Afgjort.**" in we.reads("2023-08-30")
    assert "stoppet" not in we.reads("2023-08-30").lower()
    told = we.reads("2023-08-31")
    assert "**Stoppet.** Runden blev stoppet den 31. august 2023." in told
    assert REASON in told
    assert f"<{MINISTRY}>" in told
    rounds = we.does("2023-09-01", "summary")
    assert "| 9. september 2022 | 31. august 2023 | 4 | 4 | 4 |" in rounds

    # The record: one commit for each act, and nothing in it breaks a rule.
    record = git(we.root, "log", "--first-parent", "--reverse", "--format=%s").splitlines()[1:]
    assert len(record) == 11
    assert record[0] == f"Runden {ROUND} oprettet"
    assert record[-2] == f"Udpeget i {ROUND}: Hillerød, Greve, Silkeborg og Aabenraa"
    assert record[-1] == f"Runden {ROUND} stoppet den 31. august 2023"
    assert git(we.root, "status", "--porcelain") == ""
    assert found_in(we.root, "2023-09-01") == []
