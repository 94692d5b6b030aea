"""What is published of the desks' logs: keys as OpenSSH reads them, and no more than may be."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docket.cli.main import main
from docket.git.allowed import read_allowed
from docket.git.log import NAME
from docket.git.objects import blob_id
from docket.git.signing import Signer, fingerprint, new_key
from docket.site.build import write_pages
from docket.site.logs import SCHEMAS
from support.randers import TEXT
from support.receipts import give, receipt
from support.worlds import AT, commit, docket_of, git

OTHER = TEXT.replace("Sekretariatet", "Kontoret")
ORGANISER = "submissions/organiser.yml"


def _published(root: Path, at: str = AT, *, past: bool = False) -> Path:
    write_pages(root, docket_of(root, at, past=past))
    return root / "site/da/data"


def _json(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))


def _valid(folder: Path, name: str) -> Any:  # noqa: ANN401 - JSON
    """What a published file says; it keeps the schema beside it."""
    schema = _json(folder / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    found = _json(folder / f"{name}.json")
    Draft202012Validator(schema).validate(found)
    return found


def test_each_receipt_is_listed(register: Path) -> None:
    """Reference, time and log commit; the municipality once it is accepted, and no hash."""
    first, second = give(register, TEXT, OTHER)
    folder = _published(register)
    told = _valid(folder, "kvitteringer")
    (head,) = told["heads"]
    assert (head["head"], head["count"], head["retired"]) == (second.id, 2, False)
    assert [one["id"] for one in told["receipts"]] == [first.id, second.id]
    assert all(set(one) == {"reference", "received", "id"} for one in told["receipts"])
    assert main(["-C", str(register), "accept", "submission/2031-skole/randers", "--at", AT]) == 0
    told = _valid(_published(register), "kvitteringer")
    assert [one.get("municipality") for one in told["receipts"]] == ["randers", "randers"]
    text = (folder / "kvitteringer.json").read_text()
    for given in (first, second):
        values = json.loads(given.file)
        digest = values["commit"].partition("Digest: ")[2].split()[0]
        assert not any(
            one in text for one in (digest, values["salt"], blob_id(values["bytes"].encode()))
        )


def test_the_keys_are_those_that_verify(register: Path) -> None:
    """Git and OpenSSH accept each log commit under the published file, as it stands there."""
    if not shutil.which("ssh-keygen"):
        assert not os.environ.get("CI"), "openssh-client is missing"
        pytest.skip("no ssh-keygen here: install Debian's package openssh-client")
    given = give(register, TEXT, OTHER)
    file = _published(register) / "allowed_signers"
    assert [one.name for one in read_allowed(file.read_text())] == [NAME]
    for one in given:
        git(register, "-c", f"gpg.ssh.allowedSignersFile={file}", "verify-commit", one.id)
    keys = ["ssh-keygen", "-Y", "find-principals", "-f", str(file), "-s", "/dev/stdin"]
    armored = json.loads(given[0].file)["commit"].partition("gpgsig ")[2].partition("\n\n")[0]
    words = armored.replace("\n ", "\n") + "\n"
    done = subprocess.run(keys, input=words, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == NAME
    given_file = register / "given.json"
    given_file.write_text(given[0].file)
    assert main(["verify", str(given_file), "--signers", str(file)]) == 0


def test_a_retired_key_ends_with_its_last(register: Path) -> None:
    """Later receipts of it are not listed, and it may sign until the last one only."""
    first, _ = give(register, TEXT, OTHER)
    path = register / ORGANISER
    path.write_text(path.read_text().replace("}]", f", last: {first.id}}}]"))
    commit(register, "retired")
    told = _valid(_published(register), "kvitteringer")
    assert [one["id"] for one in told["receipts"]] == [first.id]
    assert told["heads"][0]["retired"] is True
    (known,) = read_allowed((register / "site/da/data/allowed_signers").read_text())
    assert known.before is not None
    git(register, "update-ref", "-d", f"refs/docket/log/{told['heads'][0]['key']}")
    told = _valid(_published(register), "kvitteringer")
    assert told["receipts"] == []


def test_without_a_log_it_says_so(register: Path) -> None:
    """A clone has no logs: the key stands there without a head. Without keys there is nothing."""
    told = _valid(_published(register), "kvitteringer")
    assert (told["heads"], told["receipts"]) == ([], [])
    assert (register / "site/da/data/allowed_signers").read_text() == ""
    public = Signer(new_key()).public
    with (register / ORGANISER).open("a", encoding="utf-8") as file:
        file.write(f"signers: [{{key: {public}}}]\n")
    told = _valid(_published(register), "kvitteringer")
    assert told["heads"] == [
        {"key": fingerprint(public), "head": None, "count": 0, "retired": False}
    ]


def test_as_it_stood(register: Path) -> None:
    """With an instant of the past, what was logged later is not there."""
    give(register)
    told = _valid(_published(register, "2031-02-28", past=True), "kvitteringer")
    assert told["receipts"] == []
    assert told["heads"][0]["head"] is None


def test_a_forged_log_stops_the_build(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written from a log that its key did not sign; one sentence says why."""
    give(register)
    ref = git(register, "for-each-ref", "--format=%(refname)", "refs/docket/log/")
    git(register, "update-ref", ref, git(register, "rev-parse", "HEAD"))
    assert main(["-C", str(register), "pages", "--at", AT]) == 2
    assert ref in capsys.readouterr().err
    assert not (register / "site/da/data").exists()


def test_a_receipt_keeps_its_schema() -> None:
    """The file of a receipt is what its published schema says."""
    schema = _json(SCHEMAS["kvittering.schema.json"])
    Draft202012Validator.check_schema(schema)
    for content in (TEXT.encode(), b"\xff\0"):
        values = json.loads(receipt(content).file)
        Draft202012Validator(schema).validate(values)
        assert set(values) == set(schema["properties"])
