"""Sealed contacts: only the organiser's key opens them, and nothing of them is in Git in clear."""

import json
import shutil
import stat
from base64 import urlsafe_b64encode
from contextlib import redirect_stderr, redirect_stdout
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest

from docket.acts import seal
from docket.cli.main import main
from docket.domain.nouns import Contact, Submission
from docket.loading.envelope import header
from docket.server.noscript import CLOSE, OPEN
from support.desk import ORIGIN, body, desk_of, post, still
from support.worlds import AT, commit, docket_of, found_in, git, objects

ROUND = "2031-segl"
PATH = f"submissions/{ROUND}/randers.yml"
BRANCH = f"submission/{ROUND}/randers"
CALL = """title: {da: Runde med segl (opdigtet), en: Sealed round (invented)}
seats: {folkeskole: 2}
opens: 2020-01-01
deadline: 2031-06-30
receiver: {name: Sekretariatet}
decides: {da: udvalget, en: the committee}
retention: 2031-12-31
"""
OPENED = """municipality: randers
areas: [folkeskole]
contact:   # ring helst til Hemmelig
  {name: Hemmelig Æ, title: Chef, email: hemmelig@kommune.example, phone: "+4587654321"}
approval: {status: pending}
motivation: |
  En grund
  til
"""
CONTACT = Contact("Hemmelig Æ", "hemmelig@kommune.example", "Chef", "+4587654321")
SECRETS = ("Hemmelig", "hemmelig@", "87654321", "Chef")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A private key, and the line of its public half: they take a quarter of a second."""
    file = tmp_path_factory.mktemp("key") / "nøgle.json"
    with redirect_stdout(StringIO()) as line, redirect_stderr(StringIO()) as told:
        assert main(["key", str(file)]) == 0
    assert line.getvalue().startswith("seal: {")
    assert "round.yml" in told.getvalue()
    return file, line.getvalue()


@pytest.fixture
def key(register: Path, tmp_path: Path, pair: tuple[Path, str]) -> Path:
    """The private key of the sealed round that is added to the base world."""
    made, line = pair
    file = Path(shutil.copy(made, tmp_path))
    folder = register / "submissions" / ROUND
    folder.mkdir()
    (folder / "round.yml").write_text(CALL + line, encoding="utf-8")
    commit(register, "sealed", "2026-01-01T12:00:00+01:00")
    assert found_in(register) == []
    return file


def entry_at(root: Path, name: str = "HEAD") -> Submission:
    """The submission of Randers as a commit has it."""
    text = git(root, "show", f"{name}:{PATH}")
    (root / PATH).write_text(text + "\n", encoding="utf-8")
    return next(one for one in docket_of(root).submissions if one.path == PATH)


def sealed_file(root: Path, fields: dict[str, str] | None = None) -> str:
    """A submission as the form makes it."""
    public = docket_of(root).rounds[ROUND].seal or {}
    given = fields or {"name": CONTACT.name, "email": CONTACT.email}
    text = seal.seal(public, given, ROUND, "randers")
    start, rest = OPENED.split("contact:")
    return f'{start}contact: {{sealed: "{text}"}}\n{rest[rest.index("approval") :]}'


def test_the_key_stays_private(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], key: Path
) -> None:
    """The private key is the user's alone, is never overwritten, and never lies in the register."""
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    assert main(["key", str(key)]) == 2
    assert "findes allerede" in capsys.readouterr().err
    assert key.read_bytes() == before
    inside = register / "submissions" / "key.json"
    assert main(["-C", str(tmp_path), "key", str(inside)]) == 2
    assert "Gem nøglen et andet sted" in capsys.readouterr().err
    assert not inside.exists()
    (register / ".gitignore").write_text("/private/\n", encoding="utf-8")
    (register / "private").mkdir()
    assert main(["key", str(register / "private/key.json")]) == 0


def test_only_the_key_opens(register: Path, key: Path) -> None:
    """The right key opens; another one, another's file and changed bytes do not."""
    (register / PATH).write_text(sealed_file(register), encoding="utf-8")
    assert found_in(register) == []
    entry = next(one for one in docket_of(register).submissions if one.path == PATH)
    mine = seal.read_key(key.read_bytes())
    assert seal.open_contact(mine, entry) == Contact(CONTACT.name, CONTACT.email)
    other = seal.read_key(seal.new_key()[0].encode())
    assert seal.open_contact(other, entry) is None
    stolen = (register / PATH).read_text("utf-8").replace("randers", "skive")
    (register / PATH).with_name("skive.yml").write_text(stolen, encoding="utf-8")
    assert found_in(register)[-1].endswith("skive.yml:3:19 M05")
    moved = next(one for one in docket_of(register).submissions if one.municipality == "skive")
    assert seal.open_contact(mine, moved) is None
    assert entry.contact
    head, *rest = entry.contact.sealed.split(".")
    told = json.dumps(header(ROUND, "skive")).encode()
    start = urlsafe_b64encode(told).decode().rstrip("=")
    assert head != start
    contact = Contact(sealed=".".join([start, *rest]))
    assert moved.contact
    lie = Submission(ROUND, "x", "skive", ("folkeskole",), contact, None)
    assert seal.open_contact(mine, lie) is None


