"""MkDocs for all languages, begun once: what a start of it takes is mostly what it imports.

`python -m docket.site.builder ANSWER CONFIG TARGET [CONFIG TARGET]…` writes a JSON list to the file
ANSWER, because a plugin may print: for each what MkDocs says is wrong, "" where nothing is.
"""

import io
import json
import sys
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, suppress
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context
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


def main(answer: str, jobs: Sequence[str]) -> None:
    """Build each language in a process of its own."""
    for name in SHARED:
        with suppress(ImportError):
            import_module(name)
    way = get_context(FORK if FORK in get_all_start_methods() else None)
    with ProcessPoolExecutor(len(jobs) // 2, way) as pool:
        said = [*pool.map(_build, jobs[::2], jobs[1::2])]
    Path(answer).write_text(json.dumps(said), encoding="utf-8")


def _build(config: str, target: str) -> str:
    with redirect_stderr(io.StringIO()) as said:
        try:
            cli(["build", "--strict", "-f", config, "-d", target])
        except SystemExit as end:
            return (said.getvalue() or str(end.code)) if end.code else ""
        except Exception:  # noqa: BLE001 - of a template, a plugin or a hook, and told
            traceback.print_exc()
    return said.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
