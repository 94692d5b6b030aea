"""The organiser's guide is true: its commands run, its files pass, in both languages alike."""

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from docket.acts.yamledit import edit
from docket.cli.main import main, parsed
from support.organise import install, send
from support.worlds import HERE, ROOT, commit, docket_of, found_in, git

YEAR, WRONG = "arrangoer.md", "naar-noget-gaar-galt.md"
FORM = "Organise"
ROUND = "submissions/2027-eksempel"
LATER = "2027-06-01"
DAYS = {
    "opret": "2026-12-01",
    "oev": "2026-12-02",
    "aaben": "2027-02-01",
    "e-mail": "2027-02-11",
    "godkendelse": "2027-03-11",
    "overblik": "2027-03-12",
    "udpeg": "2027-04-01",
    "breve": "2027-04-02",
    "slet": "2028-01-05",
    "slut": "2028-05-01",
    "to-svar": "2027-02-03",
    "aflyst": "2027-01-20",
    "siden": "2027-02-12",
}
"""The day on which a section's commands are given; `LATER` where it is not named."""
BLOCK = re.compile(
    r"^#+ [^\n]*\{ #(?P<id>[\w-]+) \}$"
    r'|^```(?P<kind>\w+)(?: title="(?P<path>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
MAIL = "municipality: {}\nareas: [folkeskole]\ncontact: {{name: Skoleafdelingen, email: {}}}\n"
MORE = "approval: {status: pending, date: 2027-03-10}\n"


@dataclass(frozen=True)
class Block:
    """Something to type or to paste, in a section of the guide."""

    section: str
    kind: str
    path: str
    text: str


def _blocks(page: str, lang: str = "da") -> Iterator[Block]:
    section = ""
    for found in BLOCK.finditer((ROOT / f"site/{lang}/{page}").read_text("utf-8")):
        section = found["id"] or section
        if found["kind"] not in (None, "json"):  # a register's own schema is tested by itself
            yield Block(section, found["kind"], found["path"] or "", found["text"])


def _of(section: str) -> list[Block]:
    return [one for one in _blocks(WRONG) if one.section == section]


def _file(name: str) -> str:
    return MAIL.format(name, f"skole@{name}.example") + MORE


def _open_office(root: Path) -> Path:
    shutil.copytree(ROOT / "schema", root / "schema")
    (root / "submissions").mkdir()
    shutil.copy(ROOT / "submissions/organiser.yml", root / "submissions")
    (root / ".gitignore").write_text("/*.yml\n/*.eml\n/*.xlsx\n", "utf-8")
    (root / "odense.yml").write_text(_file("odense"), "utf-8")
    mail = "From: a@skive.example\nSubject: Svar\nContent-Type: application/yaml\n"
    mail += 'Content-Disposition: attachment; filename="skive.yml"\n\n'
    (root / "skive.eml").write_text(mail + _file("skive"), "utf-8")
    (root / "byraad.eml").write_text("From: a@skive.example\n\nByrådet har sagt ja.\n", "utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "Register", "2026-11-01T09:00:00+01:00")
    forge = root.parent / "forge.git"
    git(root, "clone", "--quiet", "--bare", ".", str(forge))
    git(root, "remote", "add", "origin", "../forge.git")
    (forge / "hooks").mkdir(exist_ok=True)
    (forge / "hooks/update").write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n', "utf-8")
    (forge / "hooks/update").chmod(0o755)
    return root


def _merge(root: Path, day: str) -> None:
    """Somebody merges what waits on the forge, main included, and fetches it."""
    git(root, "fetch", "--quiet", "origin", "+refs/heads/proposal/*:refs/remotes/origin/proposal/*")
    refs = git(root, "for-each-ref", "--format=%(refname)", "refs/remotes/origin/proposal").split()
    for ref in refs:
        git(root, "merge", "--quiet", "--no-ff", ref, "-m", "Merge", at=f"{day}T09:00:00+01:00")
    hook = root.parent / "forge.git/hooks/update"
    hook.rename(hook.with_name("away"))
    git(root, "push", "--quiet", "origin", "main")
    hook.with_name("away").rename(hook)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty register with the real schemas, and what came by e-mail. It stands there."""
    root = _open_office(tmp_path / "register")
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as it stands when two are designated."""
    root = _open_office(tmp_path_factory.mktemp("example") / "register")
    with contextlib.chdir(root):
        for one in _blocks(YEAR):
            if one.kind == "sh" and one.section in ("opret", "e-mail", "udpeg"):
                _type(one)
    return root


@pytest.fixture
def decided(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example. It stands there."""
    shutil.copytree(example.parent / "forge.git", tmp_path / "forge.git")
    root = shutil.copytree(example, tmp_path / "register")
    git(root, "update-index", "--refresh")
    monkeypatch.chdir(root)
    return root


def _type(block: Block) -> None:
    """The commands of docket in a block, on its day; what they propose is merged."""
    day = DAYS.get(block.section, LATER)
    for words in _commands(block):
        if words[0] == "docket":
            assert main([*words[1:], "--at", day]) == 0, words
        else:
            assert words == ["git", "pull"]
        if "--propose" in words:
            _merge(Path.cwd(), day)


def _commands(block: Block) -> list[list[str]]:
    lines = block.text.replace("\\\n", " ").splitlines()
    return [[one.strip('"') for one in re.findall(r'"[^"]*"|\S+', line)] for line in lines]


def _paste(root: Path, block: Block) -> None:
    """The file of a block as it says: whole, or these fields, entries or words of it."""
    path = root / block.path
    if path.suffix == ".json":
        schema, more = json.loads(path.read_text("utf-8")), json.loads(block.text)
        schema["enum"] += more["enum"]
        schema["x-terms"].update(more["x-terms"])
        path.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    elif block.text.startswith("- "):
        _note(path, block.text)
    elif block.text.startswith(("#", "municipality:")):
        path.write_text(block.text, "utf-8")
    else:
        fields = yaml.load(block.text, yaml.BaseLoader)
        path.write_bytes(edit(path.read_bytes(), fields))
    commit(root, "By hand", f"{LATER}T09:00:00+02:00")
    _merge(root, LATER)


def _note(path: Path, line: str) -> None:
    """A receipt in the place of the one with its reference, else at the end."""
    key = re.findall(r'"J-\d+"', line)
    kept = path.read_text("utf-8").splitlines(keepends=True)
    found = [at for at, one in enumerate(kept) if key and re.findall(r'"J-\d+"', one) == key]
    kept[found[0] if found else len(kept) :] = [line, *kept[found[0] + 1 :]] if found else [line]
    path.write_text("".join(kept), "utf-8")


def _codes(root: Path, day: str = LATER) -> list[str]:
    return sorted({one.split()[-1] for one in found_in(root, day)})


@pytest.mark.parametrize("page", [YEAR, WRONG])
def test_languages_say_the_same(page: str) -> None:
    """Both languages have the same sections, and the same things to type and to paste."""
    assert list(_blocks(page, "da")) == list(_blocks(page, "en"))
    titles = [
        re.findall(r"\{ #([\w-]+) \}", (ROOT / f"site/{lang}/{page}").read_text("utf-8"))
        for lang in ("da", "en")
    ]
    assert titles[0] == titles[1]


def test_the_year(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The year can be followed from top to bottom; both ways of a step give the same file."""
    compared = 0
    for one in _blocks(YEAR):
        if one.kind == "sh":
            _type(one)
        elif one.path == FORM:
            continue
        elif one.text.startswith(("# yaml", "- ")):
            written = (office / one.path).read_text("utf-8")
            assert one.text in written, one.path
            compared += 1
        else:
            _paste(office, one)
        assert _codes(office, DAYS[one.section]) == [], one
    assert compared == 2
    assert (office.parent / "internt.xlsx").is_file()
    assert {one.name for one in (office.parent / "breve").iterdir()} == {"odense.eml", "skive.eml"}
    assert main(["summary", "2027-eksempel", "--at", "2028-05-02"]) == 0
    assert "Runden blev stoppet den 1. maj 2028." in capsys.readouterr().out


FORMS = [one for page in (YEAR, WRONG) for one in _blocks(page) if one.path == FORM]


@pytest.mark.parametrize("form", FORMS, ids=lambda one: f"{one.section}")
def test_form(form: Block, tmp_path: Path) -> None:
    """What is written in the forge's form is what the command beside it says."""
    install(tmp_path, "import sys; open('words', 'w').write('\\n'.join(sys.argv[1:]))")
    code, told = send(tmp_path, **dict(line.split(": ", 1) for line in form.text.splitlines()))
    assert code == 0, told
    pressed = _meant((tmp_path / "words").read_text("utf-8").splitlines())
    blocks = [one for page in (YEAR, WRONG) for one in _blocks(page)]
    beside = [one for one in blocks if one.section == form.section and one.kind == "sh"]
    typed = [_meant(words[1:]) for one in beside for words in _commands(one)]
    apart = {"like", "branch", "command"} if form.section in ("opret", "e-mail") else set()
    assert any(
        pressed.items() - {(key, pressed.get(key)) for key in apart} <= one.items() for one in typed
    )
    assert pressed["propose"] == "True"


def _meant(words: list[str]) -> dict[str, str]:
    """What a command says, by the names of its arguments."""
    said = vars(parsed(words, "da")).items()
    return {key: str(value) for key, value in said if value not in (None, "", [], False)}


@pytest.mark.parametrize(
    ("section", "before", "told"),
    [
        (
            "naaede-frem",
            ["T01"],
            "| Viborg | Midtjylland | Folkeskole | 15. februar 2027 kl. 23.41",
        ),
        (
            "flyt-fristen",
            ["T01"],
            "| Viborg | Midtjylland | Folkeskole | 16. februar 2027 kl. 08.50",
        ),
        (
            "uden-kvittering",
            ["T01"],
            "| Viborg | Midtjylland | Folkeskole | 14. februar 2027 kl. 16.20",
        ),
        ("et-nej", [], "| Skive | Midtjylland | Folkeskole | 10. maj 2027"),
        ("traek-tilbage", [], "| Skive | Midtjylland | Folkeskole | 31. maj 2027"),
        ("ledig-plads", [], "| Odense | Syddanmark | Folkeskole"),
        ("sammenlaegning", [], "| Skive | Midtjylland | Folkeskole | 31. december 2027"),
        ("forkert-kvittering", ["T04"], "| Odense | Syddanmark | Folkeskole | 1. februar 2027"),
        ("slet-oplysninger", [], "| Skive | Midtjylland | Folkeskole"),
        ("ulaeselig", ["F02"], "| Skive | Midtjylland | Folkeskole"),
    ],
)
def test_recipe(
    decided: Path,
    section: str,
    before: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was wrong is right when the recipe is followed, and the summary says what it says."""
    case = HERE / "guide" / section
    if case.is_dir():
        for file in sorted(case.iterdir()):
            if file.name == "receipts.yml":
                _note(decided / ROUND / file.name, file.read_text("utf-8"))
            else:
                shutil.copy(file, decided / ROUND / file.name)
        commit(decided, "What went wrong", f"{LATER}T08:00:00+02:00")
        _merge(decided, LATER)
    assert _codes(decided) == before
    assert _of(section)
    for one in _of(section):
        if one.kind == "sh":
            _type(one)
        else:
            _paste(decided, one)
    assert _codes(decided) == []
    capsys.readouterr()
    assert main(["summary", "2027-eksempel", "--at", LATER]) == 0
    assert told in capsys.readouterr().out


def test_two_answers(office: Path) -> None:
    """The second answer in time is the one that counts, and both have a receipt."""
    for one in _blocks(YEAR):
        if one.kind == "sh" and one.section in ("opret", "e-mail"):
            _type(one)
    (office / "odense.yml").write_text(_file("odense").replace("Skole", "Børne"), "utf-8")
    for one in _of("to-svar"):
        _type(one)
    assert _codes(office) == []
    register = docket_of(office, LATER)
    assert [one.reference for one in register.receipts if one.municipality == "odense"] == [
        "J-17",
        "J-21",
    ]


def test_called_off(office: Path) -> None:
    """A round stopped before its deadline has a decision that designates nobody."""
    for one in _blocks(YEAR):
        if one.kind == "sh" and one.section == "opret":
            _type(one)
    _type(_of("aflyst")[0])
    decision = docket_of(office, LATER).decisions["2027-eksempel"]
    assert (decision.designated, bool(decision.stopped)) == ((), True)
    assert _codes(office) == []


def test_a_lost_key(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a new key in the round nothing is wrong: what was sealed stays sealed."""
    first = next(one for one in _blocks(YEAR) if one.section == "opret")
    _type(first)
    assert main(["key", "../first.key.json"]) == 0
    _seal(office, capsys.readouterr().out)
    _type(next(one for one in _blocks(YEAR) if one.section == "e-mail"))
    assert "sealed:" in (office / ROUND / "odense.yml").read_text("utf-8")
    capsys.readouterr()
    _type(_of("tabt-noegle")[0])
    _seal(office, capsys.readouterr().out)
    assert _codes(office) == []


def _seal(root: Path, told: str) -> None:
    """The line that the command wrote, in the round's file."""
    line = next(one for one in told.splitlines() if one.strip().startswith("seal:"))
    path = root / ROUND / "round.yml"
    kept = [one for one in path.read_text("utf-8").splitlines() if not one.startswith("seal:")]
    path.write_text("\n".join([*kept, line.strip()]) + "\n", "utf-8")
    commit(root, "A key", "2026-12-03T09:00:00+01:00")
    _merge(root, "2026-12-03")
