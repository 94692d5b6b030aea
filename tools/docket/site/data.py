"""The data: what the pages tell, for programs, for a sheet, for readers of feeds and calendars."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docket.site import dcat
from docket.site.feeds import calendar, feed
from docket.site.pages.page import Site, address, make
from docket.site.shapes import schema_text
from docket.summary.data import VERSION, whole
from docket.summary.lines import Summary, summarise
from docket.summary.sheet import write_published
from docket.text.escape import show_path

LEFT = ("x-ask", "x-kind", "x-published", "x-long", "x-pattern")
"""What is said only to those who fill a field in."""
SCHEMA = Path(__file__).parent / "status.schema.json"


def data_files(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The files below /data/."""
    summaries = [summarise(site.docket, view, site.head, lang) for view in site.rounds]
    yield f"{lang}/data/status.json", _json(_status(site, summaries))
    yield f"{lang}/data/status.schema.json", _schema(site)
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


def _schema(site: Site) -> str:
    """What status.json holds, with what this register asks for."""
    text, asked = schema_text(SCHEMA, site.docket), site.docket.organiser.asked
    if asked.as_given:
        return text
    schema = json.loads(text)
    answer = schema["properties"]["rounds"]["items"]["properties"]["submissions"]["items"]
    left = {
        *(() if asked.approval else ("approval",)),
        *(() if asked.motivation else ("motivation",)),
    }
    answer["required"] = [one for one in answer["required"] if one not in left]
    answer["properties"] = {
        key: one for key, one in answer["properties"].items() if key not in left
    }
    if asked.published:
        answer["required"].append("answers")
        fields = site.setting.schemas.by_name["submission.json"]["properties"]
        told = {one.key: _nullable(fields[one.key]) for one in asked.published}
        answer["properties"]["answers"] = {
            "type": "object",
            "required": [*told],
            "additionalProperties": False,
            "properties": told,
        }
    return _json(schema)


def _nullable(field: Mapping[str, Any]) -> dict[str, object]:
    """The schema of a value that may be there, in the words of the field's own."""
    kept = {word: said for word, said in field.items() if word not in LEFT}
    if "enum" in kept:
        kept["enum"] = [*kept["enum"], None]
    return {**kept, "type": [kept.get("type", "string"), "null"]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
