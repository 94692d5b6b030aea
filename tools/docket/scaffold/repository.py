"""The files of a new repository: those that are copied, and the starter pages filled in."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from string import Template

from docket.acts.yamltext import document, field
from docket.domain.languages import PACKAGE, Texts
from docket.domain.paths import COPIED, ORGANISER, PRACTICE, OwnFile, own_path, text_path
from docket.loading.packaged import files_at, packaged
from docket.loading.schemas import both
from docket.scaffold.configs import CONFIGURATION, configs, quoted
from docket.scaffold.copies import (
    AREAS,
    MUNICIPALITIES,
    OWN_SCHEMAS,
    STARTER,
    SUBMISSION,
    Home,
    copies,
    digests,
    in_languages,
    record,
)
from docket.scaffold.plan import Plan, area_schema, municipality_schema, neutral_words
from docket.text.catalogue import OTHERS, capital, say
from docket.text.l10n import write_list
from docket.text.own import blank

Files = Mapping[str, bytes]
BEGUN = (".github/CODEOWNERS", ".github/ISSUE_TEMPLATE", ".github/pull_request_template.md")
"""What a new register begins with, and then is its own."""


def usual_words(languages: Sequence[str]) -> dict[str, Texts]:
    """What the package's own register calls those who may answer."""
    neutral = neutral_words(languages)
    own = json.loads(packaged(MUNICIPALITIES).read_bytes()).get("x-words", {})
    return neutral | {key: both(word) for key, word in own.items() if key in neutral}


def files(plan: Plan, today: date, home: Home | None, pin: str) -> dict[str, bytes]:
    """All files of the new repository; `home` is where its workflows call the actions from."""
    copied = copies(home, plan.languages, plan.addresses)
    own = {path: content for path, content in files_at(STARTER) if path not in copied}
    text = {path: packaged(path).read_text("utf-8") for path in (*OWN_SCHEMAS, *CONFIGURATION)}
    pages = _pages(own, plan)
    written = {
        **pages,
        **configs(text, plan, {*pages, *copied}),
        **_vocabularies(text, plan),
        **_texts(plan),
        ORGANISER: _organiser(plan),
        own_path(plan.addresses.name(PRACTICE), OwnFile.ROUND): _rehearsal(
            plan, _areas(text, plan), today
        ),
        "requirements.txt": f"{pin}\n",
    }
    return {
        **copied,
        **begun(),
        **{path: content for path, content in own.items() if not _is_page(path)},
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
    said = {path: in_languages(text[path], plan.languages) for path in OWN_SCHEMAS}
    if not plan.terms:
        return said
    return {
        **said,
        MUNICIPALITIES: municipality_schema(plan, json.loads(text[MUNICIPALITIES])),
        AREAS: area_schema(plan, json.loads(text[AREAS])),
        SUBMISSION: _approved_by(plan, said[SUBMISSION]),
    }


def _approved_by(plan: Plan, schema: str) -> str:
    """The schema of a submission in the register's own words: who approves, what an area is.

    It tells what this one calls those who approve (`x-council`).
    """
    named = json.loads(schema)["x-council"]
    for lang, names in named.items():
        for name in names:
            schema = schema.replace(name, json.dumps(plan.words["council"].of(lang))[1:-1])
    made = json.loads(schema)
    for key, name in (("areas", "area_help"), ("motivation", "motivation_help")):
        node = made["properties"][key]
        for number, (lang, text) in enumerate(plan.texts(name).items()):
            target = node if number == 0 else node.setdefault(f"x-{lang}", {})
            target["description"] = text
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _areas(text: Mapping[str, str], plan: Plan) -> list[str]:
    return list(plan.areas or json.loads(text[AREAS])["enum"])


def _is_page(path: str) -> bool:
    return path.endswith(".md")


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
