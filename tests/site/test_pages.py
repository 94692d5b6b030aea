"""The generated pages: the same from the same docket, byte for byte."""

import html
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.git.entries import Head
from docket.loading.loader import read
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site import build
from docket.site.generated import pages
from docket.site.pages.form import Setting
from support.blessed import Blessed
from support.worlds import AT, HERE, ROOT, docket_of

BLESSED = HERE / "pages"
HEAD = Head("0123456789abcdef0123456789abcdef01234567", changed=False)


TOLD = ("index", "aarhus", "odder", "toender", "viborg")
LEFT = (
    "da/runder/2030-job.md",
    "en/runder/2031-skole.md",
    "en/data/status.json",
    "en/data/katalog.jsonld",
    "theme/made/words.da.html",
    "theme/made/words.en.html",
)
DRAWN = ("da/data/kort-2031-skole.svg", "en/data/kurve-2030-job.svg")
"""Of 98 municipalities in two languages a handful is enough; of maps, one in each language; what
the theme says stands in the catalogue as it is."""


def _is_compared(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    kept = not folder.endswith("/kommuner") or name.removesuffix(".md") in TOLD
    kept = kept and (path in DRAWN or not name.endswith(".svg"))
    return kept and path not in LEFT and not name.endswith(".schema.json")


def _pages(root: Path, at: str = AT, *, past: bool = False) -> dict[str, str]:
    docket = docket_of(root, at, past=past)
    return pages(Setting(docket, load_schemas(Folder(root)), clock=True), check(docket), HEAD)


def test_pages_of_the_base_world(register: Path, blessed: Blessed) -> None:
    """The pages of the base world are the blessed ones, byte for byte."""
    made = {BLESSED / path: text for path, text in _pages(register).items() if _is_compared(path)}
    blessed(made, BLESSED.rglob("*"))


def test_twice_the_same(register: Path) -> None:
    """A second run gives the same bytes, and writes no file."""
    first, second = _pages(register), _pages(register)
    assert first == second
    folder = register / "site"
    assert build.write(folder, first)
    assert build.write(folder, second) == []


def test_to_the_minute(register: Path) -> None:
    """Within a minute the pages are the same: `mkdocs serve` comes to rest."""
    early, late = (f"2031-03-01T12:00:{second}+01:00" for second in ("00", "59"))
    assert _pages(register, early) == _pages(register, late)


def test_order_of_files_does_not_matter(register: Path) -> None:
    """Read in any order, the files give the same findings and pages."""
    (register / "submissions/2031-skole/skive.yml").write_text("x: 1\n", encoding="utf-8")
    tree = Folder(register)
    one = docket_of(register)
    backwards = {path: tree[path] for path in reversed(list(tree))}
    other = read(backwards, one.now)
    assert check(one) == check(other)
    schemas = load_schemas(tree)
    sides = [pages(Setting(side, schemas), check(side), None) for side in (one, other)]
    assert sides[0] == sides[1]


def test_stale_pages_go(register: Path) -> None:
    """The page of what is gone is removed; what was written by hand stays."""
    folder = register / "site"
    build.write(folder, _pages(register))
    own = folder / "da/processen.md"
    own.write_text("hand", encoding="utf-8")
    for name in ("viborg.yml", "odder.yml", "receipts.yml", "round.yml"):
        (register / "submissions/2031-skole" / name).unlink()
    build.write(folder, _pages(register))
    assert not (folder / "da/runder/2031-skole.md").exists()
    assert "2031-skole" not in (folder / "en/kommuner/viborg.md").read_text(encoding="utf-8")
    assert own.exists()


def test_as_it_stood(register: Path) -> None:
    """With an earlier instant a decision is not known yet, and the round is open."""
    text = _pages(ROOT, "2022-08-05")["da/runder/2022-beskaeftigelse.md"]
    assert "3 dage tilbage." in text.replace("&#46;", ".")
    assert "badge--open" in text
    assert "Aabenraa" not in text
    assert "49" not in text
    english = _pages(ROOT, "2022-08-08")["en/runder/2022-beskaeftigelse.md"]
    assert "That is today." in english.replace("&#46;", ".")
    assert docket_of(register).now - docket_of(register, "2031-02-28").now < timedelta(days=2)


def test_broken_round_has_a_page(register: Path) -> None:
    """A round whose file cannot be read still has a page, which says so."""
    (register / "submissions/2031-skole/round.yml").write_text("[", encoding="utf-8")
    made = _pages(register)
    assert "regler/#f02" in made["da/runder/2031-skole.md"]
    assert "file must be corrected" in made["en/runder/index.md"]


def test_command(register: Path) -> None:
    """`docket pages` writes what the function makes."""
    assert main(["-C", str(register), "pages", "--at", AT]) == 0
    made = _pages(register, past=True)
    for path, text in made.items():
        if "stand" not in path and not path.endswith("status.json"):  # they name the commit
            assert (register / "site" / path).read_bytes().decode() == text


@pytest.mark.parametrize(
    ("open_rounds", "leads_to", "says"),
    [
        (("2031-skole", "proeve"), "meld-interesse/2031-skole/", "dage tilbage"),
        (("proeve",), "meld-interesse/proeve/", "Øv jer i en prøverunde"),
        ((), "runder/", "Når en runde åbner"),
    ],
)
def test_front_page(register: Path, open_rounds: tuple[str, ...], leads_to: str, says: str) -> None:
    """The front page has one button for each open round; else it says where its button leads."""
    for name in {"2031-skole", "proeve"} - set(open_rounds):
        shutil.rmtree(register / "submissions" / name)
    told = _pages(register)["da/runder/.now.md"]
    assert told.count('<a class="button') == 1
    assert f'<a class="button" href="{leads_to}"' in told
    assert says in told


def test_who_runs_it(register: Path) -> None:
    """The foot says who runs the register, as far as `organiser.yml` tells."""
    assert "<address>" not in _pages(register)["theme/made/organiser.da.html"]
    office = "publisher: {da: Sekretariatet, en: The secretariat}\noffice: {phone: '12345678'}"
    with (register / "submissions/organiser.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{office}\n")
    told = html.unescape(_pages(register)["theme/made/organiser.da.html"])
    assert "<h2>Sekretariatet</h2>" in told
    assert "Telefon 12345678" in told


@pytest.mark.parametrize(
    ("letter", "leads_to"),
    [("https://docket.example/brev", "https://docket.example/brev"), ("brev/", "../../brev/")],
)
def test_the_call_can_be_read(register: Path, letter: str, leads_to: str) -> None:
    """A round's card leads to its letter, elsewhere or on the site."""
    with (register / "submissions/2031-skole/round.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nletter: {letter}\n")
    told = html.unescape(_pages(register)["da/runder/2031-skole.md"])
    assert f'<a href="{leads_to}">Læs brevet</a>' in told


def test_the_nearest_deadline_comes_first(register: Path) -> None:
    """Open rounds stand by their deadlines, and what nobody knows the end of comes last."""
    later = register / "submissions/2031-skole/round.yml"
    sooner = register / "submissions/2031-foer"
    sooner.mkdir()
    text = later.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^deadline: .*$", "deadline: 2031-03-20", text)
    (sooner / "round.yml").write_text(text, encoding="utf-8")
    told = _pages(register)["da/runder/.now.md"]
    assert told.index("runder/2031-foer/") < told.index("runder/2031-skole/")
    told = _pages(ROOT)["da/runder/.now.md"]
    assert told.rindex("runder/20") == told.index("runder/2022-dagtilbud-folkeskole-aeldre/")
