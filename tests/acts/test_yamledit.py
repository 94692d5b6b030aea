"""The laws of what is written for people: it reads back the same, and edits touch nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docket.acts.yamledit import Uneditable, edit
from docket.acts.yamltext import WIDTH, document
from docket.loading.yamlfile import read

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=150)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
BOTH = st.fixed_dictionaries({"da": LINES, "en": WORDS})
ENTRY = st.fixed_dictionaries(
    {
        "municipality": st.sampled_from(["odder", "skive", "randers", "viborg"]),
        "area": st.sampled_from(["aeldre", "dagtilbud"]),
    }
)
DECISION = st.fixed_dictionaries(
    {"decided": st.just("2031-09-01"), "designated": st.lists(ENTRY, min_size=1, max_size=4)},
    optional={
        "until": st.sampled_from(["2033-12-31", "2034-06-30"]),
        "note": BOTH,
        "sources": st.lists(st.just("https://kilde.example/1"), min_size=1, max_size=2),
    },
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "note", "seats", "after", "sources", "rehearsal"]),
        WORDS
        | LINES
        | BOTH
        | st.lists(WORDS, min_size=1)
        | st.booleans()
        | st.none()
        | st.integers(0, 99),
        min_size=1,
    )
)
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    """Any value comes back as it was, without a finding, whatever signs are in it."""
    found = read("", document("round.json", data).encode())
    assert found.findings == ()
    assert found.data == data


@settings(deadline=None)
@given(st.lists(st.text("abcdefgæøå", min_size=1, max_size=12), min_size=1, max_size=60))
def test_long_texts_are_folded(words: list[str]) -> None:
    """No line of plain prose is longer than a person would write it."""
    text = document("round.json", {"note": {"da": " ".join(words), "en": "x"}})
    assert max(map(len, text.splitlines())) <= WIDTH


@settings(deadline=None)
@given(DECISION, DECISION, st.data())
def test_an_edit_changes_only_what_it_says(
    old: dict[str, Any], new: dict[str, Any], data: st.DataObject
) -> None:
    """The fields become what they should; every comment, and every other line, is still there."""
    rows = document("decision.json", old).splitlines()
    spots = [at for at, row in enumerate(rows) if row[:1].isalpha()]
    at = data.draw(st.sampled_from(spots))
    rows[at:at] = ["", "# Lagt til i hånden."]
    content = ("\n".join(rows) + "\n").encode()
    changed = edit(content, new)
    found = read("", changed)
    assert found.findings == ()
    assert found.data == {**old, **new}
    told = changed.decode().splitlines()
    assert told[0] == rows[0]
    assert "# Lagt til i hånden." in told
    for key in old.keys() - new.keys():
        assert document("", {key: old[key]}).partition("\n")[2] in changed.decode()


def test_lines_end_as_they_did() -> None:
    """A file with Windows' line ends keeps them."""
    old = b"# x\r\ndecided: 2031-09-01\r\nuntil: 2032-12-31 # y\r\n"
    new = b"# x\r\ndecided: 2031-09-01\r\nuntil: 2033-12-31 # y\r\n"
    assert edit(old, {"until": "2033-12-31"}) == new


@pytest.mark.parametrize("content", [b"", b"- a\n", b"{decided: 2031-09-01}\n", b"a: [\n", b"\xff"])
def test_what_is_not_written_line_by_line_is_left(content: bytes) -> None:
    """A file that is no list of fields, each on its lines, is refused."""
    with pytest.raises(Uneditable):
        edit(content, {"until": "2033-12-31"})
