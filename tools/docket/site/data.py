"""The data: what the pages tell, for programs, for a sheet, for readers of feeds and calendars."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from docket.site import dcat
from docket.site.feeds import calendar, feed
from docket.site.pages.page import Site, address, make
from docket.site.shapes import schema_text
from docket.summary.data import VERSION, whole
from docket.summary.lines import Summary, summarise
from docket.summary.sheet import write_published
from docket.text.escape import show_path

SCHEMA = Path(__file__).parent / "status.schema.json"


def data_files(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The files below /data/."""
    summaries = [summarise(site.docket, view, site.head, lang) for view in site.rounds]
    yield f"{lang}/data/status.json", _json(_status(site, summaries))
    yield f"{lang}/data/status.schema.json", schema_text(SCHEMA, site.docket)
    yield f"{lang}/data/status.csv", write_published(site.docket, summaries, lang).decode()
    yield f"{lang}/data/status.csv-metadata.json", _json(dcat.sheet(site, summaries, lang))
    yield f"{lang}/data/katalog.jsonld", _json(dcat.catalogue(site))
    yield f"{lang}/data/.licens.md", make(site, lang, "licence.md", 0, {})
    yield f"{lang}/data/haendelser.atom", feed(site, lang)
    yield f"{lang}/data/frister.ics", calendar(site, lang)


def _status(site: Site, summaries: list[Summary]) -> dict[str, object]:
    docket = site.docket
    refused: dict[str, dict[str, None]] = defaultdict(dict)
    for finding in site.findings:
        refused[show_path(finding.place.path)][finding.code] = None
    return {
        "$schema": "status.schema.json",
        "version": VERSION,
        **({"past": True} if docket.past else {}),
        "at": docket.now.astimezone(docket.organiser.zone).isoformat(timespec="seconds"),
        "commit": site.head.commit if site.head else None,
        "site": address(docket, docket.organiser.first, ""),
        "licence": docket.organiser.licence,
        "areas": [{"area": slug, **name} for slug, name in docket.areas.items()],
        "municipalities": [
            {"municipality": one.slug, "name": one.name, "code": one.code, "region": one.region}
            for one in docket.register.values()
        ],
        "rounds": [whole(summary, public=True) for summary in summaries],
        "refused": [{"path": path, "codes": list(codes)} for path, codes in refused.items()],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
