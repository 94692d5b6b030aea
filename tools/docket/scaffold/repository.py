"""The files of a new repository: those that are copied, and the starter pages filled in."""

import json
import re
from collections.abc import Container, Mapping
from datetime import date
from functools import partial
from html import escape
from string import Template

from docket.acts.yamltext import document, field
from docket.domain.nouns import Bilingual
from docket.domain.paths import COPIED, ORGANISER, PRACTICE, OwnFile, own_path
from docket.loading.packaged import files_at, packaged
from docket.loading.schemas import both
from docket.scaffold.copies import (
    AREAS,
    MUNICIPALITIES,
    OWN_SCHEMAS,
    STARTER,
    SUBMISSION,
    Home,
    copies,
    digests,
    record,
)
from docket.scaffold.plan import Plan, area_schema, municipality_schema, neutral_words, texts
from docket.site.build import GENERATED
from docket.site.generated import LANGUAGES
from docket.text.catalogue import capital, say

CONFIGURATION = ("mkdocs.yml", "mkdocs.en.yml")
BEGUN = (".github/CODEOWNERS", ".github/ISSUE_TEMPLATE", ".github/pull_request_template.md")
"""What a new register begins with, and then is its own."""
MENU = re.compile(r"(?m)^ +- [^:\n]+: (\S+\.md)\n")
"""A line of MkDocs' menu, and the page that it names."""


def usual_words() -> dict[str, Bilingual]:
    """What the package's own register calls those who may answer."""
    neutral = neutral_words()
    own = json.loads(packaged(MUNICIPALITIES).read_bytes()).get("x-words", {})
    return neutral | {key: both(word) for key, word in own.items() if key in neutral}


def files(plan: Plan, today: date, home: Home | None, pin: str) -> dict[str, bytes]:
    """All files of the new repository; `home` is where its workflows call the actions from."""
    copied = copies(home, LANGUAGES)
    own = {path: content for path, content in files_at(STARTER) if path not in copied}
    pages = {*own, *copied}
    text = {path: packaged(path).read_text("utf-8") for path in (*OWN_SCHEMAS, *CONFIGURATION)}
    written = {
        **{path: _fill(path, content, plan) for path, content in own.items() if _is_page(path)},
        "mkdocs.yml": _menu(_config(text["mkdocs.yml"], plan, "da"), pages, "da"),
        "mkdocs.en.yml": _menu(_config(text["mkdocs.en.yml"], plan, "en"), pages, "en"),
        **{path: text[path] for path in OWN_SCHEMAS},
        **_vocabularies(text, plan),
        ORGANISER: _organiser(plan),
        own_path(PRACTICE, OwnFile.ROUND): _rehearsal(plan, _areas(text, plan), today),
        "requirements.txt": f"{pin}\n",
    }
    return {
        **copied,
        **begun(),
        **own,
        **{path: content.encode() for path, content in written.items()},
        COPIED: record(digests(copied)),
    }


def begun() -> dict[str, bytes]:
    """What every register begins with, and then is its own."""
    return {
        f"{name}/{inside}".removesuffix("/"): content
        for name in BEGUN
        for inside, content in files_at(packaged(name))
    }


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


def _menu(text: str, own: Container[str], lang: str) -> str:
    """MkDocs' configuration without the pages and folders that the new repository has not."""

    def kept(line: re.Match[str]) -> str:
        made = line[1].partition("/")[0] in GENERATED
        return line[0] if made or f"site/{lang}/{line[1]}" in own else ""

    return MENU.sub(kept, text.replace(", tools/docket/site/pages]", "]"))


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
