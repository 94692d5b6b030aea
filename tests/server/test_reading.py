"""A post reads the register once, and a reading that is amended is as good as a new one."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from docket.git.history import read_history
from docket.git.store import Store
from docket.loading import decoding
from docket.loading.loader import read, reading
from docket.loading.trees import Overlay, snapshot
from docket.server.desk import Desk
from docket.server.noscript import CLOSE, OPEN
from docket.server.web import application
from support.built import add_sealed
from support.desk import still
from support.randers import TEXT
from support.worlds import NOW, commit

ORIGIN = "http://desk.example"
SCHOOL = "submissions/2031-skole"
FILES = {
    "new": {"randers.yml": TEXT},
    "changed": {"viborg.yml": TEXT.replace("randers", "viborg")},
    "broken": {"viborg.yml": "municipality: ["},
    "odd": {"viborg.yml": "municipality: viborg\nareas: [x]\nevil: 1\n"},
    "stray": {"viborg.yaml": TEXT},
    "receipts": {
        "randers.yml": TEXT,
        "receipts.yml": f"- {{municipality: randers, received: {NOW.isoformat()}, via: form, "
        f'blob: "{"0" * 40}"}}\n',
    },
    "no receipts": {"receipts.yml": "- ["},
    "no round": {"round.yml": "["},
    "decision": {
        "decision.yml": "decided: 2031-08-01\n"
        "designated: [{municipality: viborg, area: folkeskole}]\n"
    },
}


@pytest.fixture
def changed(register: Path) -> Path:
    """The base world, with a submission that was corrected, and a round with a seal."""
    path = register / SCHOOL / "viborg.yml"
    path.write_text(path.read_text("utf-8") + "# ny\n", encoding="utf-8")
    add_sealed(register)
    commit(register, "corrected", "2031-02-20T12:00:00+01:00")
    return register


@pytest.mark.parametrize("name", FILES)
def test_amended(changed: Path, name: str) -> None:
    """A reading with some files changed is what a reading of the whole would be."""
    store = Store(changed)
    tree, history = snapshot(store, store.commit()), read_history(store)
    files = {f"{SCHOOL}/{path}": text.encode() for path, text in FILES[name].items()}
    amended = reading(tree, NOW, history).amended(files)
    assert amended == read(Overlay(tree, files), NOW, history)
    assert list(amended.submissions_by) == list(read(Overlay(tree, files), NOW).submissions_by)
    store.close()


@dataclass
class Counted:
    """How often each content was parsed, and what Git was asked."""

    parsed: Counter[bytes] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """What is counted from now on."""
    found = Counted()
    decode, run = decoding.decode, Store.run

    def parse(path: str, content: bytes) -> object:
        if not path.endswith("receipts.yml"):  # a journal is read again to be written on
            found.parsed[content] += 1
        return decode(path, content)

    def ask(store: Store, *words: str, **environment: str) -> str:
        found.asked.update(words)
        return run(store, *words, **environment)

    monkeypatch.setattr(decoding, "decode", parse)
    monkeypatch.setattr(Store, "run", ask)
    return found


@pytest.mark.parametrize("mail", ["post@kommune.example", "post"])
@pytest.mark.parametrize("where", ["/desk", "/desk/2031-skole/", "/desk/proeve-segl/"])
def test_once(changed: Path, tmp_path: Path, counted: Counted, where: str, mail: str) -> None:
    """Whatever is posted, each file of the register is parsed once, and so is what was sent."""
    for path in changed.glob("submissions/*/round.yml"):
        page = tmp_path / f"public/meld-interesse/{path.parent.name}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(OPEN + CLOSE, encoding="utf-8")
    text = TEXT.replace("post@kommune.example", mail)
    fields = {"municipality": "Randers", "areas": "folkeskole", "contact-name": "x"}
    fields |= {"contact-email": mail, "approval-status": "pending"}
    desk = Desk(changed, frozenset({ORIGIN}), clock=still())
    post = partial(application(tmp_path / "public", desk).test_client().post, where)
    sent: dict[str, Any] = {"data": fields}
    if where == "/desk":
        sent = {"json": {"round": "2031-skole", "file": text}}
    assert post(headers={"Origin": ORIGIN}, **sent).status_code == (201 if "@" in mail else 422)
    assert set(counted.parsed.values()) == {1}
    files = changed.glob("submissions/**/*.yml")
    assert {one.read_bytes() for one in files if one.name != "receipts.yml"} <= set(counted.parsed)
    assert (counted.asked["log"], counted.asked["ls-tree"]) == (1, 1)
