"""Which docket this is, as a line of `requirements.txt` that installs the same one."""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

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
    found = source.get("archive_info", {}).get("hashes", {}).get("sha256") or _sha256(url)
    return f"{NAME} @ {url}#sha256={found}" if found else f"{NAME} @ {url}"


def home() -> Home | None:
    """Where on GitHub this docket was installed from, if it was."""
    source = _source()
    commit, url = source.get("vcs_info", {}).get("commit_id"), str(source.get("url", ""))
    if not commit or not url.startswith(GITHUB):
        return None
    return Home(url.removeprefix(GITHUB).removesuffix("/").removesuffix(".git"), commit)


def _sha256(url: str) -> str:
    """The digest of a file on this machine, which pip does not note; "" of anything else."""
    if not url.startswith("file://"):
        return ""
    path = Path(url2pathname(urlsplit(url).path))
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _source() -> dict[str, Any]:
    """Where the package was installed from, as installers write it (PEP 610); {} is the index."""
    try:
        text = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found: dict[str, Any] = json.loads(text or "{}")
    return found
