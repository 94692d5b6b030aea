"""Laws that hold whatever the files are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docket.cli.main import main
from docket.domain.docket import Docket
from docket.loading import yamlfile
from docket.loading.decoding import lines
from docket.loading.loader import read
from docket.loading.trees import Folder, Overlay
from docket.report import FORMATS, write
from docket.report.common import Report
from docket.rules import check
from support.worlds import CASES, NOW, world

TARGET = "submissions/2031-skole/randers.yml"
SLOW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
KEYS = st.sampled_from(["municipality", "areas", "contact", "approval", "motivation", "no", "1"])
SCALARS = st.sampled_from(
    ["randers", "0730", "Århus", "~", "", '"x"', "[folkeskole]", "{status: pending}", "&a b", "*a"]
)
PARSE = cache(yamlfile.read)
YAML = st.lists(st.tuples(KEYS, SCALARS), max_size=8).map(
    lambda rows: "".join(f"{key}: {value}\n" for key, value in rows).encode()
)


def _files(root: Path) -> dict[str, bytes]:
    tree = Folder(root)
    return {path: tree[path] for path in tree}


def _every_place_is_inside(files: dict[str, bytes], docket: Docket) -> None:
    for finding in check(docket):
        for place in (finding.place, *finding.also):
            text = files[place.path].decode("utf-8", "replace").removeprefix("\ufeff")
            found = lines(text)
            assert 1 <= place.line <= len(found)
            assert 1 <= place.column <= len(found[place.line - 1]) + 1


@SLOW
@given(content=st.one_of(st.binary(max_size=200), YAML), seed=st.randoms(use_true_random=False))
def test_any_submission(register: Path, content: bytes, seed: object) -> None:
    """Any bytes as a submission: findings at places inside the file, in any order of files."""
    files = {**_files(register), TARGET: content}
    docket = read(files, NOW)
    _every_place_is_inside(files, docket)
    names = list(files)
    seed.shuffle(names)  # type: ignore[attr-defined]
    assert check(read({name: files[name] for name in names}, NOW)) == check(docket)
    told = Report(docket, check(docket), files, "da")
    for name in FORMATS:
        assert write(name, told) == write(name, told)


OWN = ("round.yml", "/organiser.yml")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield world(Path(folder) / "register")


@SLOW
@given(content=st.one_of(st.binary(max_size=200), YAML))
def test_exit_code(content: bytes) -> None:
    """Any bytes as a submission: the command exits 0 or 1, never else."""
    with _folder() as root:
        (root / TARGET).write_bytes(content)
        assert main(["-C", str(root), "--at", "2031-03-01", "check"]) in (0, 1)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_removing_a_file(case: Path, tmp_path: Path) -> None:
    """Removing any one file never adds an F or S elsewhere, but where a round lost its own.

    Without its organiser's file it is no register at all.
    """
    tree = Folder(world(tmp_path / "register", case))
    before = _codes(read(tree, NOW, parse=PARSE))
    for path in tree:
        if path.startswith("submissions/") and not path.endswith(OWN):
            assert _codes(read(Overlay(tree, {}, [path]), NOW, parse=PARSE)) <= before, path


def _codes(docket: Docket) -> set[tuple[str, str, int]]:
    return {
        (one.code, one.place.path, one.place.line) for one in check(docket) if one.code[0] in "FS"
    }
