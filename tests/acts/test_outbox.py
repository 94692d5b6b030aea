"""Mails that wait: each reaches its one recipient once, or is set aside with a reason."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from docket.acts.compose import address
from docket.acts.outbox import PATIENCE, Outbox, Stage, Why
from docket.acts.smtp import Sent, Server, send_all, server_of
from docket.cli.main import main
from docket.git.store import Store
from docket.text.errors import CommandError
from support.mailserver import OK, PASSWORD, USER, certified, mailserver
from support.worlds import NOW

pytestmark = pytest.mark.filterwarnings(
    "ignore:Requiring AUTH"
)  # it does not see TLS from the start
FROM = "svar@arrangoer.example"
SEND = """
import sys
from datetime import datetime
from pathlib import Path
from docket.acts.outbox import Outbox
from docket.acts.smtp import Server, send_all
now = datetime.fromisoformat(sys.argv[3])
server = Server("127.0.0.1", int(sys.argv[2]), tls=False)
send_all(Outbox(Path(sys.argv[1])), server, "svar@arrangoer.example", lambda: now)
"""
"""Sends what waits, in a process that can be killed."""


@pytest.fixture
def outbox(register: Path) -> Outbox:
    """That of a register, empty."""
    with closing(Store(register)) as store:
        return Outbox.of(store)


def put(outbox: Outbox, name: str = "one", to: str = "post@kommune.example") -> None:
    """A mail that waits."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = FROM, to, "Kære alle"
    message.set_content("Første linje\n.\n..to\nBcc: x@y.example\n")
    outbox.put(name, message, NOW, NOW)


def send(outbox: Outbox, port: int, after: timedelta = timedelta(0), timeout: float = 30) -> Sent:
    """Send what is due to a server on this machine."""
    server = Server("127.0.0.1", port, tls=False, timeout=timeout)
    return send_all(outbox, server, FROM, lambda: NOW + after)


def stages(outbox: Outbox) -> dict[Stage, int]:
    """How many mails are where, without those that are nowhere."""
    found = {one: len(list((outbox.root / one).glob("[!.]*"))) for one in Stage}
    return {one: count for one, count in found.items() if count}


def test_sent_once(outbox: Outbox) -> None:
    """A mail arrives as it was written, and only its name stays; put again, it is not sent."""
    put(outbox)
    with mailserver() as (told, port):
        assert send(outbox, port).taken == 1
        put(outbox)
        assert send(outbox, port) == Sent()
    ((to, mail),) = told.mails
    assert to == "post@kommune.example"
    assert mail.get_content().replace("\r\n", "\n") == "Første linje\n.\n..to\nBcc: x@y.example\n"
    assert stages(outbox) == {Stage.TAKEN: 1}
    assert (outbox.root / Stage.TAKEN / "one").read_bytes() == b""


