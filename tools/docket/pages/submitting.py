"""The form of each open round, and the page to choose one."""

from collections.abc import Iterator

from docket import form, tell
from docket.pages.shared import Site, make


def submitting(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The form of each open round, and the page to choose one."""
    opened = [view for view in site.rounds if view.takes_submissions]
    context = {
        "rounds": [(view, tell.lead(site.docket, view, lang)) for view in opened],
        "real": any(not view.call.rehearsal for view in opened),
    }
    yield f"{lang}/meld-interesse/index.md", make(site, lang, "choose.md", 1, context)
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
        yield path, make(site, lang, "form.md", 2, context)
