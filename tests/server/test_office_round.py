"""A round at the office: each act leaves the files and the message that its command leaves."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from docket import summary
from docket.acts import seal
from docket.acts.letters import Occasion, Writer
from docket.cli.main import main
from docket.git.entries import Head
from docket.loading.loader import load
from docket.rules import check
from docket.summary.lines import Opener, summarise, unopened
from docket.views.round import round_view
from support.desk import still
from support.office import Answer, Fields, Visitor, office_of
from support.randers import TEXT, put
from support.worlds import AT, NOW, commit, git

ROUND = "submissions/2031-skole/round.yml"
LATER = "2031-07-10T12:00:00+02:00"
OPEN: dict[str, str | list[str]] = {
    "title-da": "Runde om tilbud (opdigtet)",
    "title-en": "Round on offers (invented)",
    "area-dagtilbud": "yes",
    "seats-dagtilbud": "3",
    "area-aeldre": "yes",
    "wishes": "2",
    "opens": "2031-08-01",
    "deadline": "2031-09-30",
    "deadline-time": "12:00",
    "after": ["2031-skole"],
    "name": "Sekretariatet",
    "email": "post@arrangoer.example",
    "decides-da": "udvalget",
    "decides-en": "the committee",
    "retention": "2032-03-31",
}
OPENED = [
    *("open", "2031-dagtilbud-aeldre", "--title-da", "Runde om tilbud (opdigtet)"),
    *("--title-en", "Round on offers (invented)", "--seats", "dagtilbud=3", "--seats", "aeldre"),
    *("--wishes", "2", "--opens", "2031-08-01", "--deadline", "2031-09-30T12:00:00+02:00"),
    *("--after", "2031-skole", "--receiver", "Sekretariatet", "--email", "post@arrangoer.example"),
    *("--decides-da", "udvalget", "--decides-en", "the committee", "--yes"),
]
STOP = {
    "reason-da": "Loven er ændret.",
    "reason-en": "The law has changed.",
    "source": "https://arrangoer.example/stop",
    "date": "2031-03-01",
}


AREA = {"area-viborg": "folkeskole"}


@pytest.fixture
def visitor(register: Path) -> Iterator[Visitor]:
    """Somebody at the office of the base world."""
    with office_of(register) as found:
        yield Visitor.enter(found.port, found.guard)


@pytest.fixture
def late(register: Path) -> Iterator[Visitor]:
    """Somebody there when the deadline has passed."""
    put(register)
    commit(register, "randers")
    with office_of(register, clock=still(datetime.fromisoformat(LATER))) as found:
        yield Visitor.enter(found.port, found.guard)


def commanded(register: Path, tmp_path: Path, *words: str, at: str = AT) -> tuple[str, str]:
    """The files and the message that a command leaves in a copy of the register."""
    copy = tmp_path / "copy"
    shutil.copytree(register, copy)
    git(copy, "update-index", "--refresh")
    assert main(["-C", str(copy), "--at", at, "--lang", "da", *words]) == 0
    return kept(copy)


def kept(register: Path) -> tuple[str, str]:
    """The tree of the latest commit, and its message."""
    return git(register, "rev-parse", "main^{tree}"), git(register, "log", "-1", "--format=%B")


def press(visitor: Visitor, path: str, fields: Fields, do: str = "keep") -> Answer:
    """A button of an act's form."""
    return visitor.post(path, {**fields, "do": do})


