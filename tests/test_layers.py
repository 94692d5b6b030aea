"""Imports go down, never up or in a circle, and each library has one door."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from worlds import ROOT

PACKAGE = ROOT / "tools" / "docket"
LAYERS = tuple(
    names.split()
    for names in (
        """
        cli arguments checking explain building serving intaking summarising opening deciding
        stopping inbox keying forge sending proposal courier hook submitting web desk
        """,
        """
        organising interview
        """,
        """
        filling proposing counter limiter commands asking site trouble
        """,
        """
        pending acts intake deposit sealing examine journal ledger writing waiting api read
        nouns history store mail trees
        """,
        """
        minutes meaning outlook agenda reminder draft edit
        """,
        """
        pages formpages blank form seal entry summary tell drawing figures events offers view
        render report answer policy
        """,
        """
        review rules shape envelope errors schemas yamlfile plain source formats texts
        """,
        """
        standing evidence spelling words docket model paths
        """,
    )
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DOORS = {
    "yaml": "yamlfile",
    "jsonschema": "errors",
    "referencing": "errors",
    "jsonschema_rs": "schemas",
    "jinja2": "render",
    "flask": "web",
    "waitress": "web",
    "icalendar": "pages",
    "werkzeug": "web",
    "git": "store",
    "openpyxl": "summary",
    "joserfc": "seal",
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            found |= (
                names
                if node.module in ("docket", "docket.rules", "docket.report")
                else {node.module}
            )
    return found


def _modules() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if name != "__init__":
            found.setdefault(name, set()).update(_imports(path))
    return found


def _own(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("docket.")}


def test_every_module_has_a_layer() -> None:
    """Each module stands in the table of layers, and the table names no other."""
    assert set(_modules()) == set(LEVEL)


def test_imports_only_go_down() -> None:
    """No module imports one of a layer above its own."""
    up = {
        (name, other)
        for name, names in _modules().items()
        for other in _own(names)
        if LEVEL[other] < LEVEL[name]
    }
    assert up == set()


def test_no_circle() -> None:
    """Modules can be put in an order in which each imports only earlier ones."""
    waiting = {name: _own(names) - {name} for name, names in _modules().items()}
    while waiting:
        ready = {name for name, needs in waiting.items() if not needs & waiting.keys()}
        assert ready, waiting
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}


def test_each_library_has_one_door() -> None:
    """Each large library is imported by one module only."""
    for library, door in DOORS.items():
        using = {
            name
            for name, names in _modules().items()
            if any(one.split(".")[0] == library for one in names)
        }
        assert using == {door}, library


def test_modules_are_small() -> None:
    """No module is over 250 lines, and most are under 150."""
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")]
    assert max(lengths) <= 250
    assert sum(length < 150 for length in lengths) > len(lengths) / 2


def test_every_command_is_there() -> None:
    """What the command line names can be imported and called."""
    named = re.findall(r'"(\w+):(\w+)"', (PACKAGE / "arguments.py").read_text(encoding="utf-8"))
    assert named
    for module, function in named:
        assert callable(getattr(import_module(f"docket.{module}"), function))


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--help",), set()),
        (("nonsense",), set()),
        (("explain", "F01"), set()),
        (("check",), {"yaml", "jsonschema_rs", "git"}),
        (("summary",), {"yaml", "jsonschema_rs", "git"}),
    ],
)
def test_nobody_waits_for_what_others_need(words: tuple[str, ...], needed: set[str]) -> None:
    """A command imports only the libraries that it needs itself."""
    script = (
        "import atexit, sys; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)));"
        "from docket.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    imported = set(done.stderr.splitlines()[-1].split())
    assert "docket.cli" in imported
    assert imported & (DOORS.keys() | {"mkdocs"}) <= needed
