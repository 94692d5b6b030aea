"""Who holds an answer's private link can see, change and withdraw it; nobody else can."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from docket.acts.deskwork import EVER, Deskwork
from docket.acts.senders import link_of
from docket.cli.main import main
from docket.git.log import LOGS
from docket.git.receipt import read_receipt
from docket.git.store import Store
from docket.server.desk import setting_of
from docket.server.limits import Limiter
from docket.site.pages.own import Own, shown
from support.desk import ORIGIN, TOKEN, ask, body, desk_of, post, still
from support.randers import BRANCH, PATH, TEXT
from support.worlds import NOW, commit, docket_of, found_in, git

OTHER = "b" * 22
CHANGED = TEXT.replace("post@", "ny@")


@pytest.fixture
def port(register: Path, tmp_path: Path) -> Iterator[int]:
    """A desk before the base world, with a page of its own answers and of a form."""
    for name in ("mit-svar", "en/mit-svar"):
        page = tmp_path / "public" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<main><!-- docket:own --><!-- /docket:own --></main>", "utf-8")
    page = tmp_path / "public/meld-interesse/2031-skole/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<main><!-- docket:form --><!-- /docket:form --></main>", "utf-8")
    with desk_of(register, tmp_path / "public", clock=still()) as found:
        yield found


def send(port: int, text: str = TEXT, token: str = TOKEN) -> tuple[int, dict]:  # type: ignore[type-arg]
    """What the desk answers to the form's script."""
    return post(port, body(text, token=token))[:2]


def test_link_goes_on(register: Path, port: int) -> None:
    """With its link an answer is changed on its own branch; the log says what it goes on from."""
    first, second = send(port)[1], send(port, CHANGED)[1]
    assert git(register, "show", f"{BRANCH}:{PATH}") + "\n" == CHANGED
    assert (
        git(register, "for-each-ref", "--format=%(refname)", "refs/heads/submission").count("\n")
        == 0
    )
    (log,) = git(register, "for-each-ref", "--format=%(refname)", LOGS).splitlines()
    told = git(register, "log", "--format=%B", log)
    assert f"Reference: {second['reference']}\nLink: {link_of(TOKEN)}\n" in told
    assert f"Continues: {first['reference']}" in told
    assert TOKEN not in told


