"""The files of a new repository: the package's own, and its starter pages filled in."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from string import Template

from docket.acts.yamltext import document, field
from docket.domain.nouns import Bilingual
from docket.domain.paths import ORGANISER, PRACTICE, OwnFile, own_path
from docket.loading.schemas import both
from docket.loading.yamlfile import read
from docket.scaffold.pins import project
from docket.scaffold.plan import Plan, area_schema, municipality_schema, neutral_words, texts
from docket.site.build import GENERATED
from docket.text.catalogue import capital, say

Files = Mapping[str, bytes]
SOURCE = Path(__file__).parents[3]
"""The repository that this package runs from: what a new one takes over comes from here."""
SKIPPED = {"__pycache__", "made", ".DS_Store", "tests.yml"}
"""What is of this machine, or tests the package itself."""
STARTER = "tools/docket/scaffold/starter"
MUNICIPALITIES, AREAS = "schema/municipality.json", "schema/area.json"
CONFIGURATION = ("pyproject.toml", "mkdocs.yml", "mkdocs.en.yml")
GIT = (".gitattributes", ".gitignore")
PINS = ("requirements.txt", "requirements-forge.txt")
SHARED = ("tools", "site/theme", "schema", ".github", *GIT, *PINS, ".gitlab-ci.yml", "LICENSE")
MENU = re.compile(r"(?m)^ +- [^:\n]+: (\S+\.md)\n")
"""A line of MkDocs' menu, and the page that it names."""
SUBMISSION = "schema/submission.json"
REWRITTEN = (MUNICIPALITIES, AREAS, SUBMISSION, *CONFIGURATION)


def collect(source: Path) -> dict[str, bytes]:
    """What a new repository takes over from the one at `source`, by path."""
    return {
        path.relative_to(source).as_posix(): path.read_bytes()
        for name in (*SHARED, *CONFIGURATION)
        for path in sorted([source / name, *(source / name).rglob("*")])
        if path.is_file() and not SKIPPED & set(path.parts)
    }


def words_at(source: Path) -> dict[str, Bilingual]:
    """What the register at `source` calls those who may answer."""
    neutral = neutral_words()
    own = json.loads((source / MUNICIPALITIES).read_bytes()).get("x-words", {})
    return neutral | {key: both(word) for key, word in own.items() if key in neutral}


def zone_at(source: Path) -> str:
    """The time zone of the register at `source`, which is the likeliest of the next one."""
    organiser = read(ORGANISER, (source / ORGANISER).read_bytes()).data
    return str(organiser.get("zone", "UTC"))


def files(shared: Files, plan: Plan, today: date) -> dict[str, bytes]:
    """All files of the new repository."""
    own = {
        path.removeprefix(f"{STARTER}/"): content
        for path, content in shared.items()
        if path.startswith(f"{STARTER}/")
    }
    text = {path: content.decode() for path, content in shared.items() if path in REWRITTEN}
    written = {
        **{path: _fill(path, content, plan) for path, content in own.items() if _is_page(path)},
        "pyproject.toml": project(text["pyproject.toml"]),
        "mkdocs.yml": _menu(_config(text["mkdocs.yml"], plan, "da"), own, "da"),
        "mkdocs.en.yml": _menu(_config(text["mkdocs.en.yml"], plan, "en"), own, "en"),
        **_vocabularies(text, plan),
        ORGANISER: _organiser(plan),
        own_path(PRACTICE, OwnFile.ROUND): _rehearsal(plan, _areas(text, plan), today),
    }
    return {**shared, **own, **{path: content.encode() for path, content in written.items()}}


def _vocabularies(text: Mapping[str, str], plan: Plan) -> dict[str, str]:
    if not plan.terms:
        return {}
    return {
        MUNICIPALITIES: municipality_schema(plan, json.loads(text[MUNICIPALITIES])),
        AREAS: area_schema(plan, json.loads(text[AREAS])),
        SUBMISSION: _approved_by(plan, text[SUBMISSION]),
    }


def _approved_by(plan: Plan, schema: str) -> str:
    """The schema of a submission with the register's own word for whoever approves.

    It tells what this one calls them (`x-council`).
    """
    named = json.loads(schema)["x-council"]
    for lang, names in named.items():
        for name in names:
            schema = schema.replace(name, json.dumps(plan.words["council"].of(lang))[1:-1])
    return schema


def _areas(text: Mapping[str, str], plan: Plan) -> list[str]:
    return list(plan.areas or json.loads(text[AREAS])["enum"])


def _is_page(path: str) -> bool:
    return path.endswith(".md")


def _fill(path: str, content: bytes, plan: Plan) -> str:
    """A starter page with what is called what."""
    lang = "da" if path.startswith("site/da/") else "en"
    words = {key: _plain(word.of(lang)) for key, word in plan.words.items()}
    words |= {"organiser": _plain(plan.organiser.of(lang)), "email": plan.email}
    words |= {capital(key): capital(word) for key, word in words.items()}
    words |= {"name_en": _plain(plan.name.en)}
    words |= {"quoted_da": _quoted(plan.name.da), "quoted_en": _quoted(plan.name.en)}
    return Template(content.decode()).substitute(words)


def _plain(text: str) -> str:
    """A name in Markdown, without what Markdown or HTML would take for a sign."""
    return re.sub(r"([\\`*_{}\[\]])", r"\\\1", escape(text, quote=False))


def _config(text: str, plan: Plan, lang: str) -> str:
    """MkDocs' configuration with other names in it."""
    names = {
        "site_name: ": plan.name.of(lang),
        "copyright: ": escape(capital(plan.organiser.of(lang)), quote=False),
        "  card: ": say("init.file.card", lang),
    }
    for key, name in names.items():
        text = re.sub(f"(?m)(?<=^{key}).*$", partial(_quoted, name), text, count=1)
    many = capital(plan.words["many"].of(lang))
    return re.sub(r"(?m)(?<=^  - )[^:\n]*(?=: kommuner/index\.md$)", partial(_quoted, many), text)


def _menu(text: str, own: Files, lang: str) -> str:
    """MkDocs' configuration without the pages that the new site has not."""

    def kept(line: re.Match[str]) -> str:
        made = line[1].partition("/")[0] in GENERATED
        return line[0] if made or f"site/{lang}/{line[1]}" in own else ""

    return MENU.sub(kept, text)


def _quoted(name: str, _: object = None) -> str:
    return json.dumps(name, ensure_ascii=False)


def _organiser(plan: Plan) -> str:
    lines = [
        "# yaml-language-server: $schema=../schema/organiser.json",
        f"# {say('init.file.organiser', 'en')}",
        field("zone", plan.zone),
        field("site", plan.site),
        field("publisher", {"da": capital(plan.organiser.da), "en": capital(plan.organiser.en)}),
        "# forge: {kind: github, address: https://github.com/YOU/REGISTER, branch: main}",
    ]
    return "\n".join([*lines, ""])


def _rehearsal(plan: Plan, areas: list[str], today: date) -> str:
    data = {
        "title": texts("rehearsal")._asdict(),
        "seats": dict.fromkeys(areas, 1),
        "opens": today.isoformat(),
        "receiver": {"name": capital(plan.organiser.da), "email": plan.email},
        "decides": texts("nobody")._asdict(),
        "rehearsal": True,
    }
    return document("round.json", data)