@pytest.mark.parametrize("way", ["script", "plain"])
def test_no_contact_in_clear_at_the_desk(
    register: Path, tmp_path: Path, key: Path, way: str
) -> None:
    """What comes open to the desk is sealed before Git sees it, with its receipt."""
    page = tmp_path / f"public/meld-interesse/{ROUND}/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<p>{OPEN}{CLOSE}</p>", encoding="utf-8")
    with desk_of(register, tmp_path / "public", clock=still()) as port:
        if way == "script":
            status, _, _ = post(port, body(OPENED, ROUND))
        else:
            status, answer = _post_plain(port, {"contact-email": "hemmelig@"})
            assert status == 422
            assert "#contact&#45;email" in answer
            status, answer = _post_plain(port, {})
            assert "sealed: &quot;eyJ" in answer
    assert status == 201
    kept = git(register, "show", f"{BRANCH}:{PATH}")
    assert "sealed:" in kept
    everything = objects(register)
    assert not [word for word in SECRETS if word in everything]
    mine = seal.read_key(key.read_bytes())
    assert seal.open_contact(mine, entry_at(register, BRANCH)) == CONTACT
    (register / PATH).unlink()
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert found_in(register) == []


def _post_plain(port: int, more: dict[str, str]) -> tuple[int, str]:
    fields = {
        "municipality": "Randers",
        "areas": "folkeskole",
        "contact-name": CONTACT.name,
        "contact-title": CONTACT.title,
        "contact-email": CONTACT.email,
        "contact-phone": CONTACT.phone,
        "approval-status": "pending",
        **more,
    }
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", f"/desk/{ROUND}/", urlencode(fields), sent)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_by_mail_and_by_command(
    register: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An open file that came by e-mail is sealed when it is registered; so is one submitted."""
    file = tmp_path / "randers.yml"
    file.write_text(OPENED, encoding="utf-8")
    words = ["--at", AT, "--round", ROUND, "--received", "2031-03-01T10:00:00+01:00"]
    words += ["--via", "e-mail"]
    assert main(["-C", str(register), "receive", str(file), *words]) == 0
    mine = seal.read_key(key.read_bytes())
    entry = entry_at(register)
    assert seal.open_contact(mine, entry) == CONTACT
    assert entry.motivation == "En grund\ntil\n"
    assert found_in(register) == []
    assert main(["-C", str(register), "submit", str(file), "--round", ROUND]) == 0
    assert "forseglet" in capsys.readouterr().out
    assert seal.open_contact(mine, entry_at(register, BRANCH)) == CONTACT
    everything = objects(register)
    assert not [word for word in SECRETS if word in everything]


def test_an_open_contact_is_not_taken_in(
    register: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pull request with an open contact is refused, and says what to do instead."""
    assert key
    git(register, "switch", "--quiet", "--create", "open")
    (register / PATH).write_text(OPENED, encoding="utf-8")
    commit(register, "open")
    git(register, "switch", "--quiet", "main")
    words = ["--at", AT, "accept", "open", "--received", "2031-03-01T10:00:00+01:00"]
    assert main(["-C", str(register), *words]) == 1
    assert "Udfyld formularen" in capsys.readouterr().out


def test_sealed_again_after_the_deadline(register: Path, key: Path) -> None:
    """After the deadline a contact may still change, sealed or not."""
    assert key
    (register / PATH).write_text(sealed_file(register), encoding="utf-8")
    commit(register, "in time", "2031-03-01T12:00:00+01:00")
    (register / PATH).write_text(sealed_file(register), encoding="utf-8")
    commit(register, "late", "2031-08-01T12:00:00+02:00")
    assert found_in(register, "2031-08-02") == []


