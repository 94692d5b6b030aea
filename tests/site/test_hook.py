"""MkDocs by itself: its hook writes the pages and gives the site its address."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.theme import Theme

from docket.site import ADDRESS
from docket.site.hook import AT, Hook
from support.worlds import AT as NOW


def _config(root: Path, language: str = "da") -> SimpleNamespace:
    path = str(root / "mkdocs.yml")
    return SimpleNamespace(
        config_file_path=path, theme=Theme("material", language=language), site_url=None
    )


def _files(root: Path) -> Mapping[Path, int]:
    """When each file of the site was written."""
    return {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*") if path.is_file()}


def test_comes_to_rest(register: Path) -> None:
    """A rebuild of the same register writes no file: `mkdocs serve` does not go on for ever."""
    hook = Hook({})
    assert hook.on_config(_config(register)).site_url == "https://docket.example/"
    first = _files(register)
    hook.on_config(_config(register))
    assert first
    assert _files(register) == first


def test_shows_the_instant_asked_for(register: Path) -> None:
    """`DOCKET_AT` says which instant MkDocs is to show."""
    Hook({AT: NOW}).on_config(_config(register))
    foot = (register / "site/theme/made/stand.en.html").read_text(encoding="utf-8")
    assert 'datetime="2031-03-01T12:00:00+01:00"' in foot


def test_built_by_docket(register: Path) -> None:
    """Where `docket build` has written the pages, the hook writes none, and takes its address."""
    config = _config(register, "en")
    assert Hook({ADDRESS: "https://other.example/a/"}).on_config(config) is config
    assert config.site_url == "https://other.example/a/en/"
    assert not (register / "site").exists()


def test_no_register(tmp_path: Path) -> None:
    """Where there is no register, MkDocs ends with the sentence that says so."""
    with pytest.raises(SystemExit, match="er ikke et register"):
        Hook({}).on_config(_config(tmp_path))
