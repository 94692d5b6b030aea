"""`docket init`: another organiser's repository, with a call of its own from end to end."""

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from docket import __version__
from docket.cli.main import main
from docket.scaffold.pin import pin
from support.built import build, unstyled
from support.worlds import ROOT, git

AGENCIES = {
    "fyrvaesenet": "Fyrvæsenet",
    "taageraadet": "Tågerådet",
    "broenaevnet": "Bronævnet",
    "skyggetilsynet": "Skyggetilsynet",
    "vindkontoret": "Vindkontoret",
    "muldvarpestyrelsen": "Muldvarpestyrelsen",
    "regnbuesekretariatet": "Regnbuesekretariatet",
    "ekkoarkivet": "Ekkoarkivet",
    "kompasdirektoratet": "Kompasdirektoratet",
    "snefnugsamlingen": "Snefnugsamlingen",
    "maanevagten": "Månevagten",
    "tidevandstavlen": "Tidevandstavlen",
}
WORDS = (
    "a=en styrelse/an agency",
    "one=styrelse/agency",
    "the=styrelsen/the agency",
    "many=styrelser/agencies",
    "them=styrelserne/the agencies",
    "council=direktionen/the board",
)
CALL = (
    *("--area", "lys=Lys/Light", "--area", "lyd=Lyd/Sound"),
    *(part for word in WORDS for part in ("--word", word)),
    *("--name", "Forsøg med lys og lyd (opdigtet)/Trials of light and sound (invented)"),
    *("--organiser", "vagten *<&>* nord/the *<&>* watch", "--email", "vagt@docket.example"),
)
FOREIGN = re.compile(
    r"(?-i:\bKL\b)|beskæftigelse|dagtilbud|folkeskole|aeldre|(?-i:Ældre)|employment|day care|"
    r"primary and lower|velfærdsaftale|welfare agreement",
    re.IGNORECASE,
)
"""What is the first organiser's own."""
THEIRS = re.compile(r"kommun|byråd|municipalit|folketing|danmark|denmark", re.IGNORECASE)
"""What a page for agencies has no use for."""


def run(root: Path, *words: str, at: str) -> int:
    """One command in the new register."""
    return main(["-C", str(root), *words, "--at", at])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The register as a secretariat keeps it."""
    path = tmp_path / "styrelser.csv"
    rows = "".join(f"{slug};{name}\n" for slug, name in AGENCIES.items())
    path.write_text(f"slug;navn\n{rows}", encoding="utf-8-sig")
    return path


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register in which a round has been played by commands alone."""
    folder = tmp_path_factory.mktemp("init")
    table = folder / "styrelser.csv"
    rows = "".join(f"{slug},{name}\n" for slug, name in AGENCIES.items())
    table.write_text(f"slug,name\n{rows}", encoding="utf-8")
    root = folder / "register"
    assert main(["init", str(root), "--register", str(table), *CALL]) == 0
    opening = (
        *("open", "2031-lys", "--seats", "lys=2,lyd=1", "--wishes", "2", "--yes"),
        *("--title-da", "Runde om lys (opdigtet)", "--title-en", "Round on light (invented)"),
        *("--opens", "2031-01-02", "--deadline", "2031-02-01", "--receiver", "Vagtkontoret"),
        *("--decides-da", "Vagtmesteren", "--decides-en", "the Warden"),
    )
    assert run(root, *opening, at="2031-01-01") == 0
    for slug in ("fyrvaesenet", "ekkoarkivet", "maanevagten"):
        file = folder / f"{slug}.yml"
        contact = "contact: {name: Kontoret, email: kontoret@docket.example}"
        text = (
            f"municipality: {slug}\nareas: [lys, lyd]\n{contact}\napproval: {{status: pending}}\n"
        )
        file.write_text(text, encoding="utf-8")
        when = ("--received", "2031-01-10T12:00:00+01:00", "--via", "e-mail")
        assert (
            run(root, "receive", str(file), "--round", "2031-lys", *when, at="2031-01-11") == 0
        ), slug
    choice = ("fyrvaesenet:lys", "ekkoarkivet:lyd")
    assert run(root, "decide", "2031-lys", *choice, "--yes", at="2031-02-10") == 0
    build(root, "2031-02-11")
    return root


