"""What Git is started with: a user's own variables and settings change nothing that we read.

A hook, an editor or a shell may have set variables that send Git to another repository, and
settings for the user's own eyes change what Git writes. What is left says who the user is, and
how a server is reached.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

KEPT = re.compile(
    "GIT_("
    "(AUTHOR|COMMITTER)_(NAME|EMAIL)|"
    "SSH.*|ASKPASS|PROXY_.*|SSL_.*|HTTP_.*|ALLOW_PROTOCOL|PROTOCOL_FROM_USER|"
    "CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|EXEC_PATH|TEMPLATE_DIR|"
    "CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|"
    "TEST_ASSUME_DIFFERENT_OWNER)"
)
"""Who, by which way, with which Git; and where it may not look, which only makes it refuse."""
QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
"""Where a push lies until a hook has said yes, the first; and what lets Git look there."""
SETTINGS = {
    "core.fsync": "committed",  # what is written is on the disk
    "core.fsmonitor": "false",
    "diff.orderFile": "/dev/null",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.showRoot": "true",
    "push.followTags": "false",
    "push.gpgSign": "false",
    "push.recurseSubmodules": "no",
    "submodule.recurse": "false",
}
FIXED = {
    "LANGUAGE": "C",
    "LC_ALL": "C",
    "GIT_FLUSH": "0",  # a log is written in pieces as large as can be
    "GIT_OPTIONAL_LOCKS": "0",  # who only reads takes no lock
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CONFIG_COUNT": str(len(SETTINGS)),
    **{f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(SETTINGS.values())},
}


def environment() -> dict[str, str]:
    """The environment for Git, and for whatever starts Git in turn."""
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or KEPT.fullmatch(name) or _is_trace(name, value)
        },
        **FIXED,
    }


def quarantine(objects: Path) -> Mapping[str, str]:
    """What shows Git the push that a hook is to judge, if it goes to this folder of objects."""
    place = os.environ.get(QUARANTINE[0])
    if not place or Path(place).resolve().parent != objects.resolve():
        return {}
    return {name: os.environ[name] for name in QUARANTINE if name in os.environ}


def _is_trace(name: str, value: str) -> bool:
    """Whether Git is to tell a file of its own what it does: that disturbs nobody."""
    return name.startswith("GIT_TRACE") and Path(value).is_absolute()
