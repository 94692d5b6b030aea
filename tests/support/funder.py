"""Registers of an invented research funder, in other languages than the first organiser's."""

import json
import re
from pathlib import Path
from typing import Any

from docket.cli.main import main
from docket.text.own import blank
from support.built import build

TREES = (
    "Alder Ash Aspen Beech Birch Cedar Cherry Cypress Elder Elm Fir Hazel Hemlock Hickory".split()
)
STONES = "Agate Amber Basalt".split()
UNIVERSITIES = [f"{stone} {tree} University" for stone in STONES for tree in TREES][:40]
WORDS = {
    "en": "one=university a=a_university the=the_university many=universities them=the_universities"
    " council=the_senate region=region regions=regions",
    "sv": "one=lärosäte a=ett_lärosäte the=lärosätet many=lärosäten them=lärosätena"
    " council=styrelsen region=region regions=regioner",
}


def register(folder: Path, *languages: str) -> Path:
    """A new register in these languages, of forty universities."""
    table = folder / "universities.csv"
    rows = "".join(f"{_slug(name)},{name}\n" for name in UNIVERSITIES)
    table.write_text(f"slug,name\n{rows}", encoding="utf-8")
    root = folder / "register"
    pairs = zip(*(WORDS[lang].split() for lang in languages), strict=True)
    words = (
        "=".join((one[0].partition("=")[0], "/".join(w.partition("=")[2] for w in one)))
        for one in pairs
    )
    asked = [part for word in words for part in ("--word", word.replace("_", " "))]
    names = {
        "en": ("Ocean\\/coast", "the Fund", "Calls"),
        "sv": ("Hav\\/kust", "fonden", "Utlysningar"),
    }
    area, who, call = ("/".join(names[one][number] for one in languages) for number in range(3))
    made = [part for one in languages for part in ("--language", one)]
    call_ = (
        "--area",
        f"ocean={area}",
        "--area",
        "health=Health",
        "--organiser",
        who,
        "--name",
        call,
    )
    assert main(["init", str(root), "--register", str(table), *made, *call_, *asked]) == 0
    return root


def opened(root: Path, *languages: str) -> Path:
    """A round of 2031 that can be answered."""
    texts = [
        part
        for one in languages
        for part in (f"--title-{one}", "Round of 2031", f"--decides-{one}", "the Board")
    ]
    days = ("--opens", "2031-01-02", "--deadline", "2031-02-01")
    rest = ("--seats", "ocean=1,health=2", "--receiver", "The Fund", "--yes")
    assert (
        main(["-C", str(root), "open", "2031-calls", *texts, *days, *rest, "--at", "2031-01-01"])
        == 0
    )
    return root


def played(root: Path, *languages: str) -> Path:
    """A round opened, answered and decided by commands alone, and the site built."""
    opened(root, *languages)
    for name in UNIVERSITIES[:3]:
        answer = root.parent / f"{_slug(name)}.yml"
        contact = "contact: {name: Office, email: office@docket.example}"
        text = f"areas: [ocean]\n{contact}\napproval: {{status: pending}}\n"
        answer.write_text(f"municipality: {_slug(name)}\n{text}", encoding="utf-8")
        when = ("--received", "2031-01-10T12:00:00+01:00", "--at", "2031-01-11")
        assert main(["-C", str(root), "receive", str(answer), "--round", "2031-calls", *when]) == 0
    choice = f"{_slug(UNIVERSITIES[0])}:ocean"
    assert (
        main(["-C", str(root), "decide", "2031-calls", choice, "--yes", "--at", "2031-02-10"]) == 0
    )
    build(root, "2031-02-11")
    return root


def _slug(name: str) -> str:
    return name.removesuffix(" University").lower().replace(" ", "-")


def translate(root: Path) -> None:
    """Say in the register what it lacks in Swedish: in its texts, and in its schemas."""
    (root / "text/sv.toml").write_text(translated(), encoding="utf-8")
    for name in ("municipality", "area", "submission"):
        path = root / f"schema/{name}.json"
        schema = json.loads(path.read_text(encoding="utf-8"), object_hook=_in_swedish)
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _in_swedish(node: dict[str, Any]) -> dict[str, Any]:
    """What is said by language, in Swedish too."""
    return {"sv": node["en"], **node} if "en" in node else node


def translated() -> str:
    """A language made of the English one, which can be told from it, as `docket init` begins it."""
    lines, is_address = [], False
    for line in blank("sv").splitlines()[1:]:
        is_address = is_address if not line.startswith("[") else line == "[addresses]"
        said = line if is_address else re.sub('(?<== )"', '"[sv] ', line)
        lines.append(said.removeprefix("# "))
    return "\n".join(lines) + "\n"
