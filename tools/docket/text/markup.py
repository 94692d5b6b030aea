"""What anybody else wrote, on a page: it is text there, and cannot become markup."""

import html
import json
import re

from markupsafe import Markup

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
