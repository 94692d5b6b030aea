"""What others' catalogues read of the data: what DCAT-AP asks for, and each file by its address."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.generated import generated
from support.worlds import ROOT

MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description"},
    "dcat:Distribution": {"dcat:accessURL"},
    "foaf:Agent": {"foaf:name"},
    "skos:Concept": {"skos:prefLabel"},
}
"""By DCAT-AP 3.0.1 (its shapes.ttl) and, for the dataset of a catalogue, DCAT-AP-DK 2.0.2."""
OTHERS = {"dct:LicenseDocument", "dct:LinguisticSystem", "dct:Location", "dct:MediaType"}
OTHERS |= {"dct:PeriodOfTime", "foaf:Document"}
ORGANISER = """zone: Europe/Copenhagen
site: https://docket.example/register/
publisher: {da: Vagten, en: The watch}
licence: https://creativecommons.org/publicdomain/zero/1.0/
"""


def _nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _nodes(inner)


def _catalogue(root: Path) -> Any:  # noqa: ANN401 - JSON
    made = generated(root)
    assert made["da/data/katalog.jsonld"] == made["en/data/katalog.jsonld"]
    return json.loads(made["da/data/katalog.jsonld"])


@pytest.mark.parametrize("root", [ROOT, None], ids=["own", "base"])
def test_each_node_has_what_it_must(register: Path, root: Path | None) -> None:
    """No property is missing, each is by a prefix that is there, each text in both languages."""
    catalogue = _catalogue(root or register)
    prefixes = catalogue.pop("@context")
    kinds = set()
    for node in _nodes(catalogue):
        kind = node.get("@type", "")
        if "@value" not in node and kind:
            kinds.add(kind)
            assert node.keys() >= MANDATORY.get(kind, set()), node
        assert all(key.startswith("@") or key.partition(":")[0] in prefixes for key in node)
        for key in {"dct:title", "dct:description", "foaf:name", "skos:prefLabel"} & node.keys():
            assert [text["@language"] for text in node[key]] == ["da", "en"]
            assert all(text["@value"] for text in node[key])
    assert kinds == {*MANDATORY, *OTHERS}


def test_each_file_is_there(register: Path) -> None:
    """What can be fetched is among the files of the site, under the licence of the register."""
    (register / "submissions/organiser.yml").write_text(ORGANISER, encoding="utf-8")
    made = generated(register)
    catalogue = json.loads(made["da/data/katalog.jsonld"])
    files = catalogue["dcat:dataset"]["dcat:distribution"]
    paths = {one["dcat:downloadURL"]["@id"].partition("/register/")[2] for one in files}
    assert {path if path.startswith("en/") else f"da/{path}" for path in paths} <= made.keys()
    endings = {path.rpartition(".")[2] for path in paths}
    assert endings == {"json", "csv", "atom", "ics"}
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert {one["dct:license"]["@id"] for one in [catalogue, *files]} == {licence}
    assert json.loads(made["da/data/status.json"])["licence"] == licence
    assert "CC0 1&#46;0" in made["da/data/.licens.md"]
    assert catalogue["dct:publisher"]["foaf:name"][1]["@value"] == "The watch"
    assert "<name>Vagten</name>" in made["da/data/haendelser.atom"]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_columns_of_the_sheet(register: Path, lang: str) -> None:
    """The sheet's companion names its columns in their order."""
    made = generated(register)
    table = json.loads(made[f"{lang}/data/status.csv-metadata.json"])
    columns = [one["titles"] for one in table["tableSchema"]["columns"]]
    head = made[f"{lang}/data/status.csv"].removeprefix("\ufeff").partition("\r\n")[0]
    assert head.split(table["dialect"]["delimiter"]) == columns
    assert table["dc:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
