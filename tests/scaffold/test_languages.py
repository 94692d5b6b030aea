"""Registers in other languages: a funder's in English alone, and one in Swedish and English."""

import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.text.catalogue import entries
from support.built import build
from support.funder import played, register, translate, translated
from support.leaks import foreign, shown
from support.worlds import git

READ = {".html", ".json", ".jsonld", ".csv", ".atom", ".ics", ".xml"}


@pytest.fixture(scope="session")
def funder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A research funder's register in English alone."""
    return played(register(tmp_path_factory.mktemp("funder"), "en"), "en")


@pytest.fixture(scope="session")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in Swedish, which the package does not have, and English."""
    root = register(tmp_path_factory.mktemp("swedish"), "sv", "en")
    translate(root)
    git(root, "commit", "--quiet", "-am", "the texts")
    return played(root, "sv", "en")


def _leaks(root: Path) -> dict[str, set[str]]:
    """What is foreign in the files of the register and of its site."""
    public = [path for path in (root / "public").rglob("*") if path.suffix in READ]
    own = [
        root / name for name in git(root, "ls-files", "submissions", "schema", "site/??").split()
    ]
    own += root.glob("mkdocs*.yml")
    found = {
        str(path.relative_to(root)): foreign(shown(path.read_text(encoding="utf-8")))
        for path in (*public, *own)
    }
    return {name: words for name, words in found.items() if words}


def test_english_alone(funder: Path) -> None:
    """No page, data file, schema or file of an English register holds a Danish word, or a /en/."""
    assert _leaks(funder) == {}
    assert not (funder / "public/en").exists()
    text = (funder / "public/rounds/2031-calls/index.html").read_text(encoding="utf-8")
    assert [f'id="{one}"' in text for one in ("kort", "map", "list", "about")] == [
        False,
        *[True] * 3,
    ]
    assert main(["-C", str(funder), "check", "--at", "2031-02-11"]) == 0


def test_english_alone_has_no_menu_of_languages(funder: Path) -> None:
    """Every page says its language, and offers no other."""
    for page in (funder / "public").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<html lang="en">' in text, page
        assert "hreflang" not in text, page
    data = json.loads((funder / "public/data/status.json").read_text(encoding="utf-8"))
    assert data["areas"][0] == {"area": "ocean", "en": "Ocean/coast"}
    told = json.loads((funder / "public/data/status.csv-metadata.json").read_text("utf-8"))
    head = (funder / "public/data/status.csv").read_text("utf-8-sig").splitlines()[0]
    assert told["dialect"]["delimiter"] == ","
    assert len(head.split(",")) == len(told["tableSchema"]["columns"])


@pytest.mark.parametrize(
    "name", sorted({key.split(".")[1] for key in entries("commands")} - {"metavars", "shared"})
)
def test_english_help(funder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each command speaks English, whatever the terminal says."""
    with pytest.raises(SystemExit):
        main(["-C", str(funder), name, "--help"])
    assert foreign(capsys.readouterr().out) == set()


