"""A whole round between three clones and a bare repository, and the site tells exactly that."""

import re
from pathlib import Path

import pytest

from docket.cli import main
from worlds import commit, docket_of, found_in, git, world

ROUND = "submissions/2032-have"
CALL = """title: {da: Runde om haver (opdigtet), en: Round on gardens (invented)}
seats: {dagtilbud: 1}
opens: 2032-01-01
deadline: 2032-02-01
receiver: {name: Sekretariatet, email: post@arrangoer.example}
decides: {da: udvalget, en: the committee}
"""
FILE = """municipality: %s
areas: [dagtilbud]
contact: {name: Sekretariatet, email: post@kommune.example}
approval: {status: pending}
"""
DECISION = "decided: 2032-03-01\ndesignated:\n  - {municipality: %s, area: dagtilbud}\n"


def push(clone: Path, name: str, text: str, at: str, branch: str) -> None:
    """A municipality's pull request: its file on a branch of its own, pushed."""
    git(clone, "fetch", "--quiet", "origin")
    git(clone, "switch", "--quiet", "--force-create", branch, "origin/main")
    (clone / ROUND / f"{name}.yml").write_text(text, encoding="utf-8")
    commit(clone, f"Tilkendegivelse {name}", at)
    git(clone, "push", "--quiet", "--force", "origin", branch)


def docket(clone: Path, *words: str) -> int:
    """One command in the organiser's clone."""
    return main(["-C", str(clone), *words])


def told(clone: Path, at: str, lang: str = "da") -> str:
    """The round's page as text."""
    assert docket(clone, "pages", "--at", at) == 0
    page = (clone / f"site/{lang}/runder/2032-have.md").read_text("utf-8")
    page = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)
    return re.sub(r"<[^>]+>", " ", page)


def test_a_whole_round(  # noqa: PLR0915 - a story is told in one go
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Open, a wrong one mended, a late one, one by e-mail, accept, close, decide, publish."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(world(tmp_path / "seed")), str(bare))
    organiser, one, other = (tmp_path / name for name in ("organiser", "randers", "skive"))
    for clone in (organiser, one, other):
        git(tmp_path, "clone", "--quiet", str(bare), str(clone))

    # The organiser opens the round.
    (organiser / ROUND).mkdir()
    (organiser / ROUND / "round.yml").write_text(CALL, encoding="utf-8")
    commit(organiser, "Open the round", "2031-12-20T09:00:00+01:00")
    git(organiser, "push", "--quiet", "origin", "main")
    assert "Runden åbner torsdag den 1. januar 2032." in told(organiser, "2031-12-21")

    # Randers sends a wrong file, is told, and mends it.
    push(one, "randers", FILE % "Randers", "2032-01-10T10:00:00+01:00", "randers")
    git(organiser, "fetch", "--quiet", "origin")
    first = ("origin/main", "origin/randers", "--received", "2032-01-10T10:01:00+01:00")
    assert docket(organiser, "review", *first, "--format", "markdown") == 1
    assert "Mente du »randers«" in capsys.readouterr().out
    push(one, "randers", FILE % "randers", "2032-01-10T10:20:00+01:00", "randers")
    git(organiser, "fetch", "--quiet", "origin")
    second = "2032-01-10T10:21:00+01:00"
    accepting = ("--received", second, "--reference", "#1")
    assert docket(organiser, "accept", "origin/randers", *accepting) == 0

    # Odder sends an e-mail.
    mail = tmp_path / "odder.yml"
    mail.write_text(FILE % "odder", encoding="utf-8")
    words = ("--round", "2032-have", "--received", "2032-02-01T23:59:59+01:00", "--via", "e-mail")
    assert docket(organiser, "receive", str(mail), *words) == 0
    git(organiser, "push", "--quiet", "origin", "main")
    page = told(organiser, "2032-01-20")
    assert "2 af 98" in re.sub(r"\s+", " ", page)

    # Skive is late, with a commit that is dated early.
    push(other, "skive", FILE % "skive", "2032-01-05T10:00:00+01:00", "skive")
    git(organiser, "fetch", "--quiet", "origin")
    late = ("--received", "2032-02-02T00:00:00+01:00", "--reference", "#2")
    assert docket(organiser, "accept", "origin/skive", *late) == 1
    assert "Fristen i runden" in capsys.readouterr().out

    # The round is closed, and decided.
    assert "Fristen var søndag den 1. februar 2032." in told(organiser, "2032-02-02")
    decision = organiser / ROUND / "decision.yml"
    decision.write_text(DECISION % "skive", encoding="utf-8")
    assert found_in(organiser, "2032-03-02") == [f"{ROUND}/decision.yml:3:5 D02"]
    decision.write_text(DECISION % "odder", encoding="utf-8")
    commit(organiser, "Decide the round", "2032-03-01T12:00:00+01:00")
    git(organiser, "push", "--quiet", "origin", "main")

    # Everybody who clones sees the same, and the site tells exactly that.
    public = tmp_path / "public"
    git(tmp_path, "clone", "--quiet", str(bare), str(public))
    git(public, "fsck", "--strict")
    assert found_in(public, "2032-03-02") == []
    receipts = docket_of(public, "2032-03-02").receipts_by
    assert [one.reference for one in receipts[("2032-have", "randers")]] == ["#1"]
    page = re.sub(r"\s+", " ", told(public, "2032-03-02"))
    assert "Én kommune blev udpeget 1. marts 2032." in page
    assert re.search(r"Odder Midtjylland Dagtilbud 1\. februar 2032 kl\. 23\.59\.59 Udpeget", page)
    assert re.search(r"Randers .*10\. januar 2032 kl\. 10\.21 Ikke udpeget", page)
    assert "Skive" not in page
    english = re.sub(r"\s+", " ", told(public, "2032-03-02", "en"))
    assert "One municipality was designated on 1 March 2032." in english