def test_a_round_is_played(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Opened, received, decided: nothing is wrong, and the overview names who is designated."""
    assert run(played, "check", at="2031-02-11") == 0
    capsys.readouterr()
    assert run(played, "summary", "2031-lys", "--format", "json", at="2031-02-11") == 0
    summary = capsys.readouterr().out
    assert "Fyrvæsenet" in summary
    data = json.loads((played / "public/data/status.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in data["municipalities"]] == list(AGENCIES.values())


def test_nothing_is_another_organisers(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No page, no data and no overview says what the first organiser's call is about."""
    pages = [
        path
        for path in (played / "public").rglob("*")
        if path.suffix in {".html", ".csv", ".json", ".atom", ".ics"}
        and not {"regler", "search"} & set(path.parts)
    ]
    assert len(pages) > 2 * len(AGENCIES)
    told = {str(path): _shown(path.read_text(encoding="utf-8")) for path in pages}
    for kind in ("md", "csv", "json"):
        capsys.readouterr()
        assert run(played, "summary", "2031-lys", "--format", kind, at="2031-02-11") == 0
        told[kind] = capsys.readouterr().out
    found = {name: sorted(set(FOREIGN.findall(text))) for name, text in told.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_its_own_words(played: Path) -> None:
    """Every page speaks of agencies: no word of municipalities is left for a reader."""
    found = {}
    for path in (played / "public").rglob("*.html"):
        text = re.sub(
            r"<(script|pre|code)\b.*?</\1>", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        found[str(path.relative_to(played))] = sorted(set(THEIRS.findall(_shown(text))))
    assert {name: words for name, words in found.items() if words} == {}


def test_names_are_text(played: Path) -> None:
    """What the organiser is called is written out, whatever it looks like."""
    for page, name in (("privatliv", "Vagten *<&>* nord"), ("en/privatliv", "The *<&>* watch")):
        shown = unescape((played / f"public/{page}/index.html").read_text(encoding="utf-8"))
        assert shown.count(name) > 1, page
        assert name.lower() in shown.lower().partition("<footer")[0], page


def test_no_region_no_column(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the register has no regions and no codes, no overview speaks of them."""
    capsys.readouterr()
    for kind in ("md", "csv"):
        assert run(played, "summary", "2031-lys", "--format", kind, at="2031-02-11") == 0
        assert not re.search("region|kode", capsys.readouterr().out, re.IGNORECASE)


def _shown(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", text))


def test_each_page_names_its_style(played: Path) -> None:
    """The starter's pages look like those that they are made after."""
    assert unstyled(played / "public") == {}


def test_its_site_is_as_strict(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link that leads nowhere stops the build, and so does a page that no menu leads to."""
    root = shutil.copytree(played, tmp_path / "register")
    page = root / "site/en/processen.md"
    page.write_text(f"{page.read_text('utf-8')}\n[a](nope.md)\n", encoding="utf-8")
    assert run(root, "build", at="2031-02-11") == 2
    assert "site/en/processen.md: linket nope.md fører ingen steder hen" in capsys.readouterr().err
    git(root, "checkout", "--quiet", "site")
    for lang in ("da", "en"):
        (root / f"site/{lang}/ekstra.md").write_text("# Ekstra\n", encoding="utf-8")
    assert run(root, "build", at="2031-02-11") == 2
    assert "ekstra.md" in capsys.readouterr().err


def test_it_is_small(played: Path) -> None:
    """One first commit holds what is its own and a few copied files; the package is installed."""
    first = git(played, "rev-list", "--max-parents=0", "HEAD").strip()
    names = git(played, "ls-tree", "-r", "--name-only", first).splitlines()
    assert len(names) < 90
    assert {"Makefile", "README.md", ".docket.json", "schema/round.json"} <= set(names)
    assert [name for name in names if name.endswith(".py")] == ["tools/mkdocs_hook.py"]
    assert [name for name in names if name.startswith("site/theme")] == ["site/theme/.gitignore"]
    assert "tests.yml" not in {path.rpartition("/")[2] for path in names}
    assert git(played, "status", "--porcelain") == ""
    assert (played / "requirements.txt").read_text("utf-8") == f"{pin()}\n"


def test_its_workflows_find_what_they_call(played: Path) -> None:
    """What a workflow or an action makes is in the Makefile; the actions lie beside it."""
    told = (played / "Makefile").read_text(encoding="utf-8")
    github = sorted((played / ".github").rglob("*.yml"))
    for flow in [*github, played / ".gitlab-ci.yml"]:
        text = flow.read_text(encoding="utf-8")
        for target in re.findall(r"\bmake (\.\S+)", text):
            assert f"{target} " in told, (flow, target)
        for action in re.findall(r"uses: \$/(\S+)", text):
            assert (played / action / "action.yml").is_file(), (flow, action)


def test_the_tools_home(tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the tool's home is said, workflows call its actions from there, by commit."""
    root, commit = tmp_path / "nyt", "0123456789abcdef" * 2 + "01234567"
    words = ("init", str(root), "--register", str(sheet), "--area", "lys=Lys", "--tool")
    assert main([*words, "example/docket@main"]) == 2
    assert "ejer/register@commit" in capsys.readouterr().err
    assert main([*words, f"example/docket@{commit}"]) == 0
    assert not (root / ".github/actions").exists()
    called = f"- uses: example/docket/.github/actions/answer@{commit} # v{__version__}\n"
    assert called in (root / ".github/workflows/answer.yml").read_text("utf-8")


def test_other_tools_read_the_schemas(played: Path) -> None:
    """An editor or check-jsonschema judges the files by the schemas beside them, as they are."""
    flow = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    files = sorted(played.glob("submissions/*/round.yml"))
    done = subprocess.run(
        [*flow, "schema/round.json", *files], cwd=played, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    named = re.findall(r"\$schema=(\S+)", files[0].read_text("utf-8"))
    assert [(files[0].parent / one).is_file() for one in named] == [True]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("slug;navn\nfyr;Fyr\nfyr;Fyr\n", "linje 3: fyr står der to gange"),
        ("slug;navn\nFyr Væsen;Fyr\n", "Skriv fyr-vaesen"),
        ("slug;navn\nround;Runde\n", "linje 2: round er optaget"),
        ("slug;navn\nfyr;\n", "linje 2: navnet skal være"),
        ("kode;titel\n1;Fyr\n", "linje 1: den første linje skal være kolonnernes navne"),
        ("slug;navn\n", "linje 2: her mangler et navn"),
        ("", "linje 1"),
        ('slug;navn\nfyr;"Fyr\n', "linje 2: linjen kan ikke læses"),
    ],
)
def test_a_bad_sheet(
    tmp_path: Path, content: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet that cannot be a register is refused with its line, and nothing is written."""
    sheet = tmp_path / "ark.csv"
    sheet.write_text(content, encoding="utf-8")
    assert main(["init", str(tmp_path / "nyt"), "--register", str(sheet), *CALL]) == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["ark.csv"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--area", "lys"), "skal være et kort navn, = og navnet"),
        (("--area", "lys=Lys", "--area", "lys=Lys"), "lys står der to gange"),
        (("--area", "Lys Ø=Lys"), "Skriv lys-oe"),
        ((), "skriv mindst et område"),
        (("--area", "lys=Lys/Light/Licht"), "et navn på hvert sprog (da, en)"),
        (("--area", "lys=Lys", "--word", "mny=x"), "many="),
        (
            ("--area", "lys=Lys", "--word", "one=x", "--word", "the=y"),
            "--word a=…, --word many=… og --word them=…",
        ),
        (("--area", "lys=Lys", "--zone", "Mars/Olympus"), "--zone: Mars/Olympus kan ikke bruges"),
        (("--area", "lys=Lys", "--email", "x"), "--email: x kan ikke bruges"),
        (("--keep-register", "--area", "lys=Lys"), "Vælg: enten --keep-register"),
    ],
)
def test_a_bad_option(
    tmp_path: Path,
    sheet: Path,
    words: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be used is told with what to write instead, and nothing is written."""
    assert main(["init", str(tmp_path / "nyt"), "--register", str(sheet), *words]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "nyt").exists()


def test_a_fault_is_told_in_the_register_s_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the terminal says no language, what is to be made says one."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    words = ("init", str(tmp_path / "new"), "--language", "en", "--area", "a")
    assert main([*words]) == 2
    assert "Who may answer?" in capsys.readouterr().err


def test_a_folder_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds anything stays as it is."""
    (tmp_path / "noter.txt").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path), "--keep-register", "--lang", "en"]) == 2
    assert "is not empty, and nothing is written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["noter.txt"]


def test_the_register_can_be_kept(tmp_path: Path) -> None:
    """Whoever calls the same can keep register and areas; an empty folder is used as it is."""
    (tmp_path / "nyt").mkdir()
    assert main(["init", str(tmp_path / "nyt"), "--keep-register"]) == 0
    for name in ("municipality", "area"):
        kept = (tmp_path / f"nyt/schema/{name}.json").read_bytes()
        assert kept == (ROOT / f"schema/{name}.json").read_bytes()
    assert run(tmp_path / "nyt", "check", at="2031-01-01") == 0


def test_make_knows_what_the_readme_says() -> None:
    """The starter's Makefile has the commands that its README tells."""
    starter = ROOT / "tools/docket/scaffold/starter"
    for target in re.findall(r"^make (\w+)", (starter / "README.md").read_text(), re.MULTILINE):
        done = subprocess.run(
            [shutil.which("make") or "make", "--dry-run", "-f", str(starter / "Makefile"), target],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, target
