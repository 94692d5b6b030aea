"""The data as others' catalogues list them, and what the columns of the sheet are.

The catalogue is DCAT-AP 3.0 (SEMIC) in JSON-LD, with what the Danish profile of it asks for
(DCAT-AP-DK 2.0); the sheet's companion is CSV on the Web (W3C), found by its name alone.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from docket.domain.instants import day_of
from docket.site.feeds import updated
from docket.site.pages.page import Site, address, publisher
from docket.summary.lines import Summary
from docket.summary.published import published
from docket.summary.sheet import separator
from docket.text.catalogue import say

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGES = {"da": "DAN", "de": "DEU", "en": "ENG", "fi": "FIN", "fr": "FRA", "is": "ISL"}
LANGUAGES |= {"nb": "NOB", "nl": "NLD", "nn": "NNO", "no": "NOR", "sv": "SWE"}
"""Languages as the Union writes them; what is not here is not said."""
FILES = (
    ("sheet", "status.csv", "text/csv", True),
    ("status", "status.json", "application/json", False),
    ("receipts", "kvitteringer.json", "application/json", False),
    ("feed", "haendelser.atom", "application/atom+xml", True),
    ("dates", "frister.ics", "text/calendar", True),
)
"""What can be fetched: the key of its title, its name, its kind, whether it differs by language."""
Node = dict[str, object]


def catalogue(site: Site) -> Node:
    """The catalogue of the site: all that it tells of the rounds is one dataset."""
    docket = site.docket
    languages = docket.organiser.languages
    home, own = (address(docket, languages[0], path) for path in ("", "data/katalog.jsonld"))
    who = _node("foaf:Agent", f"{home}#{docket.organiser.addresses.name('udgiver')}")
    who["foaf:name"] = _texts_of(site, lambda lang: publisher(docket, lang))
    shared: Node = {
        "dct:publisher": who,
        "dct:license": _node("dct:LicenseDocument", docket.organiser.licence),
        "dct:language": [
            _node("dct:LinguisticSystem", f"{EU}/language/{LANGUAGES[lang]}")
            for lang in languages
            if lang in LANGUAGES
        ],
        **_times(site),
        **_places(site),
    }
    return {
        "@context": PREFIXES,
        **_node("dcat:Catalog", own),
        **_texts(site, "catalogue"),
        **shared,
        "foaf:homepage": _node("foaf:Document", home),
        "dcat:dataset": {
            **_node("dcat:Dataset", f"{own}#{docket.organiser.addresses.name('runder')}"),
            **_texts(site, "dataset"),
            **shared,
            "dcat:landingPage": _node("foaf:Document", f"{home}data/"),
            "dcat:theme": {
                **_node("skos:Concept", f"{EU}/data-theme/GOVE"),
                "skos:prefLabel": _texts_of(site, lambda lang: say("data.theme", lang)),
            },
            "dcat:distribution": [
                _distribution(site, key, address(docket, lang, f"data/{name}"), kind)
                for key, name, kind, differs in FILES
                for lang in (languages if differs else languages[:1])
            ],
        },
    }


def _distribution(site: Site, key: str, where: str, kind: str) -> Node:
    """One file, at the address `where`."""
    return {
        **_node("dcat:Distribution", f"{where}#{site.docket.organiser.addresses.name('fil')}"),
        "dct:title": _texts_of(site, lambda lang: say(f"data.file.{key}", lang)),
        "dcat:accessURL": {"@id": where},
        "dcat:downloadURL": {"@id": where},
        "dcat:mediaType": _node("dct:MediaType", f"{IANA}/{kind}"),
        "dct:license": _node("dct:LicenseDocument", site.docket.organiser.licence),
    }


def _times(site: Site) -> Node:
    """When something last changed, and from which day on the rounds are."""
    docket, zone = site.docket, site.docket.organiser.zone
    rounds = [one for one in site.rounds if not one.round.rehearsal]
    known = [(one.round.opens, one.round.deadline, one.decided) for one in rounds]
    first = min((day_of(one, zone) for one in chain(*known) if one), default=None)
    last = updated(docket, site.events)
    found: Node = {}
    if last:
        at = min(last, docket.now).astimezone(zone).isoformat(timespec="seconds")
        found["dct:modified"] = {"@type": "xsd:dateTime", "@value": at}
    if first:
        start = {"@type": "xsd:date", "@value": first.isoformat()}
        found["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": start}
    return found


def _places(site: Site) -> Node:
    """Where the register's own are, if its schema says so (`x-spatial`)."""
    where = site.setting.schemas.by_name["municipality.json"].get("x-spatial")
    return {"dct:spatial": _node("dct:Location", where)} if where else {}


def _texts(site: Site, key: str) -> Node:
    def text(lang: str, part: str) -> str:
        facts = {"publisher": publisher(site.docket, lang)}
        return say(f"data.{key}.{part}", lang, site.docket.organiser, **facts)

    return {
        "dct:title": _texts_of(site, lambda lang: text(lang, "title")),
        "dct:description": _texts_of(site, lambda lang: text(lang, "about")),
    }


def _texts_of(site: Site, text: Callable[[str], str]) -> list[Node]:
    languages = site.docket.organiser.languages
    return [{"@language": lang, "@value": text(lang)} for lang in languages]


def _node(kind: str, address: str) -> Node:
    return {"@id": address, "@type": kind}


def sheet(site: Site, summaries: Sequence[Summary], lang: str) -> Node:
    """What the columns of status.csv are, how it is written, and its licence."""
    docket = site.docket
    titles = [column.title for column in published(docket, summaries, lang).columns]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": "status.csv",
        "dc:title": say("data.dataset.title", lang),
        "dc:publisher": publisher(docket, lang),
        "dc:license": {"@id": docket.organiser.licence},
        "dialect": {
            "delimiter": separator(docket),
            "encoding": "utf-8",
            "skipRows": int(docket.past),
        },
        "tableSchema": {"columns": [{"titles": title} for title in titles]},
    }
