"""Imports go down, never up or in a circle, and each library has one door."""

import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from worlds import ROOT

PACKAGE = ROOT / "tools" / "docket"
LAYERS = tuple(
    names.split()
    for names in (
        """
        cli arguments commands.checking commands.explain commands.building commands.serving
        commands.intaking commands.summarising commands.opening commands.deciding
        commands.stopping commands.initing commands.inbox commands.keying forge.workflow
        commands.sending
        forge.proposal forge.courier hook commands.submitting desk.web desk.desk
        """,
        """
        office.organising office.interview founding.asked founding.register founding.starter
        """,
        """
        founding.plan founding.pins form.filling forge.proposing form.counter desk.limiter
        commands.common commands.asking desk.site trouble
        """,
        """
        record.pending record.acts record.intake record.deposit record.sealing
        record.examine record.journal record.ledger record.writing record.waiting forge.api
        reading.read reading.nouns record.history record.store record.mail reading.trees
        """,
        """
        office.minutes office.meaning office.outlook office.agenda office.reminder
        office.draft office.edit
        """,
        """
        pages form.pages form.blank form.fields reading.seal form.entry summary telling.tell
        telling.drawing telling.figures telling.events telling.offers telling.view
        telling.render report forge.answer desk.policy
        """,
        """
        review rules reading.shape reading.envelope reading.errors reading.schemas
        reading.yamlfile reading.plain reading.source reading.formats texts
        """,
        """
        standing evidence spelling words docket model called paths
        """,
    )
)
WHOLE = ("rules", "report", "pages", "summary")
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DOORS = {
    "yaml": "reading.yamlfile",
    "jsonschema": "reading.errors",
    "referencing": "reading.errors",
    "jsonschema_rs": "reading.schemas",
    "jinja2": "telling.render",
    "flask": "desk.web",
    "waitress": "desk.web",
    "icalendar": "pages",
    "werkzeug": "desk.web",
    "git": "record.store",
    "openpyxl": "summary",
    "joserfc": "reading.seal",
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def _name(parts: Sequence[str]) -> str:
    """A module as the table names it: a package that is one to the outside, by its own name."""
    inside = (PACKAGE / parts[0]).is_dir() and parts[0] not in WHOLE
    return ".".join(parts[:2]) if inside else parts[0]


@cache
def _modules() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] in WHOLE or not parts[-1].startswith("__"):
            found.setdefault(_name(parts), set()).update(_imports(path))
    return found


def _own(names: set[str]) -> set[str]:
    return {_name(name.split(".")[1:]) for name in names if name.startswith("docket.")}


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
        assert callable(getattr(import_module(f"docket.commands.{module}"), function))


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
