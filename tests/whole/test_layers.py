"""The floor plan: folders are layers, libraries have doors, and nobody waits for others' needs."""

import ast
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from docket.cli.main import main
from support.worlds import ROOT

PACKAGE = ROOT / "tools" / "docket"
HEAVY = {"yaml", "jsonschema", "jsonschema_rs", "referencing", "jinja2", "flask", "waitress"}
HEAVY |= {"werkzeug", "icalendar", "git", "xlsxwriter", "joserfc", "mkdocs", "babel", "markupsafe"}
HEAVY |= {"dataclasses", "inspect", "shutil"}  # shutil: argparse asks how wide the terminal is


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the contracts in pyproject.toml say of the package in `folder`."""
    return subprocess.run(
        [shutil.which("lint-imports", path=Path(sys.executable).parent) or "", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "tools"), "PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("path", "line", "broken"),
    [
        ("domain/nouns.py", "", ""),
        ("domain/nouns.py", "import docket.text.l10n", "Folders are layers BROKEN"),
        ("views/round.py", "import yaml", "Each library has one door BROKEN"),
        ("acts/plan.py", "import argparse", "Only the command knows arguments BROKEN"),
        ("views/round.py", "import docket.views.figures", "No module needs itself BROKEN"),
    ],
)
def test_contracts_bite(path: str, line: str, broken: str, tmp_path: Path) -> None:
    """Each contract holds as the package stands, and breaks where one import goes against it."""
    shutil.copytree(PACKAGE, tmp_path / "tools/docket", ignore=shutil.ignore_patterns("starter"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "tools/docket" / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = _lint(tmp_path)
    assert done.returncode == bool(broken), done.stdout
    assert broken in done.stdout


def test_modules_are_small() -> None:
    """No module is over 250 lines, and most are under 150."""
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")]
    assert max(lengths) <= 250
    assert sum(length < 150 for length in lengths) > len(lengths) / 2


def test_every_command_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command that the help tells of is a module of its name that can be run."""
    with pytest.raises(SystemExit):
        main(["--help"])
    named = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert len(named) > 10
    for name in named:
        assert callable(import_module(f"docket.cli.{name}").run)


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--help",), {"shutil"}),
        (("nonsense",), {"shutil"}),
        (("explain", "F01"), set()),
        (("check",), {"yaml", "jsonschema_rs"}),
        (("summary",), {"yaml", "jsonschema_rs", "babel", "dataclasses", "inspect", "shutil"}),
    ],
)
def test_nobody_waits_for_what_others_need(words: tuple[str, ...], needed: set[str]) -> None:
    """A command imports only the libraries that it needs itself."""
    script = (
        "import atexit, sys; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)));"
        "from docket.cli.main import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    imported = set(done.stderr.splitlines()[-1].split())
    assert "docket.cli.main" in imported
    assert imported & HEAVY <= needed


def test_what_is_built_is_named() -> None:
    """No value is built with more than five arguments that only their order tells."""
    found = [
        (path.name, node.lineno)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and len(node.args) > 5
        if ast.unparse(node.func).rpartition(".")[2][:1].isupper()
    ]
    assert found == []
