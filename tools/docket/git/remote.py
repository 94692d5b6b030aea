"""The repository that this one came from: fetched from and pushed to, with a token if there is one.

The token goes to Git by its environment, so that it stands in no address, argument,
configuration or log.
"""

import os
from collections.abc import Sequence

from docket.git.refusals import GitError, TimedOut
from docket.git.store import Store

ORIGIN = "origin"
SECONDS = 30.0
"""So long somebody who waits for an answer waits for a server."""
TOKEN = "DOCKET_TOKEN"  # noqa: S105 - the name of the variable, not the token
HELPER = '!f() { echo username=x-access-token; echo "password=$DOCKET_TOKEN"; }; f'
SETTINGS = (
    "credential.helper=",  # forget the user's own: they would keep the token
    f"credential.helper={HELPER}",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
)


def has_origin(store: Store) -> bool:
    """Whether the register was cloned from anywhere."""
    return ORIGIN in (store.attempt("remote") or "").split()


def ask(
    store: Store, words: Sequence[str], token: str | None = None, seconds: float | None = None
) -> str:
    """What `git WORDS` answers in so many seconds, with the token, else as the user.

    Of a `token` that is None the environment tells. Raises `GitError` (`TimedOut`).
    """
    token = os.environ.get(TOKEN, "").strip() if token is None else token
    if not token:
        return store.timed(seconds, *words)
    settings = [word for one in SETTINGS for word in ("-c", one)]
    try:
        return store.timed(seconds, *settings, *words, **{TOKEN: token})
    except TimedOut:
        raise
    except GitError as error:
        raise GitError(error.words.replace(token, "***")) from None