@pytest.mark.parametrize(
    "words",
    [
        ("summary", "2031-calls"),
        ("summary", "2031-calls", "--format", "csv"),
        ("summary", "2031-calls", "--format", "json"),
        ("inbox",),
        ("inbox", "--format", "json"),
        ("check", "--format", "json"),
        ("summary",),
        (
            "stop",
            "2031-calls",
            "--dry-run",
            "--source",
            "https://a.example/",
            "--reason-en",
            "Money.",
        ),
        ("nonsense",),
        ("summary", "2031-cals"),
    ],
)
def test_english_told(
    funder: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What a command tells, and what it refuses, is in English."""
    main(["-C", str(funder), *words, "--at", "2031-02-11"])
    told = capsys.readouterr()
    assert foreign(told.out + told.err) == set()


def test_stopped_in_the_only_language(funder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a register of one language its reason needs no code, as a forge's form sends it."""
    words = ("stop", "2031-calls", "--dry-run", "--source", "https://a.example/")
    assert main(["-C", str(funder), *words, "--reason", "Money.", "--at", "2031-02-11"]) == 0
    assert "Money." in capsys.readouterr().out


def _text(mail: EmailMessage) -> str:
    """What its reader sees."""
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


def test_english_letters(funder: Path, tmp_path: Path) -> None:
    """Letters are in the register's language."""
    words = ("letters", "2031-calls", "--about", "decision", "-o", str(tmp_path / "letters"))
    assert main(["-C", str(funder), *words, "--at", "2031-02-11"]) == 0
    paths = (tmp_path / "letters").rglob("*.eml")
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    letters = [f"{mail['Subject']}\n{_text(mail)}" for mail in mails]
    assert len(letters) == 3
    assert set().union(*map(foreign, letters)) == set()


def test_swedish(swedish: Path) -> None:
    """A language of the register's own is the root of its site; the other lies below."""
    public = swedish / "public"
    front = (public / "index.html").read_text(encoding="utf-8")
    assert '<html lang="sv">' in front
    assert "[sv] " in front
    assert 'hreflang="en"' in front
    assert ">English</a>" in front
    other = (public / "en/index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in other
    assert "[sv] " not in other
    assert ">Svenska</a>" in other
    assert "1 februari 2031" in (public / "rounds/2031-calls/index.html").read_text("utf-8")
    assert (public / "laerosaeten/agate-alder/index.html").is_file()
    assert _leaks(swedish) == {}
    assert main(["-C", str(swedish), "check", "--at", "2031-02-11"]) == 0


def test_swedish_is_spoken(swedish: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command is told in the register's first language, and in the other where it is asked."""
    main(["-C", str(swedish), "inbox", "--at", "2031-02-11"])
    assert "[sv] " in capsys.readouterr().out
    main(["-C", str(swedish), "--lang", "en", "inbox", "--at", "2031-02-11"])
    assert "[sv] " not in capsys.readouterr().out


def test_what_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that is missing is said in the other language, and told with its key."""
    root = register(tmp_path, "sv", "en")
    text = translated().replace('front_page = "[sv] Front page"\n', "")
    text = text.replace('search = "[sv] Search"', 'search = "[sv] {nobody}"\nserch = "x"')
    (root / "text/sv.toml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["-C", str(root), "--lang", "en", "check"]) == 1
    told = capsys.readouterr().err
    assert "text/sv.toml lacks theme.front_page: “Front page”" in told
    assert "text/sv.toml: theme.search has a hole" in told
    assert "text/sv.toml has theme.serch, which is not known" in told
    (root / "text/sv.toml").write_text("[theme\n", encoding="utf-8")
    assert main(["-C", str(root), "check"]) == 1
    assert "cannot be read as TOML" in capsys.readouterr().err


def test_what_a_schema_lacks_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text of the schemas that a language of the register lacks is told with its place."""
    root = register(tmp_path, "sv", "en")
    translate(root)
    path = root / "schema/submission.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert main(["-C", str(root), "check"]) == 0
    terms = {"small": {"sv": "Liten"}, "large": {"sv": "Stor", "en": "Large"}}
    schema["properties"]["ship"] = {"title": "Vilket skepp?", "enum": [*terms], "x-terms": terms}
    path.write_text(json.dumps(schema), encoding="utf-8")
    capsys.readouterr()
    assert main(["-C", str(root), "--lang", "en", "check"]) == 1
    at = "schema/submission.json lacks /properties/ship"
    told = capsys.readouterr().err
    assert f"{at}/title in the language en: “Vilket skepp?”\n" in told
    assert f"{at}/x-terms/small in the language en: “Liten”\n" in told
    assert told.count("\n") == 2


def test_other_words(tmp_path: Path) -> None:
    """A register can say a sentence of a language that the package has in its own words."""
    root = register(tmp_path, "en")
    (root / "text").mkdir()
    (root / "text/en.toml").write_text('[theme]\nsearch = "Look for it"\n', encoding="utf-8")
    assert main(["-C", str(root), "check"]) == 0
    assert main(["-C", str(root), "pages"]) == 0
    words = (root / "site/theme/made/words.en.html").read_text(encoding="utf-8")
    assert '"search": "Look for it"' in words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--area", "a=One/Two"), "must be one name (en)"),
        (("--area", "a=One", "--language", "xx"), "xx is not the code of a language"),
        (("--area", "a=One", "--language", "en"), "each once"),
        (("--area", "a=One", "--word", "one=x", "--word", "many=y"), "--word a=…, --word the=…"),
    ],
)
def test_a_refused_plan(
    tmp_path: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not fit the languages, or the words, is refused with what to write."""
    (tmp_path / "names.csv").write_text("slug,name\na,A\n", encoding="utf-8")
    sheet = ("--register", str(tmp_path / "names.csv"), "--language", "en", "--lang", "en")
    assert main(["init", str(tmp_path / "new"), *sheet, *words]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_language_that_nobody_has(tmp_path: Path) -> None:
    """One that neither the package nor the search's theme knows is built, in another's words."""
    root = register(tmp_path, "en")
    organiser = root / "submissions/organiser.yml"
    organiser.write_text(organiser.read_text().replace("[en]", "[fo]"), encoding="utf-8")
    (root / "site/en").rename(root / "site/fo")
    menu = (root / "mkdocs.yml").read_text(encoding="utf-8")
    menu = menu.replace("site/en", "site/fo").replace("language: en", "language: fo")
    (root / "mkdocs.yml").write_text(menu, encoding="utf-8")
    for path in (root / "submissions").rglob("*.yml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("{en: ", "{fo: "), encoding="utf-8"
        )
    public = build(root, "2031-02-11")
    front = (public / "index.html").read_text(encoding="utf-8")
    assert '<html lang="fo">' in front
    assert (public / "rounds/index.html").is_file()
    assert foreign(shown(front)) == set()