def test_summary(register: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary opens contacts with the key; a wrong or lost one loses the contacts only."""
    fields = {"name": CONTACT.name, "email": CONTACT.email}
    (register / PATH).write_text(sealed_file(register, fields), encoding="utf-8")
    commit(register, "more")

    def told(*words: str) -> tuple[dict[str, object], str]:
        shown = ["summary", ROUND, "--format", "json", "--with-contacts", *words]
        assert main(["-C", str(register), *shown]) == 0
        out, err = capsys.readouterr()
        (line,) = json.loads(out)["submissions"]
        contact = line.pop("contact")
        assert line["municipality"] == "randers"
        return contact, err

    contact, err = told("--key", str(key))
    assert (contact["name"], contact["email"]) == (CONTACT.name, CONTACT.email)
    assert (contact["sealed"], err) == (False, "")
    wrong = key.with_name("anden.json")
    assert main(["key", str(wrong)]) == 0
    capsys.readouterr()
    contact, err = told("--key", str(wrong))
    assert (contact["name"], contact["sealed"]) == (None, True)
    assert "nøglen åbner ikke 1 af kontaktpersonerne" in err
    contact, err = told()
    assert (contact["name"], contact["sealed"]) == (None, True)
    assert "--key FILE" in err
    shown = ["-C", str(register), "summary", ROUND, "--with-contacts"]
    assert main([*shown]) == 0
    assert "(forseglet)" in capsys.readouterr().out
    for content in ("{}", "nej", '{"kty": "RSA"}', "[1]", json.dumps({"kty": "oct", "k": "x"})):
        wrong.write_text(content, encoding="utf-8")
        assert main([*shown, "--key", str(wrong)]) == 2
        assert "er ikke en privat nøgle" in capsys.readouterr().err
    assert main([*shown, "--key", str(wrong.with_name("borte"))]) == 2
    assert main(["-C", str(register), "summary", ROUND, "--key", str(key)]) == 2


def test_sealed_to_another_key(register: Path, tmp_path: Path, key: Path) -> None:
    """What is sealed to another key than the round's is told at once; older ones name none."""
    other = seal.new_key()[1]
    right, wrong = sealed_file(register), seal.seal(other, {"name": "x"}, ROUND, "randers")
    with desk_of(register, tmp_path, clock=still()) as port:
        start, rest = right.split('sealed: "')
        bad = f'{start}sealed: "{wrong}{rest[rest.index(chr(34)) :]}'
        status, data, _ = post(port, body(bad, ROUND))
        assert status == 422
        assert "som runden »Runde med segl (opdigtet)« ikke har" in str(data)
        assert post(port, body(right, ROUND))[0] == 201
    assert key


@pytest.mark.parametrize("lost", [False, True])
def test_seal_replaced(
    register: Path, key: Path, capsys: pytest.CaptureFixture[str], *, lost: bool
) -> None:
    """A seal that is replaced when answers have come is told, then who is to be asked again."""
    (register / PATH).write_text(sealed_file(register), encoding="utf-8")
    commit(register, "fine")
    line = f"seal: {json.dumps(seal.new_key()[1])}\n" if lost else ""
    git(register, "switch", "--quiet", "--create", "other")
    (register / f"submissions/{ROUND}/round.yml").write_text(CALL + line, encoding="utf-8")
    commit(register, "another seal")
    words = ["review", "main", "other", "--by", "organiser", "--received", AT]
    assert main(["-C", str(register), *words]) == 1
    assert "skiftet ved en fejl" in capsys.readouterr().out
    assert found_in(register) == []
    assert main(["-C", str(register), "inbox", "--at", "2031-03-06"]) == 0
    assert "bed om dem igen (1)\n  Randers Kommune" in capsys.readouterr().out
    assert key


def test_the_key_is_tried(
    register: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the summary the organiser learns which contacts, taken in or waiting, stay shut."""
    right = sealed_file(register)
    (register / PATH).write_text(right, encoding="utf-8")
    commit(register, "fine")
    words = ["-C", str(register), "key", str(key), "--check"]
    assert main(words) == 0
    assert capsys.readouterr().out == "Nøglen åbner 1 kontaktperson.\n"
    public = docket_of(register).rounds[ROUND].seal or {}
    text = seal.seal(public, {"name": "x"}, ROUND, "skive")
    altered = text[:-2] + ("AA" if text[-2:] != "AA" else "BB")
    start, rest = right.replace("randers", "skive").split('sealed: "')
    with desk_of(register, tmp_path, clock=still()) as port:
        status, _, _ = post(
            port, body(f'{start}sealed: "{altered}{rest[rest.index(chr(34)) :]}', ROUND)
        )
    assert status == 201
    assert main(words) == 1
    out = capsys.readouterr().out
    assert f"submission/{ROUND}/skive: kontaktpersonen fra Skive Kommune er forseglet" in out
    assert "Nøglen åbner 1 kontaktperson." in out
    other = tmp_path / "anden.json"
    assert main(["key", str(other)]) == 0
    assert main(["-C", str(register), "key", str(other), "--check"]) == 2
    assert "Ingen runde har den nøgle" in capsys.readouterr().err


def test_when_contacts_are_to_be_erased(
    register: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the day has come, the inbox names each open contact's file, and the key, until done."""
    assert key
    round_ = register / f"submissions/{ROUND}/round.yml"
    (register / PATH).write_text(sealed_file(register), encoding="utf-8")
    opened = OPENED.replace("randers", "skive")
    (register / PATH).with_name("skive.yml").write_text(opened, encoding="utf-8")
    commit(register, "more")

    def told(at: str) -> str:
        assert main(["-C", str(register), "inbox", "--at", at]) == 0
        return capsys.readouterr().out

    assert "skal slettes" not in told("2031-12-31")
    text = told("2032-01-01")
    assert f"submissions/{ROUND}/skive.yml: Skive Kommune, gemmes til den 31. december 2031" in text
    assert f"{PATH}: Randers" not in text
    assert "Slet nøglen" in text
    round_.write_text(round_.read_text("utf-8") + "erased: 2032-01-02\n", encoding="utf-8")
    assert "skal slettes" not in told("2032-01-03")
