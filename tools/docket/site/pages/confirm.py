"""The page where the link of a mailed receipt leads: `/bekraeft/`, with one button.

To look at it does nothing: programs that inspect mail follow links, and press no buttons.
"""

from collections.abc import Iterator
from datetime import datetime

from docket.site.pages.form import Setting
from docket.site.templating import page
from docket.text.l10n import write_moment


def pages(setting: Setting, lang: str) -> Iterator[tuple[str, str]]:
    """The page as it is built, where there is a desk that can answer it."""
    if setting.desk:
        context = {"step": "ask", "typed": "", "error": ""}
        yield f"{lang}/bekraeft/index.md", page("confirm.md", setting.docket, lang, 1, context)


def again(setting: Setting, lang: str, typed: str, error: str) -> str:
    """The part of the page that asks, with what is wrong."""
    context = {"step": "ask", "typed": typed, "error": error}
    return page("confirm_body.html", setting.docket, lang, 1, context)


def done(setting: Setting, lang: str, whose: tuple[str, str], told: tuple[datetime, str]) -> str:
    """The part that says that it is confirmed: of which round and municipality (`whose`).

    `told`: when its answer was received, and under which reference.
    """
    docket, (received, reference) = setting.docket, told
    when = write_moment(received, lang, docket.organiser.zone, weekday=True)
    round_ = docket.rounds[whose[0]]
    context = {
        "step": "done",
        "full": docket.register[whose[1]].full,
        "round": round_,
        "received": when,
        "reference": reference,
    }
    return page("confirm_body.html", docket, lang, 1, context)
