"""The one label of ours on a pull request. The answer stands without it, too."""

import sys
from enum import StrEnum
from urllib.parse import quote

from docket.forge.api import Api, ApiError
from docket.text.catalogue import say

NOT_FOUND, UNPROCESSABLE = 404, 422


class Label(StrEnum):
    """What an answer says of a pull request. It is in the language of the register alone."""

    GOOD = "good"
    BAD = "bad"

    def called(self, lang: str) -> str:
        """What it is called on GitHub."""
        return say(f"answer.label.{self}", lang)


COLOURS = {Label.GOOD: "0e8a16", Label.BAD: "b60205"}


def put_label(api: Api, number: int, wanted: Label | None, lang: str) -> None:
    """Put this one of our labels on, if any, and take the others off."""
    where = f"issues/{number}/labels"
    try:
        there = {one["name"] for one in api.pages(where)}
        if wanted and wanted.called(lang) not in there:
            _make(api, wanted, lang)
            api.call("POST", where, {"labels": [wanted.called(lang)]})
        for other in Label:
            if other is not wanted and other.called(lang) in there:
                api.call("DELETE", f"{where}/{quote(other.called(lang))}")
    except ApiError as error:
        sys.stderr.write(say("answer.log.no_label", "en", error=error) + "\n")


def _make(api: Api, label: Label, lang: str) -> None:
    """See to it that the repository has the label."""
    try:
        api.call("GET", f"labels/{quote(label.called(lang))}")
    except ApiError as error:
        if error.status != NOT_FOUND:
            raise
        means = say(f"answer.label.means.{label}", lang)
        new = {"name": label.called(lang), "color": COLOURS[label], "description": means}
        try:
            api.call("POST", "labels", new)
        except ApiError as other:
            if other.status != UNPROCESSABLE:  # another run was faster
                raise