def test_rival(register: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the link an answer waits beside the other, and the organiser chooses which counts."""
    first, rival = send(port)[1], send(port, CHANGED, OTHER)[1]
    assert rival["own"]
    assert git(register, "show", f"{BRANCH}:{PATH}") + "\n" == TEXT
    assert git(register, "show", f"{BRANCH}.2:{PATH}") + "\n" == CHANGED
    words = ["-C", str(register), "--lang", "da"]
    assert main([*words, "inbox"]) == 0
    told = capsys.readouterr().out
    assert f"Afviger fra det andet svar, der venter på {BRANCH}.2:" in told
    assert "post@kommune.example" in told
    assert "ny@kommune.example" in told
    assert main([*words, "accept", BRANCH]) == 0
    capsys.readouterr()
    assert main([*words, "accept", f"{BRANCH}.2"]) == 2
    refusal = capsys.readouterr().err
    assert first["reference"] in refusal
    assert f"docket accept {BRANCH}.2 --instead" in refusal
    when = ["--received", "2031-03-01T12:00:00+01:00", "--at", "2031-03-02"]
    assert main([*words, "accept", f"{BRANCH}.2", *when]) == 2
    assert main([*words, "inbox"]) == 0
    assert "Sendt uden det private link" in capsys.readouterr().out
    assert main([*words, "accept", f"{BRANCH}.2", "--instead"]) == 0
    assert (register / PATH).read_text("utf-8") == CHANGED
    message = git(register, "log", "-1", "--format=%B")
    assert first["reference"] in message
    assert rival["reference"] in message
    assert {one.reference for one in docket_of(register).receipts} >= {
        first["reference"],
        rival["reference"],
    }
    assert found_in(register, "2031-08-01") == []


def test_a_time_by_hand_takes_no_rival_in(register: Path, port: int) -> None:
    """Who answers after another was accepted is a rival, whoever says when it came."""
    send(port)
    words = ["-C", str(register), "--at", "2031-03-02", "accept"]
    assert main([*words, BRANCH]) == 0
    send(port, CHANGED, OTHER)
    when = ["--received", "2031-03-01T12:00:00+01:00"]
    assert main([*words, f"{BRANCH}.2", *when]) == 2
    assert (register / PATH).read_text("utf-8") == TEXT
    assert main([*words, f"{BRANCH}.2", *when, "--instead"]) == 0
    assert (register / PATH).read_text("utf-8") == CHANGED


def test_change_after_acceptance(register: Path, port: int) -> None:
    """Whoever holds the link changes what is in the register too, and it is accepted as usual."""
    send(port)
    words = ["-C", str(register), "accept", BRANCH]
    assert main(words) == 0
    assert "Jeres svar er i registeret" in ask(port, "/mit-svar/", token=TOKEN)[1]
    send(port, CHANGED)
    assert "Vi har modtaget jeres svar" in ask(port, "/mit-svar/", token=TOKEN)[1]
    assert main(words) == 0
    assert (register / PATH).read_text("utf-8") == CHANGED


def test_when_it_is_decided(register: Path, port: int) -> None:
    """The page says whether the municipality is designated, and no longer what was to come."""
    send(port)
    words = ["-C", str(register), "--at", "2031-08-01"]
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert main([*words, "decide", "2031-skole", "randers:folkeskole", "--yes"]) == 0
    commit(register, "decided")
    with closing(Store(register)) as store:
        base = Deskwork.start(store).base(datetime.fromisoformat("2031-08-02T12:00:00+02:00"))
        own = Own(
            round="2031-skole",
            slug="randers",
            stand="accepted",
            received=NOW,
            reference="F-1",
        )
        html = unescape(shown(setting_of(base), own, "da", 1))
    assert "I er udpeget." in html
    assert "der udpeger" not in html


def test_refused_without_a_script(register: Path, tmp_path: Path) -> None:
    """Who sends too much is told in words, and how to find again what was typed."""
    with desk_of(register, tmp_path, clock=still(), limiter=Limiter(most=1)) as port:
        ask(port, "/mit-svar/", token=TOKEN)
        status, html = ask(port, "/en/desk/2031-skole/", municipality="Randers")
    assert status == 429
    assert '<html lang="en">' in html
    assert "what you typed is still there" in html


def test_after_a_restart(register: Path, port: int) -> None:
    """A desk that starts again knows every link and which branch is whose."""
    for text, token in ((TEXT, TOKEN), (CHANGED, OTHER)):
        send(port, text, token)
    with closing(Store(register)) as store:
        work = Deskwork.start(store)
        branches = {one.link: one.branch for one in work.senders}
    assert branches == {link_of(TOKEN): BRANCH, link_of(OTHER): f"{BRANCH}.2"}


def test_beside_an_answer_that_came_by_mail(register: Path, port: int) -> None:
    """An answer in the register that no link leads to is nobody's to replace at the desk."""
    (register / "in.yml").write_text(TEXT, "utf-8")
    words = [
        "-C",
        str(register),
        "--at",
        "2031-02-25",
        "receive",
        str(register / "in.yml"),
        "--round",
        "2031-skole",
    ]
    at = "2031-02-20T12:00:00+01:00"
    assert main([*words, "--via", "e-mail", "--received", at]) == 0
    send(port, CHANGED)
    assert git(register, "show", f"{BRANCH}.2:{PATH}") + "\n" == CHANGED
    assert main(["-C", str(register), "accept", f"{BRANCH}.2"]) == 2


def test_same_bytes_get_no_link(port: int) -> None:
    """Whoever sends the same bytes gets the old reference and time, and no way to the answer."""
    first = send(port)[1]
    again = send(port, token=OTHER)[1]
    assert (again["reference"], again["received"]) == (first["reference"], first["received"])
    assert (first["own"], again["own"]) == (True, False)
    assert ask(port, "/mit-svar/", token=OTHER)[0] == 404
    assert send(port)[1] == first


def test_same_bytes_as_what_has_no_link(port: int) -> None:
    """Nor does who sends, without a script, what came without a link at all."""
    fields = {"municipality": "Randers", "areas": "folkeskole", "contact-name": "x"}
    fields |= {"contact-email": "post@kommune.example", "approval-status": "pending"}
    first = ask(port, "/desk/2031-skole/", **fields)[1]
    content = re.search(r'<pre id="receipt-file" tabindex="0">(.*?)</pre>', first, re.DOTALL)
    assert content
    other = content[1].replace("randers", "vejle")
    assert post(port, body(other))[0] == 201
    status, html = ask(port, "/desk/2031-skole/", **fields | {"municipality": "Vejle"})
    assert status == 201
    assert "Det private link fik den, der sendte først." in html
    assert 'id="link"' not in html


def test_there_and_back(register: Path, port: int) -> None:
    """Who changes an answer and changes it back has sent three, and the last one counts."""
    references = [send(port, text)[1]["reference"] for text in (TEXT, CHANGED, TEXT)]
    assert len(set(references)) == 3
    assert git(register, "show", f"{BRANCH}:{PATH}") + "\n" == TEXT


def test_where_it_stands(port: int) -> None:
    """The page tells the receipt, the answer with its contact, and has the file that proves it."""
    reference = send(port)[1]["reference"]
    status, html = ask(port, "/mit-svar/", token=f" {ORIGIN}/mit-svar/#{TOKEN} ")
    assert status == 200
    assert "Vi har modtaget jeres svar" in html
    assert "post@kommune.example" in html
    assert f"{ORIGIN}/mit-svar/#{TOKEN}</code>" in html
    found = re.search(r'base64,([^"]+)', html)
    assert found
    proof = read_receipt(base64.b64decode(found[1]))
    assert proof.content.decode() == TEXT
    assert reference in proof.commit.decode()
    assert "Your submission" in ask(port, "/en/mit-svar/", token=TOKEN)[1]


@pytest.mark.parametrize(
    "token",
    ["B" * 22, TOKEN[:-1], TOKEN + "A", "x", "æ" * 22, "<script>", f"#{'c' * 22}", "A" * 9000],
)
def test_bad_token(port: int, token: str) -> None:
    """A token that is cut, old or made up gets one sentence, and the field once more."""
    send(port)
    status, html = ask(port, "/mit-svar/", token=token)
    assert status == 404
    assert "Vi kender ikke linket." in html
    assert 'name="token"' in html
    assert "Randers" not in html


def test_withdrawn_by_a_page(register: Path, port: int) -> None:
    """The page asks one thing, with an optional reason; then it is done, and has its receipt."""
    first = send(port)[1]
    html = ask(port, "/mit-svar/", token=TOKEN, do="withdraw")[1]
    assert "Træk svaret tilbage" in html
    assert 'name="reason"' in html
    status, html = ask(port, "/mit-svar/", token=TOKEN, do="withdrawn", reason="Ikke i år")
    assert status == 200
    assert "Vi har modtaget jeres tilbagetrækning" in html
    assert first["reference"] in html
    kept = git(register, "show", f"{BRANCH}:{PATH}")
    assert 'withdrawn:\n  date: "2031-03-01"\n  reason: "Ikke i år"' in kept
    assert "post@kommune.example" in kept
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert "Jeres svar er trukket tilbage" in ask(port, "/mit-svar/", token=TOKEN)[1]


def test_a_bad_reason_is_not_lost(register: Path, port: int) -> None:
    """A reason that is too long is told at its field, with what was typed; nothing is withdrawn."""
    send(port)
    status, html = ask(port, "/mit-svar/", token=TOKEN, do="withdrawn", reason="x" * 999)
    assert status == 422
    assert "x" * 999 in html
    assert 'id="reason-error"' in html
    assert "withdrawn" not in git(register, "show", f"{BRANCH}:{PATH}")


def test_changed_without_a_script(register: Path, port: int) -> None:
    """The form comes filled in with what was sent, and what is sent goes on from it."""
    send(port)
    form = "/desk/2031-skole/"
    status, html = ask(port, form, token=TOKEN, do="change")
    assert status == 200
    assert f'name="token" value="{TOKEN}"' in html
    assert 'value="post@kommune.example"' in html
    fields = {"municipality": "Randers", "areas": "folkeskole", "contact-name": "Sekretariatet"}
    fields |= {"contact-email": "ny@kommune.example", "approval-status": "pending"}
    status, html = ask(port, form, token=TOKEN, **fields)
    assert status == 201
    assert "ny@kommune.example" in git(register, "show", f"{BRANCH}:{PATH}")


@pytest.mark.parametrize("round_", ["2031-skole", "proeve"])
def test_a_link_of_another_answer(register: Path, port: int, round_: str) -> None:
    """A link changes its own answer and no other: it says so, and keeps what was typed."""
    send(port)
    text = TEXT.replace("randers", "vejle") if round_ == "2031-skole" else TEXT
    status, data, _ = post(port, body(text, round_, TOKEN))
    assert status == 422
    assert "Vi kender ikke linket" in data["errors"][0]["message"]["da"]
    assert "vejle" not in git(register, "for-each-ref")


@pytest.mark.parametrize("token", ["", None, "short", 7, ["x"], {"a": 1}, "A" * 23])
def test_senseless_tokens(port: int, token: object) -> None:
    """Whatever stands where the token does, the answer is no trouble of the machine's."""
    status, _, _ = post(port, json.dumps(body() | {"token": token}).encode())
    assert status in (201, 400, 422)


def test_bytes_that_are_gone(register: Path, port: int) -> None:
    """Where the bytes were deleted, the page says so, and still has the receipt's words."""
    reference = send(port)[1]["reference"]
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    git(register, "update-ref", "-d", f"refs/docket/received/{reference}")
    with closing(Store(register)) as store:
        found = Deskwork.start(store).look(link_of(TOKEN), EVER)
    assert found
    assert (found.content, found.stand) == (None, "accepted")
