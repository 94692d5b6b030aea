"""MkDocs' hook: the generated pages are written before every build."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docket.loading.loader import load
from docket.site.build import write_pages
from docket.text.errors import CommandError

STARTED: dict[str, str] = {}


def on_startup(**_: Any) -> None:  # noqa: ANN401 - MkDocs' arguments
    """Keep the instant of the start: `mkdocs serve` would see new pages at every rebuild."""
    STARTED["at"] = os.environ.get("DOCKET_AT", "")


def on_config(config: Any) -> Any:  # noqa: ANN401 - MkDocs' configuration
    """Give the site its address, and write the pages, unless `docket build` has done that."""
    language = "" if config.theme["language"] == "da" else "en/"
    if "DOCKET_SITE" in os.environ:
        config.site_url = f"{os.environ['DOCKET_SITE'].rstrip('/')}/{language}"
        return config
    root = Path(config.config_file_path).parent
    try:
        docket = load(root, datetime.now(UTC), STARTED["at"])
        write_pages(root, docket, clock=bool(os.environ.get("DOCKET_AT")))
    except CommandError as error:
        raise SystemExit(f"docket: {error.of('da')}") from None
    STARTED["at"] = docket.now.isoformat(timespec="minutes")
    config.site_url = docket.organiser.site.rstrip("/") + "/" + language
    return config
