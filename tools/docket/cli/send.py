"""`docket send`: pull requests for the desk's branches that have none yet."""

import argparse
import sys

from docket.cli.session import OK, lang_of, store_of
from docket.domain.nouns import Bilingual
from docket.forge import pull_request
from docket.forge.pull_request import TOKEN, Unsent
from docket.text.errors import CommandError, PairError

WHY = {
    "token": Bilingual(
        f"GitHub tager ikke imod nøglen i {TOKEN}",
        f"GitHub does not accept the token in {TOKEN}",
    ),
    "diverged": Bilingual(
        "grenen på GitHub er en anden; se på den, og slet en af dem",
        "the branch on GitHub is another one; look at it, and delete one of them",
    ),
    "refused": Bilingual("GitHub siger nej", "GitHub says no"),
    "unreachable": Bilingual(
        "GitHub svarer ikke; prøv igen senere", "GitHub does not answer; try again later"
    ),
}


def run(options: argparse.Namespace) -> int:
    """Send what is unsent, and tell of each how it went."""
    lang = lang_of(options)
    with store_of(options) as store:
        waiting = pull_request.unsent(store)
        if waiting and not options.dry_run and pull_request.target_of(store) is None:
            raise _nowhere(waiting)
        done = [] if options.dry_run else list(pull_request.resume(store))
    if options.dry_run:
        sys.stdout.writelines(f"{branch}\n" for branch in waiting)
    for one in done:
        if isinstance(one, Unsent):
            told = f"{WHY[one.kind].of(lang)} ({one.told})"
            sys.stderr.write(f"{one.branch}: {told}\n")
        else:
            sys.stdout.write(f"{one.branch}: #{one.number} {one.address}\n")
    if not waiting:
        words = Bilingual("Alt er sendt.", "Everything is sent.")
        sys.stderr.write(words.of(lang) + "\n")
    return 2 if any(isinstance(one, Unsent) for one in done) else OK


def _nowhere(waiting: tuple[str, ...]) -> CommandError:
    return PairError(
        f"{len(waiting)} grene har ingen pull request, og her er intet sted at sende dem hen. "
        f"Registeret skal have GitHub som origin, og {TOKEN} skal være en nøgle dertil.",
        f"{len(waiting)} branches have no pull request, and there is nowhere to send them. "
        f"The register needs GitHub as its origin, and {TOKEN} a token for it.",
    )
