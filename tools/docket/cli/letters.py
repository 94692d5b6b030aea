"""`docket letters`: an e-mail to each municipality that a round concerns."""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from docket.acts import letters
from docket.acts.letters import Letter, Occasion, Writer
from docket.acts.outbox import Outbox
from docket.acts.post import Post, put_letters
from docket.acts.smtp import NAME, send_all, server_of
from docket.cli import prompts
from docket.cli.session import OK, docket_of, lang_of, root_of, round_of, store_of
from docket.domain.docket import Docket
from docket.git.place import is_shared
from docket.rules import check
from docket.summary.lines import Opener, unopened
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """Write the letters, all or none, where the register does not hold them."""
    docket, lang = docket_of(options, past=True), lang_of(options)
    round_, about = round_of(docket, options.round), Occasion(options.about)
    post = Writer(docket, check(docket), lang, _opener(options)).letters(round_, about)
    if options.send:
        return _send(options, docket, post)
    folder = options.output or root_of(options) / "letters" / f"{round_.slug}-{about}"
    if post.letters:
        _write(folder, post.letters)
    told = "written" if post.letters else "nobody"
    _tell(lang, told, count=len(post.letters), folder=show_path(str(folder)))
    _tell_missing(lang, post)
    return OK


def _send(options: argparse.Namespace, docket: Docket, post: letters.Post) -> int:
    """Show to whom they go; after a yes send each, once, and with them all that waits."""
    lang, sender, server = lang_of(options), docket.organiser.mail, server_of()
    if options.at:
        raise CommandError("errors.letters.past")
    if server is None or sender is None:
        raise CommandError("errors.post.unset", name=NAME, address="{email: …}")
    mailing, found = Post(server, sender), [one for one in post.letters if one.is_addressed]
    for one in found:
        _tell(lang, "recipient", name=one.municipality.full, to=one.address)
    if not found:
        _tell(lang, "nobody")
    _tell_missing(lang, post)
    if found and not options.yes and not _agreed(lang):
        return OK
    with store_of(options) as store:
        new = put_letters(store, mailing, found, docket.now)
        sent = send_all(Outbox.of(store), server, mailing.address, lambda: datetime.now(UTC))
    for key, count in (
        ("already", len(found) - new),
        ("sent", sent.taken),
        ("put_off", sent.put_off),
        ("aside", sent.aside),
    ):
        if count:
            _tell(lang, key, count=count, words=sent.words)
    if sent.busy:
        _tell(lang, "busy")
    return OK


def _agreed(lang: str) -> bool:
    sys.stdout.flush()
    if not prompts.is_there():
        raise CommandError("errors.post.unread")
    return prompts.confirm(say("questions.letters.send", lang), lang)


def _tell_missing(lang: str, post: letters.Post) -> None:
    empty = [one.municipality.full for one in post.letters if not one.is_addressed]
    if empty:
        _tell(lang, "unaddressed", names=empty)
    if post.refused:
        _tell(lang, "refused", names=[one.full for one in post.refused])


def _tell(lang: str, key: str, **facts: object) -> None:
    sys.stdout.write(say(f"letters.told.{key}", lang, **facts) + "\n")


def _opener(options: argparse.Namespace) -> Opener:
    if not options.key:
        return unopened
    from docket.acts import key  # noqa: PLC0415 - slow to import, and only a key needs it

    return key.opener(options.key)


def _write(folder: Path, letters: Iterable[Letter]) -> None:
    """A file for each letter, for nobody else to read. Raises `CommandError` and OSError."""
    files = {folder / f"{one.municipality.slug}.eml": one.message.as_bytes() for one in letters}
    if any(map(is_shared, list(files)[:1])):
        raise CommandError("errors.letters.shared", name=show_path(str(folder)))
    taken = [path for path in files if path.exists()]
    if taken:
        raise CommandError("errors.letters.taken", name=show_path(str(taken[0])))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    try:
        for path, content in files.items():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                written.append(path)
                file.write(content)
    except OSError:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