def test_opened(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """A round is shown first, then written as the command writes it, with its retention."""
    before = kept(register)
    shown = press(visitor, "/runder/ny/", OPEN, "show")
    assert (shown.status, kept(register)) == (200, before)
    assert "submissions/2031-dagtilbud-aeldre/round.yml:" in shown.text
    assert "retention: 2032-03-31" in shown.text
    assert "Vi anbefaler et halvt år efter" in shown.text
    copy = tmp_path / "copy"
    commanded(register, tmp_path, *OPENED)
    assert press(visitor, "/runder/ny/", OPEN).status == 303
    path = "submissions/2031-dagtilbud-aeldre/round.yml"
    text = (register / path).read_text("utf-8")
    assert text.replace("retention: 2032-03-31\n", "") == (copy / path).read_text("utf-8")
    assert kept(register)[1] == kept(copy)[1]


def test_like_last_time(visitor: Visitor) -> None:
    """An earlier round fills in what is the same again, and none of its days."""
    page = visitor.get("/runder/ny/?like=2031-skole")
    assert 'value="Runde om skole (opdigtet)"' in page.text
    assert 'value="post@arrangoer.example"' in page.text
    assert "2031-06-30" not in page.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"retention": ""}, "Indtast, hvor længe I gemmer kontaktpersonerne."),
        ({"seal": "yes"}, "indsæt hele linjen fra docket key"),
        ({"seal": "yes", "key": "{kty: RSA"}, "indsæt hele linjen fra docket key"),
        ({"area-dagtilbud": "", "area-aeldre": ""}, "Sæt kryds ved mindst ét område."),
        ({"folder": "../ud"}, "Skriv små bogstaver, tal og bindestreger"),
        ({"folder": "2031-skole"}, "Runden findes allerede."),
        ({"opens": "2031-10-01"}, "ligger før åbningen"),
        ({"opens": "snart"}, "Indtast en dato"),
        ({"title-en": ""}, "Indtast"),
        ({"email": "post"}, "e-mail"),
        ({"seats-dagtilbud": "mange"}, "mange"),
    ],
)
def test_not_opened(register: Path, visitor: Visitor, change: dict[str, str], said: str) -> None:
    """What is missing or wrong is told, what was typed stays, and nothing is written."""
    before = kept(register)
    page = press(visitor, "/runder/ny/", {**OPEN, **change})
    assert page.status == 422
    assert said in page.words
    assert 'value="Runde om tilbud (opdigtet)"' in page.text
    assert kept(register) == before


def test_mended(register: Path, visitor: Visitor) -> None:
    """Deadline and places change, the rest of the file and its comments stay."""
    page = visitor.get("/runder/2031-skole/ret/")
    assert 'value="2031-06-30"' in page.text
    assert 'value="12:00"' in page.text
    said = {"deadline": "2031-08-15", "area-folkeskole": "yes", "seats-folkeskole": "4"}
    said |= {"area-dagtilbud": "yes", "area-aeldre": "yes", "seats-aeldre": "1"}
    shown = press(visitor, "/runder/2031-skole/ret/", said, "show")
    assert "Fristen er: fredag den 15. august 2031" in shown.text
    assert press(visitor, "/runder/2031-skole/ret/", said).status == 303
    text = (register / ROUND).read_text("utf-8")
    assert "deadline: 2031-08-15\n" in text
    assert "folkeskole: 4" in text
    assert text.startswith("# Opdigtet, kun til prøver.")
    assert "Runden 2031-skole rettet" in git(register, "log", "-1", "--format=%B")
    assert "Det står der allerede." in press(visitor, "/runder/2031-skole/ret/", said).text


def test_decided(register: Path, tmp_path: Path, late: Visitor) -> None:
    """Ticks show what they mean, and are written as the command writes them."""
    place = "/runder/2031-skole/udpegning/"
    page = late.get(place)
    assert page.text.count('name="chosen"') == 2
    ticks = {"chosen": ["randers", "viborg"], "decided": "2031-07-10", "until": "2033-12-31"}
    ticks |= {"area-randers": page.hidden("area-randers"), "area-viborg": "dagtilbud"}
    before = kept(register)
    part = press(late, place, ticks, "part")
    assert part.status == 200
    assert "2 udpegede" in part.words
    assert "Folkeskole: 1 af 2" in part.words
    assert "<html" not in part.text
    shown = press(late, place, ticks, "show")
    assert "2 udpegede" in shown.words
    assert 'value="randers" checked' in shown.text
    assert kept(register) == before
    named = [f"{one}:{ticks[f'area-{one}']}".rstrip(":") for one in ("randers", "viborg")]
    days = ("--decided", "2031-07-10", "--until", "2033-12-31", "--yes")
    words = ("decide", "2031-skole", *named, *days)
    wanted = commanded(register, tmp_path, *words, at=LATER)
    assert press(late, place, ticks).status == 303
    assert kept(register) == wanted


def test_a_decision_that_stands(register: Path, late: Visitor) -> None:
    """Another choice is written only by whoever says that it is to be changed."""
    place = "/runder/2031-skole/udpegning/"
    assert press(late, place, {"chosen": "randers"}).status == 303
    again = press(late, place, {"chosen": "viborg", **AREA})
    assert again.status == 422
    assert "Dette ville blive ændret" in again.text
    assert press(late, place, {"chosen": "viborg", **AREA, "change": "yes"}).status == 303
    assert "viborg" in (register / "submissions/2031-skole/decision.yml").read_text("utf-8")


