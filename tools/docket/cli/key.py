"""`docket key`: the pair of keys that seals a round's contacts and opens them."""

import argparse
import json
import os
import sys

from docket.acts import seal
from docket.cli.session import OK, tell
from docket.git.place import is_shared
from docket.text.errors import PairError
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """The private key into a file of its own; the line for round.yml on stdout."""
    name = show_path(str(options.file))
    if is_shared(options.file):
        raise PairError(
            "Filen ville ligge i registeret, som alle kan læse. Gem nøglen et andet sted.",
            "The file would lie in the register, which everybody can read. "
            "Keep the key somewhere else.",
        )
    private, public = seal.new_key()
    try:
        descriptor = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise PairError(
            f"{name} findes allerede. En nøgle bliver aldrig overskrevet: vælg et andet navn.",
            f"{name} is there already. A key is never overwritten: choose another name.",
        ) from None
    except OSError:
        raise PairError(f"{name} kan ikke skrives.", f"{name} cannot be written.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(private)
    sys.stdout.write(f"seal: {json.dumps(public)}\n")
    tell(
        options,
        f"Sæt linjen ind i rundens round.yml. Nøglen i {name} åbner kontaktpersonerne: læg den "
        "et sikkert sted med en kopi. Bliver den væk, er kontaktpersonerne væk, og kun de.",
        f"Put the line into the round's round.yml. The key in {name} opens the contacts: keep it "
        "in a safe place, with a copy. If it is lost, the contacts are lost, and nothing else.",
    )
    return OK
