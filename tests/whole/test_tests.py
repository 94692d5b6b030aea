"""The tests themselves: where they lie, what they share, and how a blessing ends."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.blessed import compare
from support.worlds import HERE, ROOT

MODULE = re.compile(r"\b(test_\w+|conftest)\b")
MODULES = sorted(HERE.rglob("test_*.py"))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_no_test_module_is_imported() -> None:
    """What tests share lies in support; nobody imports a module of tests or a conftest."""
    for path in HERE.rglob("*.py"):
        for name in _imported(path):
            assert not MODULE.search(name), path


def test_folders_mirror_the_package() -> None:
    """A folder of tests has the name of a folder of the package, but for what plays the whole."""
    folders = {path.parent.relative_to(HERE).as_posix() for path in MODULES}
    layers = {path.parent.name for path in (ROOT / "tools/docket").glob("*/__init__.py")}
    assert folders == layers | {"whole"}
    assert not list(HERE.rglob("__init__.py"))


def test_a_blessing_is_never_green(tmp_path: Path) -> None:
    """It writes what is made, says what that changed, and fails; the next run is content."""
    kept, gone, made = tmp_path / "kept.txt", tmp_path / "gone.txt", tmp_path / "new/made.txt"
    kept.write_text("one\ntwo\n", "utf-8")
    gone.write_text("x\n", "utf-8")
    wanted = {kept: "one\nthree\n", made: "new"}
    for bless in (False, True):
        with pytest.raises(pytest.fail.Exception, match=r"(?s)-two\n\+three.*\+new") as caught:
            compare(wanted, tmp_path.rglob("*"), bless=bless)
        assert "-x" in str(caught.value)
        assert gone.exists() is not bless
    compare(wanted, tmp_path.rglob("*"), bless=True)
    compare(wanted, tmp_path.rglob("*"), bless=False)
    assert kept.read_bytes() == b"one\nthree\n"