def test_a_rule_is_broken(register: Path, visitor: Visitor) -> None:
    """What breaks a rule is told beside the ticks, and not written."""
    before = kept(register)
    page = press(visitor, "/runder/2031-skole/udpegning/", {"chosen": "viborg", **AREA})
    assert page.status == 422
    assert "fristen" in page.words
    assert "Sæt kryds ved mindst én." in press(visitor, "/runder/2031-skole/udpegning/", {}).text
    assert kept(register) == before


def test_two_decide_at_once(register: Path, late: Visitor) -> None:
    """The second is shown what the first wrote; nothing is overwritten."""
    place = "/runder/2031-skole/udpegning/"
    mine, theirs = late.get(place), late.get(place)
    first = {"token": theirs.hidden("token"), "base": theirs.hidden("base"), "do": "keep"}
    seen = late.send(place, {**first, "chosen": "randers", "do": "part"}).hidden("seen")
    assert late.send(place, {**first, "chosen": "randers", "seen": seen}).status == 303
    stands = kept(register)
    second = {**first, **AREA, "base": mine.hidden("base"), "chosen": ["randers", "viborg"]}
    answer = late.send(place, second)
    assert answer.status == 409
    assert "En anden har ændret det samme imens" in answer.text
    assert "Udpeget i 2031-skole: Randers" in answer.text
    assert 'value="viborg" checked' in answer.text
    assert kept(register) == stands
    again = {**second, "base": answer.hidden("base")}
    assert "Dette ville blive ændret" in late.send(place, again).text
    again["change"] = "yes"
    shown = late.send(place, again)
    assert "Intet er gemt endnu" in shown.text
    assert late.send(place, {**again, "seen": shown.hidden("seen")}).status == 303


def test_not_seen(register: Path, late: Visitor) -> None:
    """A choice other than the one that was shown last is shown, and only then written."""
    place = "/runder/2031-skole/udpegning/"
    before, page = kept(register), late.get(place)
    fields = {"token": page.hidden("token"), "base": page.hidden("base"), "do": "keep", **AREA}
    seen = late.send(place, {**fields, "chosen": "randers", "do": "show"}).hidden("seen")
    for told in ({}, {"seen": ""}, {"seen": seen}):
        answer = late.send(place, {**fields, "chosen": "viborg", **told})
        assert answer.status == 422
        assert "er ikke det, du så sidst" in answer.words
        assert "1 udpeget" in answer.words
        assert kept(register) == before
    last = {**fields, "chosen": "viborg", "seen": answer.hidden("seen")}
    assert late.send(place, last).status == 303


