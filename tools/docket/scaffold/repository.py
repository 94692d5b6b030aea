"""The files of a new repository: the package's own, and its starter pages filled in."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from docket.acts.yamltext import document, field
from docket.domain.languages import PACKAGE, Texts
from docket.domain.paths import ORGANISER, PRACTICE, SCHEMA, OwnFile, own_path, text_path
from docket.loading.schemas import both
from docket.loading.spoken import spoken
from docket.loading.yamlfile import read
from docket.scaffold.configs import configs, quoted
from docket.scaffold.pins import project
from docket.scaffold.plan import Plan, area_schema, municipality_schema, neutral_words
from docket.text.catalogue import OTHERS, capital, say
from docket.text.l10n import write_list
from docket.text.own import blank

Files = Mapping[str, bytes]
SOURCE = Path(__file__).parents[3]
"""The repository that this package runs from: what a new one takes over comes from here."""
SKIPPED = {"__pycache__", "made", ".DS_Store", "tests.yml"}
"""What is of this machine, or tests the package itself."""
STARTER = "tools/docket/scaffold/starter"
MUNICIPALITIES, AREAS = "schema/municipality.json", "schema/area.json"
CONFIGURATION = ("pyproject.toml", "mkdocs.yml", "mkdocs.en.yml")
IGNORED = ".gitignore"
GIT = (".gitattributes", IGNORED)
PINS = ("requirements.txt", "requirements-forge.txt")
SHARED = ("tools", "site/theme", "schema", ".github", *GIT, *PINS, ".gitlab-ci.yml", "LICENSE")
SUBMISSION = "schema/submission.json"


def collect(source: Path) -> dict[str, bytes]:
    """What a new repository takes over from the one at `source`, by path."""
    return {
        path.relative_to(source).as_posix(): path.read_bytes()
        for name in (*SHARED, *CONFIGURATION)
        for path in sorted([source / name, *(source / name).rglob("*")])
        if path.is_file() and not SKIPPED & set(path.parts)
    }


def words_at(source: Path, languages: Sequence[str]) -> dict[str, Texts]:
    """What the register at `source` calls those who may answer."""
    neutral = neutral_words(languages)
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
    text = {
        path: content.decode()
        for path, content in shared.items()
        if path in CONFIGURATION or path.startswith(SCHEMA)
    }
    written = {
        **_pages(own, plan),
        IGNORED: plan.addresses.put_into(shared[IGNORED].decode()),
        "pyproject.toml": project(text["pyproject.toml"]),
        **configs(text, plan, own),
        **_vocabularies(text, plan),
        **_texts(plan),
        ORGANISER: _organiser(plan),
        own_path(PRACTICE, OwnFile.ROUND): _rehearsal(plan, _areas(text, plan), today),
    }
    kept = {
        path: content
        for path, content in {**shared, **own}.items()
        if path not in CONFIGURATION
        and not path.startswith("site/da/") | path.startswith("site/en/")
    }
    return {**kept, **{path: content.encode() for path, content in written.items()}}


def _pages(own: Files, plan: Plan) -> dict[str, str]:
    """The starter pages in the languages of the register, in English where there are no others."""
    found = {"README.md": _fill(own["README.md"], plan, OTHERS)}
    for lang in plan.languages:
        start = f"site/{lang if lang in PACKAGE else OTHERS}/"
        for path, content in own.items():
            if path.startswith(start):
                page = plan.addresses.of(path.removeprefix(start))
                found[f"site/{lang}/{page}"] = _fill(content, plan, lang)
    return found


def _texts(plan: Plan) -> dict[str, str]:
    """What is to be translated into a language that the package does not have."""
    return {text_path(lang): blank(lang) for lang in plan.languages if lang not in PACKAGE}


def _vocabularies(text: Mapping[str, str], plan: Plan) -> dict[str, str]:
    said = {
        path: _spoken(content, plan) for path, content in text.items() if path.startswith(SCHEMA)
    }
    if not plan.terms:
        return said
    return {
        **said,
        MUNICIPALITIES: municipality_schema(plan, json.loads(text[MUNICIPALITIES])),
        AREAS: area_schema(plan, json.loads(text[AREAS])),
        SUBMISSION: _approved_by(plan, said[SUBMISSION]),
    }


def _spoken(text: str, plan: Plan) -> str:
    """A schema in the languages of the register."""
    schema, first = json.loads(text), plan.languages[0]
    if tuple(plan.languages) == PACKAGE:
        return text
    told = spoken(schema, plan.languages)
    told = {"$schema": told.pop("$schema"), "$id": told.pop("$id"), "x-lang": first, **told}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _approved_by(plan: Plan, schema: str) -> str:
    """The schema of a submission in the register's own words: who approves, what an area is.

    It tells what this one calls those who approve (`x-council`).
    """
    named = json.loads(schema)["x-council"]
    for lang, names in named.items():
        for name in names:
            schema = schema.replace(name, json.dumps(plan.words["council"].of(lang))[1:-1])
    made = json.loads(schema)
    for steps, key in ((("areas",), "area_help"), (("contact", "phone"), "phone_help")):
        node = made
        for one in steps:
            node = node["properties"][one]
        for number, (lang, text) in enumerate(plan.texts(key).items()):
            target = node if number == 0 else node.setdefault(f"x-{lang}", {})
            target["description"] = text
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _areas(text: Mapping[str, str], plan: Plan) -> list[str]:
    return list(plan.areas or json.loads(text[AREAS])["enum"])


def _fill(content: bytes, plan: Plan, lang: str) -> str:
    """A starter page with what is called what."""
    words = {key: _plain(word.of(lang)) for key, word in plan.words.items()}
    words |= {"organiser": _plain(plan.organiser.of(lang)), "email": plan.email}
    words |= {capital(key): capital(word) for key, word in words.items()}
    sites = [f"`site/{one}`" for one in plan.languages]
    words |= {"name": _plain(plan.name.of(lang)), "quoted": quoted(plan.name.of(lang))}
    words |= {"sites": write_list(sites, lang, "and")}
    return plan.addresses.put_into(Template(content.decode()).substitute(words))


def _plain(text: str) -> str:
    """A name in Markdown, without what Markdown or HTML would take for a sign."""
    return re.sub(r"([\\`*_{}\[\]])", r"\\\1", escape(text, quote=False))


def _organiser(plan: Plan) -> str:
    lines = [
        "# yaml-language-server: $schema=../schema/organiser.json",
        f"# {say('init.file.organiser', 'en')}",
        field("zone", plan.zone),
        field("site", plan.site),
        field("languages", [str(one) for one in plan.languages]),
        field("publisher", {lang: capital(name) for lang, name in plan.organiser.items()}),
        "# forge: {kind: github, address: https://github.com/YOU/REGISTER, branch: main}",
    ]
    return "\n".join([*lines, ""])


def _rehearsal(plan: Plan, areas: list[str], today: date) -> str:
    data = {
        "title": dict(plan.texts("rehearsal")),
        "seats": dict.fromkeys(areas, 1),
        "opens": today.isoformat(),
        "receiver": {"name": capital(plan.organiser.of(plan.languages[0])), "email": plan.email},
        "decides": dict(plan.texts("nobody")),
        "rehearsal": True,
    }
    return document("round.json", data)
