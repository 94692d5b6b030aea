"""What a comment, a docstring or a page at the top names by its path is there."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator

import pytest

from support.worlds import ROOT

FILES = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\0")
COMMENTS = {
    "js": re.compile(r"(?:^|\s)//.*", re.MULTILINE),
    "css": re.compile(r"/\*.*?\*/", re.DOTALL),
    "html": re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL),
    "md": re.compile(r".+", re.DOTALL),
    "": re.compile(r"(?:^|\s)#.*", re.MULTILINE),
}
"""What of a file is comment, by the end of its name; elsewhere a hash begins one."""
STARTER = ROOT / "tools/docket/scaffold/starter"
APART = re.compile(r"tests/(?:base|cases|guide|pages)/|site/(?:da|en)/|submissions/|.*/starter/")
"""Files that are values or pages, not the project's own words."""
TREES = re.compile(r"(?<![\w/.<>-])(?:tools/docket|tests|site|schema)/[\w./*-]*\w")
NAMES = re.compile(r"(?<![\w/.*<>-])[\w/-]+\.(?:py|toml|js|css)\b")


def _sources() -> list[str]:
    kinds = (".py", ".js", ".css", ".toml", ".yml", ".html")
    own = [path for path in FILES if path.endswith(kinds) and not APART.match(path)]
    top = [path for path in FILES if "/" not in path and (ROOT / path).is_file()]
    return sorted(
        {*own, *top} - {"LICENSE", *(one for one in top if one.startswith("requirements"))}
    )


@pytest.mark.parametrize("path", _sources())
def test_named_files_are_there(path: str) -> None:
    """Each path in the tree, and each name of a module, a table, a script or a style, exists."""
    text = (ROOT / path).read_text(encoding="utf-8")
    said = "\n".join(_documented(text) if path.endswith(".py") else _commented(path, text))
    trees = {name for name in TREES.findall(said) if not _is_there(name)}
    names = {name for name in NAMES.findall(said) if not _is_named(name)}
    assert {name for name in trees | names if not _is_made(name)} == set()


def _documented(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _commented(path: str, text: str) -> list[str]:
    kind = path.rpartition(".")[2]
    return COMMENTS.get(kind, COMMENTS[""]).findall(text)


def _is_named(name: str) -> bool:
    return any(f"/{path}".endswith(f"/{name}") for path in FILES)


def _is_there(name: str) -> bool:
    """Whether it is in this repository, or in one that `docket init` makes."""
    return any(any(root.glob(name)) for root in (ROOT, STARTER))


def _is_made(name: str) -> bool:
    """Whether Git leaves it out: it is there once something was made."""
    done = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
    return done.returncode == 0
