"""MkDocs' configuration of a new register: a file for each of its languages."""

import json
import re
from collections.abc import Container, Mapping
from functools import partial
from html import escape

from docket.domain.addresses import Addresses
from docket.domain.languages import PACKAGE
from docket.scaffold.plan import Plan
from docket.site.build import GENERATED
from docket.text.catalogue import OTHERS, capital, say

ROOT, OTHER = "mkdocs.yml", "mkdocs.en.yml"
CONFIGURATION = (ROOT, OTHER)
FROM: Mapping[str, str] = dict(zip(PACKAGE, (ROOT, OTHER), strict=True))
"""The package's own, by the language that they speak."""
MENU = re.compile(r"(?m)^ +- [^:\n]+: (\S+\.md)\n")
"""A line of MkDocs' menu, and the page that it names."""
APART = re.compile(r"(?m)^  /(\S+\.md)\n")
"""A page that stands in no menu."""
NAV = re.compile(r"(?ms)^nav:\n.*\Z")
HEAD = re.compile(r"\A#[^\n]*\n")
PLACE = re.compile("(?<=site/)(?:da|en)|(?<=public/)en|(?<=  language: )(?:da|en)")


def configs(text: Mapping[str, str], plan: Plan, own: Container[str]) -> dict[str, str]:
    """The root's, in the register's first language, and one for each other that inherits it."""
    first, *others = plan.languages
    return {
        ROOT: _config(text, plan, own, lang=first),
        **{f"mkdocs.{one}.yml": _config(text, plan, own, lang=one) for one in others},
    }


def _config(text: Mapping[str, str], plan: Plan, own: Container[str], *, lang: str) -> str:
    """The package's configuration with other names, and the words of `lang`, in it."""
    words = text[FROM[lang if lang in PACKAGE else OTHERS]]
    is_root = lang == plan.languages[0]
    told = say(f"init.file.{'root' if is_root else 'other'}", OTHERS)
    made = HEAD.sub(f"# {told}\n", text[ROOT if is_root else OTHER])
    made = PLACE.sub(lang, made)
    described = re.search(r"(?m)^site_description: .*$", words)
    nav = NAV.search(words)
    if described and nav:
        made = re.sub(r"(?m)^site_description: .*$", lambda _: described[0], made)
        made = NAV.sub(lambda _: nav[0], made)
    names = {
        "site_name: ": plan.name.of(lang),
        "copyright: ": escape(capital(plan.organiser.of(lang)), quote=False),
        "  card: ": say("init.file.card", lang),
    }
    for key, name in names.items():
        made = re.sub(f"(?m)(?<=^{key}).*$", partial(quoted, name), made, count=1)
    many = capital(plan.words["many"].of(lang))
    made = re.sub(r"(?m)(?<=^  - )[^:\n]*(?=: kommuner/index\.md$)", partial(quoted, many), made)
    made = plan.addresses.put_into(made).replace(", tools/docket/site/pages]", "]")
    return _menu(made, own, lang, plan.addresses)


def _menu(text: str, own: Container[str], lang: str, named: Addresses) -> str:
    """A configuration without the pages that the new site has not."""
    generated = {named.of(one) for one in GENERATED}

    def kept(line: re.Match[str]) -> str:
        made = line[1].partition("/")[0] in generated
        return line[0] if made or f"site/{lang}/{line[1]}" in own else ""

    def left(line: re.Match[str]) -> str:
        return line[0] if line[1] in generated or f"site/{lang}/{line[1]}" in own else ""

    return APART.sub(left, MENU.sub(kept, text))


def quoted(name: str, _: object = None) -> str:
    """A name in quotation marks, as YAML has it."""
    return json.dumps(name, ensure_ascii=False)
