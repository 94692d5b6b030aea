"""`docket upgrade`: the copied files of a register, brought to the installed version."""

import argparse
import shlex
import sys

from docket import __version__
from docket.cli.init import home_of
from docket.cli.session import OK, WRONG, lang_of, root_of, store_of
from docket.scaffold.upgrade import Change, Upgrade, upgrade_of, write
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path, visible


def run(options: argparse.Namespace) -> int:
    """Show what becomes of each file, and do it."""
    root, taken = root_of(options), options.files
    upgrade = upgrade_of(root, home_of(options) if options.tool else None, taken)
    if taken:
        with store_of(options) as store:
            if unsaved := store.differing(*taken):
                raise CommandError("upgrade.unsaved", names=list(map(show_path, unsaved)))
    if not options.dry_run:
        write(root, upgrade)
    sys.stdout.write(_told(upgrade, lang_of(options), dry=options.dry_run))
    return WRONG if upgrade.left else OK


def _told(upgrade: Upgrade, lang: str, *, dry: bool) -> str:
    lines = []
    for step in upgrade.steps:
        lines.append(say(f"upgrade.step.{step.change}", lang, path=show_path(step.path)))
        if step.change is Change.LEFT:
            lines += ["", *(visible(one.expandtabs()) for one in step.diff().splitlines())]
    if not upgrade.steps or len(upgrade.steps) > len(upgrade.left):
        end = "same" if not upgrade.steps else "would" if dry else "done"
        lines.append(say(f"upgrade.end.{end}", lang, version=__version__))
    if names := [one.path for one in upgrade.left]:
        shown = list(map(show_path, names))
        lines.append(say("upgrade.end.left", lang, names=shown, paths=shlex.join(names)))
    return "\n".join([*lines, ""])
