"""The schemas of what a site publishes."""

import json
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.languages import PACKAGE
from docket.loading.spoken import published


def schema_text(path: Path, docket: Docket) -> str:
    """A schema of the package's, in the languages of the register."""
    text = path.read_text(encoding="utf-8")
    languages = docket.organiser.languages
    if languages == PACKAGE:
        return text
    return json.dumps(published(json.loads(text), languages), ensure_ascii=False, indent=2) + "\n"
