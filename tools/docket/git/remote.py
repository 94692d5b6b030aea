"""The repository that this one came from: fetched from and pushed to, with a token if there is one.

The token goes to Git by its environment, so that it stands in no address, argument,
configuration or log.
"""

import os
from collections.abc import Sequence

from docket.git.refusals import GitError
from docket.git.store import Store

ORIGIN = "origin"
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


def ask(store: Store, words: Sequence[str], token: str | None = None) -> str:
    """What `git WORDS` answers, with the token, else as the user. Raises `GitError`.

    Of a `token` that is None the environment tells.
    """
    token = os.environ.get(TOKEN, "").strip() if token is None else token
    if not token:
        return store.run(*words)
    settings = [word for one in SETTINGS for word in ("-c", one)]
    try:
        return store.run(*settings, *words, **{TOKEN: token})
    except GitError as error:
        raise GitError(error.words.replace(token, "***")) from None
