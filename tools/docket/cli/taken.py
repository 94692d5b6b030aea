"""What `docket receive` and `docket accept` say of what they took in, or refused."""

import sys

from docket.cli.session import OK, WRONG
from docket.forge.answer import markdown
from docket.rules.review import Review
from docket.text.catalogue import say


def tell_taken(found: Review, lang: str) -> int:
    """Say what was taken in; what has a finding is refused in the sender's words."""
    if found.findings or found.crossed:
        sys.stdout.write(markdown(found, found.docket.now))
        return WRONG
    for one in found.submissions:
        name = found.docket.register[one.municipality].full
        sys.stdout.write(say("intake.registered", lang, name=name, round=one.round) + "\n")
    return OK
