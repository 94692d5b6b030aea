"""What users have set for Git, for their own eyes or for other work: none of it is ours."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.worlds import neutral

VARIABLES = {
    "GIT_DIR": "{other}/.git",
    "GIT_WORK_TREE": "{other}",
    "GIT_COMMON_DIR": "{other}/.git",
    "GIT_OBJECT_DIRECTORY": "{other}/.git/objects",
    "GIT_QUARANTINE_PATH": "{other}/.git/objects/incoming",
    "GIT_INDEX_FILE": "{other}/.git/index",
    "GIT_SHALLOW_FILE": "{other}/none",
    "GIT_PREFIX": "submissions/",
    "GIT_NAMESPACE": "other",
    "GIT_CONFIG_PARAMETERS": "'log.showroot'='false' 'core.bare'='true'",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_EXTERNAL_DIFF": "false",
    "GIT_TRACE": "1",
    "GIT_TRACE2_EVENT": "2",
    "GIT_PYTHON_GIT_EXECUTABLE": "/none",
    "GIT_PYTHON_TRACE": "full",
}
"""As hooks, editors, shells and other programs leave them; {other} is another repository."""
SETTINGS = {
    "color.ui": "always",
    "core.abbrev": "4",
    "core.autocrlf": "true",
    "core.fsmonitor": "/bin/true",
    "core.quotePath": "true",
    "core.safecrlf": "true",
    "core.splitIndex": "true",
    "diff.external": "false",
    "diff.ignoreSubmodules": "all",
    "diff.noprefix": "true",
    "diff.orderFile": "/none",
    "diff.relative": "true",
    "diff.renames": "copies",
    "format.pretty": "oneline",
    "commit.gpgSign": "true",
    "i18n.commitEncoding": "ISO-8859-1",
    "i18n.logOutputEncoding": "UTF-16",
    "log.date": "human",
    "log.decorate": "full",
    "log.diffMerges": "off",
    "log.follow": "true",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "push.default": "nothing",
    "safe.bareRepository": "explicit",
    "status.branch": "true",
    "status.short": "true",
    "status.showUntrackedFiles": "no",
    "submodule.recurse": "true",
    "user.name": ".",
    "user.useConfigOnly": "true",
}


def configured(folder: Path, settings: Mapping[str, str]) -> Path:
    """A file of settings for `GIT_CONFIG_GLOBAL`."""
    file = folder / "gitconfig"
    for name, value in settings.items():
        words = ["git", "config", "--file", str(file), name, value]
        subprocess.run(words, check=True, env=neutral() | {"GIT_CONFIG_GLOBAL": os.devnull})
    return file
