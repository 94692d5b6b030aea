"""Which docket this is, as a line of `requirements.txt` that installs the same one."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from docket import __version__
from docket.scaffold.copies import Home

NAME = "docket-calls"
GITHUB = "https://github.com/"


def pin(home: Home | None = None) -> str:
    """The line that installs this docket: from the index by version, else from where it came.

    A folder on this machine is nowhere else: where the `home` is known, it is that one.
    """
    source = _source()
    url = str(source.get("url", ""))
    if not url:
        return f"{NAME}=={__version__}"
    if "dir_info" in source and home:
        return f"{NAME} @ git+{GITHUB}{home.repository}@{home.commit}"
    if vcs := source.get("vcs_info"):
        return f"{NAME} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    hashes = source.get("archive_info", {}).get("hashes", {})
    mark = f"#sha256={hashes['sha256']}" if "sha256" in hashes else ""
    return f"{NAME} @ {url}{mark}"


def home() -> Home | None:
    """Where on GitHub this docket was installed from, if it was."""
    source = _source()
    commit, url = source.get("vcs_info", {}).get("commit_id"), str(source.get("url", ""))
    if not commit or not url.startswith(GITHUB):
        return None
    return Home(url.removeprefix(GITHUB).removesuffix("/").removesuffix(".git"), commit)


def _source() -> dict[str, Any]:
    """Where the package was installed from, as installers write it (PEP 610); {} is the index."""
    try:
        text = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found: dict[str, Any] = json.loads(text or "{}")
    return found
