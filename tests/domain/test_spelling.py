"""Words as people write them: what looks the same is the same, and the nearest one is found."""

import json

import pytest

from docket.domain.spelling import fold, nearest, plain
from docket.loading.schemas import spellings
from support.worlds import ROOT

REGISTER = json.loads((ROOT / "schema/municipality.json").read_text("utf-8"))["x-terms"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u00a012\u00a034\u202f56\u200978 ", "12 34 56 78"),
        ("2031\u201102\u201320", "2031-02-20"),
        ("2031\u221202\u201020", "2031-02-20"),
        ("po\u00adst\u200b@kommune\u2060.example\ufeff", "post@kommune.example"),
        ("１２３４", "1234"),
        ("Ta\u030arnby", "Tårnby"),
    ],
)
def test_what_looks_the_same_is_the_same(written: str, kept: str) -> None:
    """Spaces, dashes, unseen characters, full width and decomposed letters are made plain."""
    assert plain(written) == kept


def test_decomposed_names_fold_alike() -> None:
    """A name from a Mac's file is found as the one that was typed."""
    assert fold("Ta\u030arnby") == fold("Tårnby") == "taarnby"
    assert fold("Høje\u2011Taastrup\u00a0") == "hoeje-taastrup"


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Arhus", "aarhus"),
        ("Kobenhavn", "koebenhavn"),
        ("Brøndeslev", "broenderslev"),
        ("Hillerod", "hilleroed"),
        ("Fåborg", "faaborg-midtfyn"),
        ("Hoje Tastrup", "hoeje-taastrup"),
        ("Aalbrog", "aalborg"),
        ("Arhus\u00a0Kommune", "aarhus"),
        ("Oslo", ""),
        ("x", ""),
        ("0999", ""),
        ("010", ""),
    ],
)
def test_the_nearest_name(typed: str, slug: str) -> None:
    """A slip of few letters is known; another place, or another number, is not."""
    assert nearest(typed, REGISTER, spellings(REGISTER)) == slug