def test_nobody_else_reads_it(outbox: Outbox) -> None:
    """What waits is for the desk's own user alone."""
    old = os.umask(0)
    try:
        put(outbox)
        outbox.new_token("F-1")
        with outbox.turn():
            pass
    finally:
        os.umask(old)
    for path in (outbox.root, *outbox.root.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_greylisted(outbox: Outbox) -> None:
    """A server that says later is asked later, after pauses that grow."""
    put(outbox)
    with mailserver() as (told, port):
        told.recipient = lambda _: "451 come again"
        assert send(outbox, port).put_off == 1
        assert send(outbox, port) == Sent()
        (first,) = outbox.waiting()
        send(outbox, port, timedelta(minutes=1))
        (second,) = outbox.waiting()
        assert second.due - (NOW + timedelta(minutes=1)) > first.due - NOW
        told.recipient = lambda _: OK
        assert send(outbox, port, timedelta(hours=1)).taken == 1
    assert len(told.mails) == 1


@pytest.mark.parametrize("where", ["recipient", "text"])
def test_refused(outbox: Outbox, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a server refuses for good is set aside, the others go on, and the inbox says why."""
    put(outbox)
    put(outbox, "two", "anden@kommune.example")
    with mailserver() as (told, port):
        answers = iter(["550 no such \x1b[31m user", OK])
        setattr(told, where, lambda *_: next(answers))
        found = send(outbox, port)
    assert (found.taken, found.aside) == (1, 1)
    root = outbox.root.parents[2]
    assert main(["-C", str(root), "--lang", "da", "inbox"]) == 0
    out = capsys.readouterr().out
    assert "post@kommune.example: Kære alle" in out
    assert "Mailserveren afviste den: 550 no such" in out
    assert "\x1b" not in out
    assert str(outbox.root / Stage.ASIDE / "one") in out


def test_no_server(outbox: Outbox) -> None:
    """Where no server answers, all wait, and after days they are set aside."""
    put(outbox)
    put(outbox, "two")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert send(outbox, port).put_off == 2
    assert send(outbox, port, PATIENCE + timedelta(hours=1)).put_off == 2
    assert [mail.why for _, mail in outbox.aside()] == [Why.EXPIRED, Why.EXPIRED]


def test_silent_server(outbox: Outbox) -> None:
    """A server that never says anything is left, and the mail waits."""
    put(outbox)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert send(outbox, silent.getsockname()[1], timeout=0.2).put_off == 1
    assert stages(outbox) == {Stage.WAITING: 1}


def _killed(outbox: Outbox, place: Callable[[object], None], port: int) -> None:
    words = [sys.executable, "-c", SEND, str(outbox.root), str(port), NOW.isoformat()]
    with subprocess.Popen(words) as process:
        place(lambda *_: _kill(process))
        assert process.wait(timeout=30) == -signal.SIGKILL


def _kill(process: subprocess.Popen[bytes]) -> str:
    process.kill()
    process.wait()
    return OK


def test_killed_before_the_text(outbox: Outbox) -> None:
    """Killed before a mail's text went out, the next one sends it, and nobody gets two."""
    put(outbox)
    with mailserver() as (told, port):
        _killed(outbox, lambda act: setattr(told, "recipient", act), port)
        assert told.mails == []
        told.recipient = lambda _: OK
        assert send(outbox, port).taken == 1
        assert len(told.mails) == 1


def test_killed_before_the_answer(outbox: Outbox) -> None:
    """Killed when the text was out and the answer not here, it's set aside: nobody can tell."""
    put(outbox)
    put(outbox, "two")
    with mailserver() as (told, port):
        _killed(outbox, lambda act: setattr(told, "text", act), port)
        told.text = lambda: OK
        assert send(outbox, port).taken == 1
        assert len(told.mails) == 2
    assert [(mail.name, mail.why) for _, mail in outbox.aside()] == [("one", Why.UNKNOWN)]


@pytest.mark.parametrize("left", ["sending", "both", "untruncated"])
def test_killed_between_two_stages(outbox: Outbox, left: str) -> None:
    """Wherever a kill leaves a mail's file, it goes on from there."""
    put(outbox)
    waiting = outbox.root / Stage.WAITING / "one"
    for stage in (Stage.SENDING, Stage.TAKEN):
        (outbox.root / stage).mkdir()
    if left == "both":  # it was on its way back to those that wait
        (outbox.root / Stage.SENDING / "one").write_bytes(waiting.read_bytes())
    else:
        waiting.rename(outbox.root / (Stage.SENDING if left == "sending" else Stage.TAKEN) / "one")
    with mailserver() as (_, port):
        assert send(outbox, port).taken == (left == "both")
    assert stages(outbox) == {Stage.ASIDE if left == "sending" else Stage.TAKEN: 1}
    assert left == "sending" or (outbox.root / Stage.TAKEN / "one").stat().st_size == 0


def test_one_sends_at_a_time(outbox: Outbox) -> None:
    """While one process sends, another leaves it to that one."""
    put(outbox)
    with mailserver() as (told, port), outbox.turn() as ours:
        assert ours
        assert send(outbox, port).busy
        assert told.mails == []


@pytest.mark.parametrize("way", ["smtps", "smtp"])
def test_encrypted_and_logged_in(
    outbox: Outbox, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over TLS from the start or by STARTTLS, with a password; never to a server unproved."""
    host, (context, certificate) = "127.0.0.2", certified(tmp_path)
    put(outbox)
    how = {"tls" if way == "smtps" else "starttls": context}
    with mailserver(host, login=True, **how) as (told, port):
        server = server_of(f"{way}://{USER}:hemmeligt%2Dkodeord@{host}:{port}")
        assert server
        assert "CERTIFICATE" in send_all(outbox, server, FROM, lambda: NOW).words
        assert told.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        later = NOW + timedelta(hours=1)
        assert send_all(outbox, server, FROM, lambda: later).taken == 1
        assert told.logins == [USER]


def test_wrong_password(outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that is refused is no mail's fault: they wait, and no word of it is repeated."""
    context, certificate = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    put(outbox)
    with mailserver("127.0.0.2", tls=context, login=True) as (_, port):
        found = send_all(
            outbox, Server("127.0.0.2", port, tls=True, user="x", password="y"), FROM, lambda: NOW
        )
    assert (found.put_off, found.words) == (1, "535")


def test_no_password_in_the_clear(outbox: Outbox) -> None:
    """A server elsewhere that offers no encryption gets no password."""
    put(outbox)
    with mailserver("127.0.0.2") as (told, port):
        server = Server("127.0.0.2", port, tls=False, user=USER, password=PASSWORD)
        assert "STARTTLS" in send_all(outbox, server, FROM, lambda: NOW).words
        assert told.logins == []
        open_ = replace(server, user="", password="")
        later = NOW + timedelta(hours=1)
        assert send_all(outbox, open_, FROM, lambda: later).taken == 1


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("smtps://a:b@mail.example", 465),
        ("smtp://mail.example", 587),
        ("smtp://a%40x:b%2F%3A@mail.example:25/", 25),
    ],
)
def test_setting(text: str, port: int) -> None:
    """The server, its port and the login, as an address writes them."""
    found = server_of(text)
    assert found
    assert (found.host, found.port) == ("mail.example", port)
    assert "b" not in repr(found).replace("mail.example", "").partition("Server(")[0]


@pytest.mark.parametrize(
    "text",
    [
        f"https://a:{PASSWORD}@mail.example",
        f"smtps://a:{PASSWORD}@",
        f"smtps://a:{PASSWORD}@mail.example:x",
        f"smtps://a:{PASSWORD}@mail.example/path",
        f"smtps://a:{PASSWORD}%0d%0a@mail.example",
        f"smtps://:{PASSWORD}@mail.example",
        f"{PASSWORD}",
        f"smtps://a:{PASSWORD}@[::1",
        f"smtps://a:{PASSWORD}/@mail.example",
    ],
)
def test_wrong_setting(text: str) -> None:
    """A wrong value is told in one sentence, which never has the password."""
    with pytest.raises(CommandError) as caught:
        server_of(text)
    for lang in ("da", "en"):
        assert "smtps://" in caught.value.of(lang)
        assert PASSWORD not in caught.value.of(lang)


@pytest.mark.parametrize(
    "to",
    [
        "post@kommune.example\r\nBcc: alle@kommune.example",
        "post@kommune.example, alle@kommune.example",
        "post@kommune.example>\r\nDATA",
        "<post@kommune.example>",
        "børn@kommune.example",
        "",
    ],
)
def test_nothing_slips_in(to: str) -> None:
    """What is no single address is none."""
    assert address("Kommune", to) is None


@pytest.mark.parametrize("today", [datetime(2031, 3, 1, tzinfo=NOW.tzinfo).date()])
def test_one_a_day(outbox: Outbox, today: datetime) -> None:
    """An address gets one mail a day about a round, and one may wait for the next."""
    days = [outbox.day_for("a@x.example", "r", today) for _ in range(3)]
    assert days == [today, today + timedelta(days=1), None]
    assert outbox.day_for("A@x.example", "r", today + timedelta(days=1)) == today + timedelta(
        days=2
    )
    assert outbox.day_for("a@x.example", "other", today) == today
