"""MkDocs for all languages, begun once: what a start of it takes is mostly what it imports.

`python -m docket.site.builder CONFIG TARGET [CONFIG TARGET]…` builds into the folder TARGET, and
writes beside it, to TARGET.said, what MkDocs says is wrong, "" where nothing is.
"""

import io
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, suppress
from importlib import import_module
from multiprocessing import Process, get_all_start_methods, set_start_method
from pathlib import Path

from mkdocs.__main__ import cli

SHARED = (
    "docket.loading.languages",
    "docket.site.memory",
    "material.plugins.search.plugin",
    "mkdocs.commands.build",
    "pymdownx.highlight",
    "pymdownx.snippets",
    "pymdownx.superfences",
)
"""What each language would import by itself."""
FORK = "fork"
"""How a process begins with what another has imported; Windows has no such thing."""


def main(jobs: Sequence[str]) -> None:
    """Build each language in a process of its own."""
    for name in SHARED:
        with suppress(ImportError):
            import_module(name)
    if FORK in get_all_start_methods():
        set_start_method(FORK)
    pairs = zip(jobs[::2], jobs[1::2], strict=True)
    processes = [Process(target=_build, args=one, name=one[0]) for one in pairs]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
        if one.exitcode:  # somebody has ended it
            sys.stderr.write(f"{one.name}: {one.exitcode}\n")


def _build(config: str, target: str) -> None:
    said = _said(config, target)
    Path(f"{target}.said").write_text(said, encoding="utf-8")


def _said(config: str, target: str) -> str:
    with redirect_stderr(io.StringIO()) as said:
        try:
            cli(["build", "--strict", "-f", config, "-d", target])
        except SystemExit as end:
            return (said.getvalue() or str(end.code)) if end.code else ""
        except Exception:  # noqa: BLE001 - of a template, a plugin or a hook, and told
            traceback.print_exc()
    return said.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
