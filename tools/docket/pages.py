"""The generated pages: from a docket to Markdown, in both languages.

Pure: the same docket gives the same pages, byte for byte.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from docket import form, tell
from docket.docket import Docket
from docket.model import Both, Finding, Head
from docket.paths import show_path
from docket.render import page
from docket.schemas import Schemas
from docket.standing import in_force
from docket.texts import message, texts
from docket.view import (
    STATES,
    STATUSES,
    RoundView,
    all_rounds,
    history,
    is_stopped,
    told_of,
)

LANGUAGES = ("da", "en")
EVENTS = {
    **STATUSES,
    "pending": Both("Politisk behandling", "Political decision"),
    "stopped": STATES["stopped"],
}
PUBLIC = frozenset(
    "municipality areas approval title seats wishes opens deadline after decided until".split()
)
"""Top-level fields whose values may be quoted on a page."""
GROUPS = {
    "F": Both("Filer", "Files"),
    "S": Both("Form", "Shape"),
    "P": Both("Filnavn", "File name"),
    "M": Both("Kommuner", "Municipalities"),
    "R": Both("Runder", "Rounds"),
    "T": Both("Tid", "Time"),
    "D": Both("Udpegning", "Decision"),
    "C": Both("Ændringer", "Changes"),
}


@dataclass(frozen=True)
class Site:
    """What all pages are made from."""

    docket: Docket
    schemas: Schemas
    findings: Sequence[Finding]
    rounds: Sequence[RoundView]
    head: Head | None
    desk: bool


def pages(
    docket: Docket,
    schemas: Schemas,
    findings: Sequence[Finding],
    head: Head | None,
    *,
    desk: bool = False,
) -> dict[str, str]:
    """All generated files by their path under `site/`; `desk`: the site is served with the desk."""
    site = Site(docket, schemas, findings, all_rounds(docket, findings), head, desk)
    return {path: text for lang in LANGUAGES for path, text in _pages(site, lang)}


def _pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    make = partial(_page, site, lang)
    yield f"{lang}/runder/index.md", make("calendar.md", 1, _calendar(site, lang))
    for view in site.rounds:
        yield f"{lang}/runder/{view.call.slug}.md", make("round.md", 2, _round(site, view, lang))
    for slug in _broken(site):
        context = {"slug": slug, "findings": _inside(site, slug)}
        yield f"{lang}/runder/{slug}.md", make("broken.md", 2, context)
    for municipality in told_of(site.docket, site.rounds):
        told: dict[str, object] = {
            "municipality": municipality,
            "events": history(site.docket, municipality.slug, site.rounds),
            "open": [
                view for view in site.rounds if view.takes_submissions and not view.call.rehearsal
            ],
            "kinds": EVENTS,
            "stopped": partial(is_stopped, site.docket),
            "in_force": lambda decision: in_force(
                decision, site.docket.now, site.docket.organiser.zone
            ),
        }
        yield f"{lang}/kommuner/{municipality.slug}.md", make("municipality.md", 2, told)
    groups = [(letter, heading.of(lang)) for letter, heading in GROUPS.items()]
    context = {"texts": tuple(texts().values()), "groups": groups}
    yield f"{lang}/regler.md", make("rules.md", 1, context)
    yield from _submitting(site, lang)
    leads = [(view, tell.lead(site.docket, view, lang)) for view in site.rounds]
    yield f"{lang}/runder/.now.md", make("now.md", 0, {"rounds": leads})
    yield f"theme/made/stand.{lang}.html", make("stand.html", 0, {"head": site.head})


def _submitting(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The form of each open round, and the page to choose one."""
    opened = [view for view in site.rounds if view.takes_submissions]
    context = {
        "rounds": [(view, tell.lead(site.docket, view, lang)) for view in opened],
        "real": any(not view.call.rehearsal for view in opened),
    }
    yield f"{lang}/meld-interesse/index.md", _page(site, lang, "choose.md", 1, context)
    for view in opened:
        fields = form.fields(site.docket, site.schemas, view.call, lang)
        context = {
            "view": view,
            "lead": tell.lead(site.docket, view, lang),
            "fields": fields,
            "script": {
                **form.script(site.docket, site.schemas, view.call, lang),
                "desk": site.desk,
                "submitted": sorted(row.municipality.slug for row in view.live),
            },
        }
        path = f"{lang}/meld-interesse/{view.call.slug}.md"
        yield path, _page(site, lang, "form.md", 2, context)


def _page(site: Site, lang: str, template: str, depth: int, context: Mapping[str, object]) -> str:
    shared = {
        "states": STATES,
        "statuses": STATUSES,
        "shown": show_path,
        "message": lambda finding: _public(site, finding, lang),
        "bare": lambda address: address.partition("://")[2].rstrip("/"),
    }
    return page(template, site.docket, lang, depth, {**shared, **context})


def _public(site: Site, finding: Finding, lang: str) -> str:
    """The message; where it could quote a contact, the rule instead."""
    key = finding.place.pointer.split("/")[1:2]
    if "found" in finding.facts and key and key[0] not in PUBLIC:
        return texts()[finding.code].rule.of(lang)
    return message(finding, site.docket.organiser, lang)


def _calendar(site: Site, lang: str) -> dict[str, object]:
    real = [view for view in site.rounds if not view.call.rehearsal]
    rehearsals = [view for view in site.rounds if view.call.rehearsal]
    strays = [one for one in site.findings if one.place.path.count("/") != 2]  # noqa: PLR2004
    return {
        "groups": [(real, ""), (rehearsals, Both("Prøverunder", "Practice rounds").of(lang))],
        "broken": list(_broken(site)),
        "strays": strays,
    }


def _round(site: Site, view: RoundView, lang: str) -> dict[str, object]:
    decision, call = view.decision, view.call
    areas = list(call.seats)
    chosen = sorted(
        decision.designated if decision else (),
        key=lambda one: areas.index(one.area) if one.area in areas else len(areas),
    )
    sources = [*call.sources, *(decision.sources if decision else ())]
    return {
        "view": view,
        "lead": tell.lead(site.docket, view, lang),
        "next": tell.next_step(site.docket, view, lang),
        "designated": chosen,
        "is_stopped": decision is not None and is_stopped(site.docket, decision),
        "after": [site.docket.rounds[name] for name in call.after if name in site.docket.rounds],
        "sources": list(dict.fromkeys(sources)),
    }


def _broken(site: Site) -> Iterator[str]:
    """Folders whose round could not be read, or that have none."""
    yield from (slug for slug in site.docket.folders() if slug not in site.docket.rounds)


def _inside(site: Site, slug: str) -> list[Finding]:
    return [one for one in site.findings if one.place.path.startswith(f"submissions/{slug}/")]
