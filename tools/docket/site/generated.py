"""The generated pages and data: from a docket to files, in the languages of the register.

Pure: the same docket gives the same files, byte for byte.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.instants import minute
from docket.domain.nouns import Finding
from docket.git.entries import Head
from docket.git.log import Chain
from docket.site.data import data_files
from docket.site.logs import log_files
from docket.site.pages import confirm, own
from docket.site.pages import form as formpages
from docket.site.pages.cards import cards
from docket.site.pages.form import Setting
from docket.site.pages.municipalities import municipality_pages
from docket.site.pages.page import Site, make
from docket.site.pages.pictures import pictures
from docket.site.pages.receipt import receipt_page
from docket.site.pages.rounds import round_pages
from docket.text.catalogue import entries, template
from docket.text.l10n import own_name
from docket.text.messages import codes, rule_text
from docket.views import sentences
from docket.views.events import events
from docket.views.round import all_rounds

GROUPS = "FSPMRTDC"
"""What the codes of the rules begin with, in the order of their page."""


def pages(
    setting: Setting, findings: Sequence[Finding], head: Head | None, logs: Sequence[Chain] = ()
) -> dict[str, str]:
    """All generated files by their path under `site/`; `logs` are those of the register's keys."""
    # To the minute: a second build within it must not differ, or `mkdocs serve` builds again.
    now = minute(setting.docket.now)
    setting = replace(setting, docket=setting.docket._replace(now=now))
    rounds = all_rounds(setting.docket, findings)
    found = events(setting.docket, rounds)
    site = Site(setting, findings, rounds=rounds, events=found, head=head, logs=logs)
    return {
        _named(setting.docket, path): text
        for lang in setting.docket.organiser.languages
        for path, text in _pages(site, lang)
    }


def shared(docket: Docket, findings: Sequence[Finding]) -> dict[str, bytes]:
    """The cards of the rounds, for where their addresses are shared."""
    rounds = all_rounds(docket, findings)
    languages = docket.organiser.languages
    drawn = (file for lang in languages for file in cards(docket, rounds, lang))
    return {_named(docket, path): card for path, card in drawn}


def _named(docket: Docket, path: str) -> str:
    """A file of ours below a language, as the register calls it."""
    top, _, rest = path.partition("/")
    named = docket.organiser.addresses
    return f"{top}/{named.of(rest)}" if top in docket.organiser.languages else path


def _pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    yield from round_pages(site, lang)
    yield from municipality_pages(site, lang)
    yield from formpages.pages(site.setting, site.rounds, lang)
    yield receipt_page(site, lang)
    yield from own.pages(site.setting, lang)
    yield from confirm.pages(site.setting, lang)
    yield from data_files(site, lang)
    yield from pictures(site, lang)
    yield from log_files(site, lang)
    texts = [rule_text(code, site.docket.organiser, lang) for code in codes()]
    rules = {"texts": texts, "groups": GROUPS}
    yield f"{lang}/regler.md", make(site, lang, "rules.md", 1, rules)
    yield f"theme/made/stand.{lang}.html", make(site, lang, "stand.html", 0, {"head": site.head})
    yield f"theme/made/organiser.{lang}.html", make(site, lang, "organiser.html", 0, {})
    if not _is_material(lang):
        yield f"theme/partials/languages/{lang}.html", "{% macro t(key) %}{% endmacro %}\n"
    yield f"theme/made/words.{lang}.html", _theme_words(site.docket, lang)


@cache
def _is_material(lang: str) -> bool:
    """Whether the theme that the search index is from has a language; it asks for it by name."""
    found = find_spec("material")
    places = (found.submodule_search_locations if found else None) or []
    name = f"templates/partials/languages/{lang}.html"
    return any((Path(place) / name).is_file() for place in places)


def _theme_words(docket: Docket, lang: str) -> str:
    """What the theme says, as MkDocs' templates can import it: they know no catalogue."""
    words = {
        key.partition(".")[2]: template(key, lang, docket.organiser) for key in entries("theme")
    }
    organiser = docket.organiser
    up = "../" if organiser.below(lang) else ""
    others = [
        {"lang": one, "name": own_name(one), "path": f"{up}{organiser.below(one)}"}
        for one in organiser.languages
        if one != lang
    ]
    homes = {
        one: f"{organiser.site.rstrip('/')}/{organiser.below(one)}" for one in organiser.languages
    }
    values = {
        "words": words,
        "past": sentences.past(docket, lang),
        "others": others,
        "homes": homes,
    }
    values["at"] = {
        one.partition(".")[2]: organiser.addresses.name(one.partition(".")[2])
        for one in entries("addresses")
    }
    return "".join(
        f"{{% set {name} = {json.dumps(value, ensure_ascii=False)} %}}\n"
        for name, value in values.items()
    )