def test_stopped(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """A stop says for whom and why, and is written as the command writes it."""
    words = ("--reason-da", STOP["reason-da"], "--reason-en", STOP["reason-en"])
    more = ("--source", STOP["source"], "--date", STOP["date"], "--yes")
    wanted = commanded(register, tmp_path, "stop", "2030-job", *words, *more)
    place = "/runder/2030-job/stop/"
    shown = press(visitor, place, STOP, "show")
    assert "Grund: Loven er ændret." in shown.text
    assert press(visitor, place, {**STOP, "reason-en": ""}).status == 422
    assert press(visitor, place, STOP).status == 303
    assert kept(register) == wanted
    assert "allerede stoppet" in press(visitor, place, {**STOP, "date": "2031-02-28"}).text


def test_letters(register: Path, visitor: Visitor) -> None:
    """Each letter is the command's, alone or in an archive; what has not come yet says so."""
    docket = load(register, NOW)
    writer = Writer(docket, check(docket), "da", unopened)
    post = writer.letters(docket.rounds["2031-skole"], Occasion.RECEIPT)
    wanted = {f"{one.municipality.slug}.eml": one.message.as_bytes() for one in post.letters}
    page = visitor.get("/runder/2031-skole/breve/")
    assert "Kommer, når udpegningen er registreret." in page.words
    assert "docket" not in page.words
    whole = visitor.get("/runder/2031-skole/breve/receipt.zip")
    assert whole.headers["Content-Disposition"] == "attachment; filename=2031-skole-receipt.zip"
    assert whole.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == wanted
    one = visitor.get("/runder/2031-skole/breve/receipt/viborg.eml")
    assert one.content == wanted["viborg.eml"]
    assert visitor.get("/runder/2031-skole/breve/receipt/odder.eml").status == 404
    assert visitor.get("/runder/2031-skole/breve/decision.zip").status == 409


@pytest.mark.parametrize(("name", "opener"), [("", None), ("-fortroligt", unopened)])
def test_the_sheet(register: Path, visitor: Visitor, name: str, opener: Opener | None) -> None:
    """The overview is the command's workbook, byte for byte."""
    docket = load(register, NOW)
    view = round_view(docket, docket.rounds["2031-skole"], check(docket))
    head = Head(git(register, "rev-parse", "main"), changed=False)
    wanted = summary.write("xlsx", summarise(docket, view, head, "da", opener))
    answer = visitor.get(f"/runder/2031-skole/overblik{name}.xlsx")
    assert answer.content == wanted
    assert (b"PK" in answer.content, answer.status) == (True, 200)


def test_pages_in_both_languages(register: Path, visitor: Visitor) -> None:
    """Every page is there in both languages, and each leads to the other."""
    commit(register, "x")
    for path in ("", "e-mail/", "runder/", "runder/ny/", "runder/2031-skole/"):
        assert 'lang="en">English' in visitor.get(f"/{path}").text
        assert '<html lang="en">' in visitor.get(f"/en/{path}").text
    for name in ("ret", "udpegning", "stop", "breve"):
        page = visitor.get(f"/en/runder/2031-skole/{name}/")
        assert page.status == 200
        assert "field__inputfield" not in page.text
        assert f'href="../../../../runder/2031-skole/{name}/"' in page.text


@pytest.fixture
def keyed(register: Path) -> str:
    """The private key of a round with a seal, and an answer in it that nobody else can read."""
    private, public = seal.new_key()
    path = register / ROUND
    path.write_text(f"{path.read_text('utf-8')}seal: {json.dumps(public)}\n", "utf-8")
    contact = {"name": "Sekretariatet", "email": "post@kommune.example"}
    shut = seal.seal(public, contact, "2031-skole", "randers")
    put(register, re.sub("contact: .*", f"contact: {{sealed: {shut}}}", TEXT))
    commit(register, "sealed", "2031-03-01T10:00:00+01:00")
    return private


def test_sealed(register: Path, keyed: str, visitor: Visitor) -> None:
    """The key opens the contacts for one download, and lies nowhere afterwards."""
    place = "/runder/2031-skole/"
    assert "Kontaktpersonerne er forseglede." in visitor.get(f"{place}breve/").words
    whole = visitor.upload(f"{place}breve/receipt.zip", "key.json", keyed.encode())
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert b"To: Sekretariatet <post@kommune.example>" in archive.read("randers.eml")
    without = visitor.get(f"{place}breve/receipt.zip")
    with zipfile.ZipFile(io.BytesIO(without.content)) as archive:
        assert b"To:" not in archive.read("randers.eml")
    sheet = visitor.upload(f"{place}overblik-fortroligt.xlsx", "key.json", keyed.encode())
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as archive:
        assert b"post@kommune.example" in archive.read("xl/sharedStrings.xml")
    secret = json.loads(keyed)["d"].encode()
    kept = [one for one in register.rglob("*") if one.is_file() and secret in one.read_bytes()]
    assert kept == []


@pytest.mark.parametrize("name", ["breve/receipt.zip", "overblik-fortroligt.xlsx"])
@pytest.mark.usefixtures("keyed")
def test_the_wrong_key(visitor: Visitor, name: str) -> None:
    """A file that is no key, none at all, and another round's key are told apart."""
    for content, said in (
        (b"", "ikke en privat nøgle"),
        (b"{}", "ikke en privat nøgle"),
        (b"[" * 5000, "ikke en privat nøgle"),
        (seal.new_key()[0].encode(), "hører til en anden runde"),
    ):
        answer = visitor.upload(f"/runder/2031-skole/{name}", "key.json", content)
        assert answer.status in (409, 422)
        assert said in answer.words


def test_a_new_seal(register: Path, visitor: Visitor) -> None:
    """A key is made for whoever takes it home; the round keeps its public half."""
    private = visitor.get("/runder/ny/segl.json").content
    fields = {name: text for name, text in OPEN.items() if isinstance(text, str)}
    shown = visitor.upload("/runder/ny/", "k.json", private, **fields, seal="yes", do="show")
    whole = seal.public_half(seal.read_key(private))
    assert whole["n"] in shown.text
    line = f"seal: {json.dumps(whole)}"
    assert press(visitor, "/runder/ny/", {**OPEN, "seal": "yes", "key": line}).status == 303
    kept = (register / "submissions/2031-dagtilbud-aeldre/round.yml").read_text("utf-8")
    assert whole["n"] in kept
    assert json.loads(private)["d"] not in kept + shown.text
