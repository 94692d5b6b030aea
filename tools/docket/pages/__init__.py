"""The generated pages and data: from a docket to files, in both languages.

Pure: the same docket gives the same files, byte for byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docket.form import pages as formpages
from docket.form.pages import Setting
from docket.model import Both, Finding, Head
from docket.pages.data import data_files
from docket.pages.municipalities import municipality_pages
from docket.pages.rounds import round_pages
from docket.pages.shared import Site, make
from docket.telling.events import events
from docket.telling.view import all_rounds
from docket.texts import texts, told

LANGUAGES = ("da", "en")
GROUPS = {
    "F": Both("Filer", "Files"),
    "S": Both("Form", "Shape"),
    "P": Both("Filnavn", "File name"),
    "M": Both("{Many}", "{Many}"),
    "R": Both("Runder", "Rounds"),
    "T": Both("Tid", "Time"),
    "D": Both("Udpegning", "Decision"),
    "C": Both("Ændringer", "Changes"),
}


def pages(setting: Setting, findings: Sequence[Finding], head: Head | None) -> dict[str, str]:
    """All generated files by their path under `site/`."""
    # To the minute: a second build within it must not differ, or `mkdocs serve` builds again.
    minute = setting.docket.now.replace(second=0, microsecond=0)
    setting = replace(setting, docket=replace(setting.docket, now=minute))
    rounds = all_rounds(setting.docket, findings)
    happened = events(setting.docket, rounds)
    site = Site(setting, findings, rounds, happened, head)
    return {path: text for lang in LANGUAGES for path, text in _pages(site, lang)}


def _pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    yield from round_pages(site, lang)
    yield from municipality_pages(site, lang)
    yield from formpages.pages(site.setting, site.rounds, lang)
    yield from data_files(site, lang)
    organiser = site.docket.organiser
    groups = [(letter, organiser.say(heading, lang)) for letter, heading in GROUPS.items()]
    context = {"texts": tuple(told(code, organiser) for code in texts()), "groups": groups}
    yield f"{lang}/regler.md", make(site, lang, "rules.md", 1, context)
    yield f"theme/made/stand.{lang}.html", make(site, lang, "stand.html", 0, {"head": site.head})
