"""The schemas of what a site publishes."""

import json
import re
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.languages import PACKAGE
from docket.loading.spoken import published
from docket.text.catalogue import capital


def schema_text(path: Path, docket: Docket) -> str:
    """A schema of the package's, in the languages of the register."""
    text = path.read_text(encoding="utf-8")
    organiser = docket.organiser
    languages = organiser.languages
    if languages == PACKAGE:
        return text
    named = organiser.addresses
    told = json.dumps(published(json.loads(text), languages), ensure_ascii=False, indent=2) + "\n"
    for ours in ("kvitteringer", "kvittering"):
        told = told.replace(ours, named.name(ours))
    words = organiser.words_in(organiser.first)
    for ours, word in (
        ("municipality(?='s| is)", words["one"]),
        ("municipalities(?= )", words["many"]),
    ):
        told = re.sub(f'(?<!["/]){ours}', word, told)
        told = re.sub(capital(ours), capital(word), told)
    return told
