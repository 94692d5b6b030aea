"""What `docket receive` and `docket accept` say of what they took in, or refused."""

import sys

from docket.cli.session import OK, WRONG
from docket.domain.nouns import Bilingual
from docket.forge.answer import markdown
from docket.rules.review import Review


def tell_taken(found: Review, lang: str) -> int:
    """Say what was taken in; what has a finding is refused in the sender's words."""
    if found.findings or found.crossed:
        sys.stdout.write(markdown(found, found.docket.now))
        return WRONG
    done = Bilingual("Registreret", "Registered").of(lang)
    for one in found.submissions:
        sys.stdout.write(f"{done}: {found.docket.register[one.municipality].full}, {one.round}\n")
    return OK
