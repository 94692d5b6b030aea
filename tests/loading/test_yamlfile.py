"""Reading YAML: plain data, the place of every value, and no surprise."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docket.loading import scalars, yamlfile
from docket.loading.decoding import lines


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("null", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("4.50", 4.5),
        ("2022-08-08", "2022-08-08"),
        ("2022-08-05T14:03:11+02:00", "2022-08-05T14:03:11+02:00"),
        ("12 34 56 78", "12 34 56 78"),
        ("Nordfyns Kommune", "Nordfyns Kommune"),
    ],
)
def test_plain_values(written: str, read: object) -> None:
    """Only null, true, false and decimal numbers have a type; dates stay text."""
    value, variant = scalars.resolve(written)
    assert (value, variant) == (read, "")
    assert type(value) is type(read)


@pytest.mark.parametrize(
    "written",
    "0751 +45 1_000 12:30:00 0x1F 0o17 017 1e3 .5 1. .inf .NaN ~ Yes NO on Off y N True FALSE "
    "NULL Null = -0 12345678901234567 0b1 190:20".split(),
)
def test_doubtful_values(written: str) -> None:
    """What readers of YAML disagree on is told, and is kept as the text that was written."""
    document = yamlfile.read("x.yml", f"a: {written}\n".encode())
    assert [finding.code for finding in document.findings] == ["F05"]
    assert document.data == {"a": written}


def test_places() -> None:
    """Every value and every key has its line and column."""
    document = yamlfile.read("x.yml", b"a: 1\nb:\n  - {c/d: x}\n")
    places = {pointer: (at.line, at.column) for pointer, at in document.places.items()}
    assert places["/a"] == (1, 4)
    assert places["/b/0/c~1d"] == (3, 11)
    assert places["~key/b/0/c~1d"] == (3, 6)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"a: 1\rb: 2\r"])
def test_marks_and_line_ends(content: bytes) -> None:
    """A byte order mark and any line end are fine."""
    document = yamlfile.read("x.yml", content)
    assert document.data == {"a": 1, "b": 2}
    assert not document.findings
    assert document.places["/b"].line == 2


def test_emoji() -> None:
    """The joiner inside an emoji is allowed, and nowhere else."""
    family = "👩\u200d👧"
    assert not yamlfile.read("x.yml", f"a: {family}\n".encode()).findings
    assert yamlfile.read("x.yml", "a: x\u200dy\n".encode()).findings


@example(b"?")
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Any bytes at all give a document, and every place lies inside the file."""
    document = yamlfile.read("x.yml", content)
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    found = lines(text)
    for place in [*document.places.values(), *(one.place for one in document.findings)]:
        assert 1 <= place.line <= len(found)
        assert 1 <= place.column <= len(found[place.line - 1]) + 1
    assert document.broken == (document.data is None and bool(document.findings)) or (
        document.findings or not document.broken
    )


@given(st.text("abc:-?[]{},#&*!|>'\"% \n\t01", max_size=60))
def test_any_yaml(text: str) -> None:
    """Text made of YAML's own signs never breaks the reader."""
    document = yamlfile.read("x.yml", text.encode())
    assert not document.broken or document.findings


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_json_strings(text: str) -> None:
    """A JSON string is read back as the text it holds, unless that may not stand in a file."""
    document = yamlfile.read("x.yml", f"a: {scalars.quote(text)}\n".encode())
    assert document.findings or document.data == {"a": text}
