"""What `docket receive` and `docket accept` say of what they took in, or refused."""

import sys

from docket.acts.changes import compared
from docket.acts.changes_text import Reader, sentences
from docket.cli.session import OK, WRONG
from docket.forge.answer import markdown
from docket.rules.review import Review
from docket.text.catalogue import say


def tell_taken(found: Review, lang: str) -> int:
    """Say what was taken in; what has a finding is refused in the sender's words."""
    if found.findings or found.crossed:
        sys.stdout.write(markdown(found, found.docket.now))
        return WRONG
    docket, reader = found.docket, Reader(lang, private=True)
    for one in compared(found):
        facts = {"name": docket.register[one.entry.municipality].full, "round": one.entry.round}
        rows = [f"  {row}" for row in sentences(docket, one, reader)]
        sys.stdout.write("\n".join([say("intake.registered", lang, **facts), *rows, ""]))
    return OK
