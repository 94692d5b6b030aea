"""The drawings to take along: whole in themselves, and as PNG where a browser can."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from support.generated import generated

SVG = "{http://www.w3.org/2000/svg}"


def _words(text: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(text).iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_drawing_stands_alone(register: Path, lang: str) -> None:
    """It says of which round it is, how many, as of when, from where, and fetches nothing."""
    made = generated(register)
    drawings = {path: text for path, text in made.items() if path.endswith(".svg")}
    assert {f"{lang}/data/kort-2031-skole.svg", f"{lang}/data/kurve-2030-job.svg"} <= set(drawings)
    for path, text in drawings.items():
        words = _words(text)
        assert words[-1].endswith("docket.example (CC BY 4.0)"), path
        assert "2031" in "".join(words[:4]), path
        assert "href" not in text
        assert "class=" not in text
    name = {"da": "Viborg: Afventer godkendelse", "en": "Viborg: Approval pending"}[lang]
    root = ET.fromstring(drawings[f"{lang}/data/kort-2031-skole.svg"])
    assert name in [one.text for one in root.iter(f"{SVG}title")]


def test_a_title_is_text(register: Path) -> None:
    """A round may be called what it likes, at any length: it stays text within the drawing."""
    path = register / "submissions/2031-skole/round.yml"
    rest = path.read_text(encoding="utf-8").partition("seats:")[2]
    title = "<b>Æble & grød</b> </text> " * 5
    path.write_text(f"title: {{da: '{title.strip()}', en: x}}\nseats:{rest}", encoding="utf-8")
    words = _words(generated(register)["da/data/kort-2031-skole.svg"])
    lines = [one for one in words if "grød" in one or "</text>" in one]
    assert " ".join(lines) == title.strip()
    assert len(lines) > 1


@pytest.mark.browser
def test_as_png(page: Page, address: str) -> None:
    """The drawing is there as SVG and, by the browser's own hand, as PNG at twice the size."""
    page.goto(f"{address}/runder/2031-skole/")
    section = page.locator(".atlas")
    with page.expect_download() as svg:
        section.get_by_role("link", name="SVG").click()
    assert svg.value.suggested_filename == "kort-2031-skole.svg"
    root = ET.parse(svg.value.path()).getroot()
    with page.expect_download() as png:
        section.get_by_role("link", name="PNG").click()
    assert png.value.suggested_filename == "kort-2031-skole.png"
    content = Path(png.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    size = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * int(root.attrib[name]) for name in ("width", "height")]
    expect(page.locator(".nums + p")).to_contain_text("Opgjort 1. marts 2031")
