"""A served site follows its branch: real remotes, real builds, real HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from docket.acts import evidence
from docket.acts.outbox import Stage
from docket.git.store import Store
from docket.server.door import Terms, open_door
from docket.server.follower import FETCHED, LONGEST, Follower
from docket.text.errors import CommandError
from support.built import running
from support.desk import body, desk_of, post, still
from support.funder import opened, register
from support.randers import TEXT
from support.worlds import NOW, commit, git, world

HERE = ".serving-1"


@dataclass
class Served:
    """A register that is followed, another's clone of its remote, and what was told."""

    root: Path
    now: datetime = NOW
    told: list[str] = field(default_factory=list)
    port: int = 0
    follower: Follower = field(init=False)

    def __post_init__(self) -> None:
        """Every look fetches."""
        self.follower = Follower(
            self.root,
            HERE,
            lambda trouble: self.told.append(trouble.key.removeprefix("errors.")),
            clock=lambda: self.now,
            fetched=timedelta(0),
        )

    @property
    def other(self) -> Path:
        """The other clone."""
        return self.root.parent / "other"

    def get(self, path: str) -> str:
        """A page, as a browser gets it."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def status(self) -> dict[str, Any]:
        """What `/status` says."""
        return dict(json.loads(self.get("/status")))


def _add(root: Path, words: str, page: str = "site/en/process.md") -> str:
    """Write words on a page; the commit."""
    with (root / page).open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")
    return commit(root, words)


def _remote(first: Path) -> Served:
    """A register as a clone of its remote, and another clone."""
    folder = first.parent
    git(folder, "clone", "--quiet", "--bare", str(first), "remote.git")
    for name in ("root", "other"):
        git(folder, "clone", "--quiet", "remote.git", name)
    return Served(folder / "root")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A whole register in one language, its site built and served."""
    made = _remote(opened(register(tmp_path, "en"), "en"))
    made.follower.build()
    terms = Terms(status=lambda: made.follower.status)
    with running(open_door(made.root / HERE, 0, None, terms)) as made.port:
        yield made


def test_the_site_follows(served: Served) -> None:
    """What is pushed or committed shows; what is in the way is told once; each day is new."""
    page, step = "/process/", served.follower.step
    first = served.status()
    assert first["commit"] == git(served.root, "rev-parse", "HEAD")
    assert (first["fetched"], first["mails"], first["signed"]) == (None, 0, False)

    key = evidence.new_signer(Store(served.root)).public
    with (served.other / "submissions/organiser.yml").open("a", encoding="utf-8") as file:
        file.write(f"signers: [{{key: {key}}}]\n")
    pushed = _add(served.other, "Skubbet udefra.")
    git(served.other, "push", "--quiet")
    served.now += timedelta(minutes=1)
    step()
    assert "Skubbet udefra." in served.get(page)
    second = served.status()
    assert (second["commit"], second["fetched"]) == (pushed, "2031-03-01T12:01:00+01:00")
    assert second["built"] > first["built"]
    assert second["since"] == first["since"]
    assert second["signed"]
    assert set(second) == {"version", "commit", "built", "fetched", "since", "mails", "signed"}

    (served.root.parent / "remote.git").rename(served.root.parent / "away.git")
    step()
    served.now += 2 * LONGEST
    step()
    assert served.told == ["follow.silent"]
    assert served.status() == second
    (served.root.parent / "away.git").rename(served.root.parent / "remote.git")

    _add(served.other, "Også udefra.", "site/en/questions.md")
    git(served.other, "push", "--quiet")
    here = _add(served.root, "Skrevet her.")
    queue = served.root / ".git/docket/mail" / Stage.WAITING
    queue.mkdir(parents=True)
    (queue / "F-1").touch()
    served.now += LONGEST
    step()
    assert served.told == ["follow.silent", "follow.parted"]
    assert "Skrevet her." in served.get(page)
    third = served.status()
    assert (third["commit"], third["mails"]) == (here, 1)
    step()
    assert served.told == ["follow.silent", "follow.parted"]
    assert served.status()["built"] == third["built"]

    served.now = datetime.fromisoformat("2031-03-02T00:00:01+01:00")
    step()
    assert served.status()["built"] == "2031-03-02T00:00:01+01:00"
    assert 'datetime="2031-03-02' in served.get("/")


def test_a_build_that_fails(tmp_path: Path) -> None:
    """Where a site cannot be built it is tried again when something moves, not at every look."""
    made = _remote(world(tmp_path / "first"))
    (made.root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    (made.root / "mkdocs.en.yml").write_text("site_name: [\n", "utf-8")
    commit(made.root, "broken")
    for _ in range(2):
        with pytest.raises(CommandError, match=r"errors\.build"):
            made.follower.build()
    made.follower.step()
    assert made.follower.status.commit == ""
    commit(made.root, "still broken")
    with pytest.raises(CommandError, match=r"errors\.build"):
        made.follower.step()


def test_another_branch(tmp_path: Path) -> None:
    """Where the folder is on another branch than at first, nothing follows, and that is said."""
    made = _remote(world(tmp_path / "first"))
    with pytest.raises(CommandError, match=r"errors\.build"):
        made.follower.build()
    git(made.root, "switch", "--quiet", "--create", "other")
    with pytest.raises(CommandError, match=r"errors\.follow\.away"):
        made.follower.step()


def test_a_silent_forge_is_asked_less(tmp_path: Path) -> None:
    """Each time that nobody answers it waits twice as long; an answer ends that."""
    made = _remote(world(tmp_path / "first"))
    follower = made.follower = Follower(
        made.root, HERE, lambda trouble: made.told.append(trouble.key), clock=lambda: made.now
    )
    with pytest.raises(CommandError, match=r"errors\.build"):
        follower.build()
    remote = tmp_path / "remote.git"
    remote.rename(tmp_path / "away.git")
    follower.step()
    (tmp_path / "away.git").rename(remote)
    made.now += FETCHED
    follower.step()
    assert follower.status.fetched is None
    made.now += FETCHED
    follower.step()
    assert follower.status.fetched == made.now
    made.now += FETCHED
    follower.step()
    assert follower.status.fetched == made.now
    assert made.told == ["errors.follow.silent"]


def test_the_desk_judges_what_came(tmp_path: Path) -> None:
    """A round that was closed elsewhere takes nothing here, also before its page is built."""
    made = _remote(world(tmp_path / "first"))
    with pytest.raises(CommandError, match=r"errors\.build"):
        made.follower.build()
    with desk_of(made.root, tmp_path, clock=still()) as port:
        first, _, _ = post(port, body())
        call = made.other / "submissions/2031-skole/round.yml"
        call.write_text(call.read_text("utf-8").replace("2031-06-30", "2031-02-28"), "utf-8")
        commit(made.other, "closed")
        git(made.other, "push", "--quiet")
        with pytest.raises(CommandError, match=r"errors\.build"):
            made.follower.step()
        second, _, _ = post(port, body(TEXT.replace("post@", "ny@")))
    assert (first, second) == (201, 422)


def test_what_is_not_kept_is_told(served: Served) -> None:
    """The site is built of the working copy and the desk goes by the branch: they may differ."""
    path = served.root / "submissions/organiser.yml"
    path.write_text(path.read_text("utf-8") + "# a note\n", "utf-8")
    served.follower.build()
    served.follower.build()
    assert served.told == ["follow.unkept"]
    commit(served.root, "kept")
    served.follower.build()
    path.write_text(path.read_text("utf-8") + "# another\n", "utf-8")
    served.follower.build()
    assert served.told == ["follow.unkept"] * 2
