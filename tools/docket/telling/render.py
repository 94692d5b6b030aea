"""Templates into Markdown. What anybody else wrote is text: it cannot become markup."""

import html
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from docket.called import capital
from docket.docket import Docket
from docket.model import Both, Moment
from docket.words import write_day, write_list, write_moment, write_number

ACTIVE = re.compile(r"[!-+\--/:-@\[-`{-~]")
"""ASCII punctuation but the comma: all that Markdown or HTML could take for markup."""


def inert(text: object) -> Markup:
    """`text` on one line, with every character that could be markup as a reference."""
    if isinstance(text, Markup):
        return text
    line = " ".join(str(text).split())
    return Markup(ACTIVE.sub(lambda found: f"&#{ord(found[0])};", line))  # noqa: S704 - escaped here


def prose(text: str) -> Markup:
    """`text` as HTML paragraphs, its line breaks kept."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    lines = [[inert(line) for line in part.splitlines()] for part in paragraphs]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(part)) for part in lines
    )


def front(text: str) -> Markup:
    """`text` as a value in a page's front matter, already escaped for the HTML it ends in."""
    return Markup(json.dumps(html.escape(" ".join(text.split())), ensure_ascii=False))  # noqa: S704


def exact(text: str) -> Markup:
    """`text` as it is, its line breaks too: for a text field or preformatted text."""
    return Markup(html.escape(text))  # noqa: S704 - escaped here


def plain(text: object) -> Markup:
    """`text` on one line of a file that is no page."""
    return Markup(" ".join(str(text).split()))  # noqa: S704 - no page


def data(value: object) -> Markup:
    """`value` as JSON inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        finalize=inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"prose": prose, "front": front, "exact": exact, "plain": plain, "data": data}
    return made


def page(
    template: str, docket: Docket, lang: str, depth: int, context: Mapping[str, object]
) -> str:
    """One page in `lang`; `depth` is how many folders its address is below the language's root."""
    return (
        _environment()
        .get_template(template)
        .render(**_helpers(docket, lang, "../" * depth), **context)
    )


def _helpers(docket: Docket, lang: str, root: str) -> dict[str, object]:
    """What every template can call."""
    zone = docket.organiser.zone

    def say(da: str, en: str) -> Markup:
        return Markup(docket.organiser.say(Both(da, en), lang))  # noqa: S704 - our own words

    def area(slug: str) -> str:
        return docket.areas[slug].of(lang)

    def areas(slugs: tuple[str, ...]) -> str:
        return write_list(map(area, slugs), lang, "and")

    def when(moment: Moment) -> str:
        return write_moment(moment, lang, zone, weekday=not isinstance(moment, datetime))

    helpers: dict[str, object | Callable[..., object]] = {
        "lang": lang,
        "docket": docket,
        "say": say,
        "of": lambda both: both.of(lang),
        "area": area,
        "areas": areas,
        "when": when,
        "day": lambda moment: write_day(moment, lang),
        "capital": capital,
        "instant": lambda moment: write_moment(moment, lang, zone),
        "number": lambda number: write_number(number, lang),
        "url": lambda path: Markup(root + path),  # noqa: S704 - our own addresses
        "name": lambda slug: docket.register[slug].name,
    }
    return helpers
