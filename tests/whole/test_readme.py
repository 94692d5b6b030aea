"""The README, and what is told those who work on docket, is true."""

import re
import tomllib

import pytest
import yaml

from docket import __version__
from docket.cli.main import main
from support.worlds import ROOT

README, CONTRIBUTING = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
)
STARTER = ROOT / "tools/docket/scaffold/starter"
BOTH = pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["readme", "contributing"])


def test_commands_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The README has each command that `docket --help` names, and no other."""
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^ {4}(\w+) ", capsys.readouterr().out, re.MULTILINE)
    told = re.findall(r"^\| `docket (\w+)", README, re.MULTILINE)
    assert sorted(told) == sorted(listed)


@BOTH
def test_paths_are_there(text: str) -> None:
    """Each file and folder that is named is in this repository, or in one that `init` makes."""
    named = re.findall(r"(?<![\w/-])((?:tools|tests|schema|submissions|site)/[\w./-]*\w)", text)
    assert named
    for path in named:
        assert (ROOT / path).exists() or (STARTER / path).exists(), path


@BOTH
def test_make_targets_are_there(text: str) -> None:
    """Each make target that is named is in the Makefile here, or in that of a new register."""
    makefile = "".join((one / "Makefile").read_text("utf-8") for one in (ROOT, STARTER))
    targets = re.findall(r"(?m)(?:`|^)make ([\w-]+)", text)
    assert targets
    for target in targets:
        assert f"\n{target}:" in makefile, target


@BOTH
def test_picture_of_the_layers(text: str) -> None:
    """The picture of the package's folders is the contract: the same ones in the same order."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = tables["tool"]["importlinter"]["contracts"][0]["layers"]
    picture = re.search(r"(?ms)^```text\n(cli/.*?)^```", text)
    assert picture
    heads = [line.partition("   ")[0] for line in picture[1].splitlines()]
    assert [re.findall(r"(\w+)/", head) for head in heads] == [
        layer.split(" | ") for layer in layers
    ]


def test_version_is_told() -> None:
    """The newest version in the changelog is the package's own, below what comes next."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## \[(.*?)\]", changes)[:2] == ["Unreleased", __version__]


def test_no_registry_host() -> None:
    """The pinned versions have hashes, and no address of where they come from."""
    for path in ROOT.glob("requirements*.txt"):
        pinned = path.read_text(encoding="utf-8")
        assert "://" not in pinned, path
        assert "--hash=sha256:" in pinned, path


def test_pins_are_the_same() -> None:
    """What runs, and what answers on a forge, is a part of what is developed with."""
    every = _pinned("requirements-dev.txt")
    for name in ("requirements.txt", "requirements-forge.txt"):
        few = _pinned(name)
        assert few < every
        assert not any(one.startswith(("pytest", "playwright", "mypy", "ruff")) for one in few)


def _pinned(name: str) -> set[str]:
    """The packages of a file, each with its version."""
    return set(re.findall(r"(?m)^[\w.-]+==[\w.]+", (ROOT / name).read_text(encoding="utf-8")))


def test_publiccode() -> None:
    """What catalogues of public software read has what the standard asks for, and our version."""
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = "name url platforms categories developmentStatus softwareType description legal"
    assert {*needed.split(), "maintenance", "localisation"} <= found.keys()
    assert found["publiccodeYmlVersion"] == "0.4"
    assert found["softwareVersion"] == __version__
    assert found["url"] == project["urls"]["Source"]
    assert found["legal"]["license"] == project["license"]
    for told in found["description"].values():
        assert len(told["shortDescription"]) <= 150
        assert 150 <= len(told["longDescription"]) <= 10_000
        assert told["features"]
