"""The desk's branches find their way to the forge by themselves."""

import queue
from pathlib import Path

import pytest

from docket.acts.deskwork import Deskwork, Pending
from docket.acts.submit import sent_file
from docket.forge.worker import Courier
from docket.git.store import Store
from support.hub import Hub, environment
from support.randers import BRANCH, TEXT
from support.worlds import NOW


@pytest.fixture
def known(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """The small GitHub, known by the environment."""
    for name, value in environment(hub).items():
        monkeypatch.setenv(name, value)
    return hub


def test_courier(register: Path, known: Hub) -> None:
    """What an earlier run left is sent at the start, and what comes later when the bell rings."""
    said: queue.Queue[str] = queue.Queue()
    courier = Courier(register, said.put)
    courier.start()
    assert said.get(timeout=30) == f"{BRANCH}: #1"
    text = TEXT.replace("randers", "skive").encode()
    work = Deskwork.start(Store(register))
    sent = sent_file("2031-skole", text)
    pending = work.judge(work.base(NOW), sent, NOW)
    assert isinstance(pending, Pending)
    work.keep([pending])
    courier.ring("submission/2031-skole/skive")
    assert said.get(timeout=30) == "submission/2031-skole/skive: #2"
    assert len(known.pulls) == 2
