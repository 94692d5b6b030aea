"""Pull requests at the small GitHub, as its events describe them."""

from typing import Any

from githubkit_schemas.v2022_11_28 import models

from docket.forge.api import Api
from support.hub import REPOSITORY, TOKEN, Hub, shaped

OPENED, LATER, TOO_LATE = "2031-03-05T09:00:00Z", "2031-03-06T09:00:00Z", "2031-07-01T09:00:00Z"
EVENTS: dict[str, Any] = {
    "opened": models.WebhookPullRequestOpened,
    "synchronize": models.WebhookPullRequestSynchronize,
    "reopened": models.WebhookPullRequestReopened,
}


def api(hub: Hub, waits: list[float] | None = None) -> Api:
    """How to call it; waiting takes no time."""
    wait = (waits if waits is not None else []).append
    return Api(hub.address, REPOSITORY, TOKEN, wait, timeout=0.3)


def event(
    name: str, head: str, updated: str = LATER, ref: str = "patch-1", number: int = 12
) -> dict[str, Any]:
    """An event as GitHub describes it; from a fork, which is gone, as far as it tells."""
    found = shaped(EVENTS[name], number=number)
    pull = found["pull_request"]
    pull |= {"created_at": OPENED, "updated_at": updated, "title": "$(touch x) `y` ::error::"}
    pull["number"] = number
    pull["base"]["repo"]["full_name"] = REPOSITORY
    pull["head"] |= {"sha": head, "ref": ref}
    EVENTS[name].model_validate(found)
    return found
