"""Templates into Markdown. What anybody else wrote is text: it cannot become markup."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from docket.domain.docket import Docket
from docket.domain.instants import Moment
from docket.text import markup
from docket.text.catalogue import capital, say
from docket.text.l10n import (
    language_name,
    own_name,
    write_day,
    write_list,
    write_moment,
    write_number,
)
from docket.text.markup import data, exact, front, inert, plain, prose
from docket.views import sentences

PAGES = Path(__file__).parent / "pages"
INDENTED = re.compile(r"\n +(?=\S)")


class _Loader(FileSystemLoader):
    """Templates in which an indented line goes on with the line above it.

    So a template has one tag a line, and the page has no white space that nobody wants.
    """

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        # a comment over the line's end, so that an error still names the right line
        return INDENTED.sub("{#\n#}", source), path, is_fresh


class Compiled(FileSystemBytecodeCache):
    """Compiled templates lie where Python keeps its modules', for this very source and compiler."""

    def get_source_checksum(self, source: str) -> str:
        """What a source is known by, with what compiles it."""
        return super().get_source_checksum(_compiler() + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, where that can be."""
        with suppress(OSError):  # whoever runs the package need not own it
            super().dump_bytecode(bucket)


@cache
def _compiler() -> str:
    """What makes something else of the same source: escapes that it works out, this module."""
    made = [Path(one).read_text(encoding="utf-8") for one in (markup.__file__, __file__)]
    return "".join([version("jinja2"), *made])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=_Loader(PAGES, encoding="utf-8"),
        bytecode_cache=Compiled(str(PAGES / "__pycache__")),
        autoescape=True,
        finalize=inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters = {"prose": prose, "front": front, "exact": exact, "plain": plain, "data": data}
    environment.filters |= filters
    return environment


def page(
    template: str, docket: Docket, lang: str, depth: int, context: Mapping[str, object]
) -> str:
    """One page in `lang`; `depth` is how many folders its address is below the language's root."""
    return (
        _environment()
        .get_template(template)
        .render({**_helpers(docket, lang, "../" * depth), **context})
    )


def _helpers(docket: Docket, lang: str, root: str) -> dict[str, object]:
    """What every template can call."""
    zone, named = docket.organiser.zone, docket.organiser.addresses

    def sentence(key: str, **facts: object) -> Markup:
        text = say(key, lang, docket.organiser, inert, **facts)
        return Markup(text)  # noqa: S704 - our own words, and facts that are escaped

    def area(slug: str) -> str:
        return docket.areas[slug].of(lang)

    def areas(slugs: tuple[str, ...]) -> str:
        return write_list(map(area, slugs), lang, "and")

    def when(moment: Moment) -> str:
        return write_moment(moment, lang, zone, weekday=not isinstance(moment, datetime))

    helpers: dict[str, object | Callable[..., object]] = {
        "lang": lang,
        "docket": docket,
        "say": sentence,
        "of": lambda both: both.of(lang),
        "area": area,
        "areas": areas,
        "when": when,
        "day": lambda moment: write_day(moment, lang),
        "capital": capital,
        "instant": lambda moment: write_moment(moment, lang, zone),
        "language": lambda one: language_name(one, lang),
        "own_name": own_name,
        "called": lambda ours: Markup(named.name(ours)),  # noqa: S704 - letters, digits, hyphens
        "number": lambda number: write_number(number, lang),
        "url": lambda path: Markup(root + named.of(path)),  # noqa: S704 - our own addresses
        "name": lambda slug: docket.register[slug].name,
        "lead": lambda view: sentences.lead(docket, view, lang),
        "date_line": lambda view: sentences.date_line(docket, view, lang),
        "rest": lambda view: sentences.rest(docket, view, lang),
        "next": lambda view: sentences.next_step(docket, view, lang),
    }
    return helpers
