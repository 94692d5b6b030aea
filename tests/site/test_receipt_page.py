"""The page that tells whether a receipt is genuine: as the command does, in a real Chromium."""

import json
import os
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from docket.acts.verify import Verdict, judge
from docket.domain.instants import INSTANT
from docket.git.allowed import Known, write_allowed
from docket.git.log import NAME
from docket.git.pack import id_of
from docket.git.signing import fingerprint
from docket.text.catalogue import say
from docket.text.terminology import stranger
from support.browser import Look, Scheme, broken
from support.built import served
from support.generated import generated
from support.randers import TEXT
from support.receipts import FORGER, SIGNER, Given, receipt
from support.worlds import AT, NOW

KNOWN = [Known(SIGNER.public)]
GIVEN = receipt()

NOBODY = stranger(ZoneInfo("UTC"))


@pytest.fixture(scope="module")
def site(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a register that has published the key and a log with one receipt."""
    folder = shutil.copytree(public, tmp_path_factory.mktemp("receipts") / "public")
    _publish(folder, retired=False)
    with served(folder) as found:
        yield found


def _publish(folder: Path, *, retired: bool) -> None:
    for page in (folder / "kvittering/index.html", folder / "en/kvittering/index.html"):
        keys = json.dumps([{"key": SIGNER.public, "retired": retired}])
        text, count = re.subn(r'"keys":\[.*?\]', f'"keys":{keys}', page.read_text("utf-8"))
        assert count == 1
        page.write_text(text, "utf-8")
    listed = {"reference": "F-1", "received": AT, "id": GIVEN.id}
    key = fingerprint(SIGNER.public)
    head = {"key": key, "head": GIVEN.id, "count": 1, "retired": retired}
    told = {"version": 1, "at": AT, "heads": [head], "receipts": [listed]}
    for path in (folder / "data/kvitteringer.json", folder / "en/data/kvitteringer.json"):
        path.write_text(json.dumps(told), "utf-8")


def _choose(page: Page, given: Given | bytes) -> None:
    content = given if isinstance(given, bytes) else given.file.encode()
    file: Any = {"name": "k.json", "mimeType": "application/json", "buffer": content}
    page.set_input_files("#file", file)
    expect(page.locator("#result")).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_genuine_one(page: Page, site: str, lang: str) -> None:
    """It says for which bytes and from when, in the sentence of the command; nothing is sent."""
    page.goto(f"{site}/{'en/' if lang == 'en' else ''}kvittering/", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(f"{one.method} {one.url}"))
    _choose(page, GIVEN)
    expect(page.locator("#said")).to_have_text(say("verify.said.genuine", lang))
    expect(page.locator("#note")).to_have_text(say("verify.here.logged", lang))
    expect(page.locator("#rows")).to_contain_text("Randers Kommune")
    expect(page.locator("#rows")).to_contain_text("1. marts 2031" if lang == "da" else "1 March")
    assert page.locator("#content").text_content() == TEXT
    assert {one.rpartition("/data/")[2] for one in asked} == {"kvitteringer.json"}
    _choose(page, receipt(parent=GIVEN.id))
    expect(page.locator("#note")).to_contain_text("1. marts" if lang == "da" else "1 March")


@pytest.mark.browser
def test_pasted_and_dropped(page: Page, site: str) -> None:
    """A receipt can be pasted, or dropped on the page; an empty field is told."""
    page.goto(f"{site}/kvittering/")
    page.get_by_role("button", name=say("verify.page.check", "da")).click()
    expect(page.locator("#said")).to_have_text(say("verify.said.empty", "da", NOBODY))
    page.fill("#pasted", GIVEN.file)
    page.get_by_role("button", name=say("verify.page.check", "da")).click()
    expect(page.locator("#verdict")).to_have_text(say("verify.script.good", "da"))
    page.evaluate(
        """(text) => {
            const held = new DataTransfer();
            held.items.add(new File([text], "k.json"));
            const how = { dataTransfer: held, bubbles: true };
            document.body.dispatchEvent(new DragEvent("drop", how));
        }""",
        receipt(signer=FORGER).file,
    )
    expect(page.locator("#verdict")).to_have_text(say("verify.script.bad", "da"))
    expect(page.locator("#rows")).to_be_hidden()


def _files() -> list[bytes]:
    """Receipts that are right, and all sorts that are not."""
    file, random = GIVEN.file.encode(), Random(7)
    values = json.loads(GIVEN.file)
    moved = values["commit"].replace("2031-03-01T12", "2031-02-01T12")
    wrong: list[dict[str, object]] = [
        {"version": 2},
        {"version": "1"},
        {"id": "0" * 40},
        {"key": fingerprint(FORGER.public)},
        {"salt": ""},
        {"salt": values["salt"] + "61"},
        {"salt": values["salt"].upper() + "A"},
        {"bytes": "x"},
        {"bytes": {"base64": "eA=="}},
        {"bytes": {"base64": "/w=="}},
        {"bytes": {"base64": "/x=="}},
        {"bytes": "\ud800"},
        {"bytes": "\0"},
        {"bytes": "\ufeffa"},
        {"commit": values["commit"].replace("randers", "aarhus")},
        {"commit": moved, "id": id_of("commit", moved.encode())},
        {"commit": "tree"},
    ]
    found = [
        b"",
        file,
        b"\xef\xbb\xbf" + file,
        file[:-3],
        b"null",
        b"[1]",
        b"<html>",
        TEXT.encode(),
    ]
    found += [json.dumps({**values, **one}, indent=1).encode() for one in wrong]
    found += [json.dumps({**values, name: None}).encode() for name in values]
    others = (receipt(b"\xff\0"), receipt(b""), receipt("æ\r\n\t\ufeff\u2028".encode()))
    found += [one.file.encode() for one in (*others, receipt(signer=FORGER))]
    for _ in range(300):
        at = random.randrange(len(file))
        found.append(file[:at] + bytes([file[at] ^ random.randrange(1, 256)]) + file[at + 1 :])
    return found


@pytest.mark.browser
def test_the_same_verdicts_as_the_command(page: Page, site: str) -> None:
    """Whatever is given, the script says what the command says."""
    files = _files()
    page.goto(f"{site}/kvittering/")
    found = page.evaluate(
        """async ([files, data]) => {
            const { judge } = await import(new URL("../assets/receipt/judge.js", location));
            const told = [];
            for (const text of files) {
                const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
                told.push((await judge(bytes, data, () => null)).verdict);
            }
            return told;
        }""",
        [
            [b64encode(one).decode() for one in files],
            {"instant": INSTANT, "keys": [{"key": SIGNER.public, "retired": False}]},
        ],
    )
    wanted = [judge(one, KNOWN, NOW).verdict.value for one in files]
    both = zip(files, found, wanted, strict=True)
    assert [one for one in both if one[1] != one[2]] == []
    assert {"genuine", "id", "signature", "key", "salt", "digest", "unknown"} <= set(wanted)


@pytest.mark.browser
def test_a_retired_key(page: Page, public: Path, tmp_path: Path) -> None:
    """What its published log has is genuine, and nothing else; without the list nobody can tell."""
    folder = shutil.copytree(public, tmp_path / "public")
    _publish(folder, retired=True)
    with served(folder) as address:
        page.goto(f"{address}/kvittering/")
        for given, verdict in (
            (GIVEN, Verdict.GENUINE),
            (receipt(parent=GIVEN.id), Verdict.SPENT),
        ):
            _choose(page, given)
            said = say(f"verify.said.{verdict}", "da", NOBODY)
            expect(page.locator("#said")).to_have_text(said)
        (folder / "data/kvitteringer.json").unlink()
        _choose(page, GIVEN)
        said = say("verify.said.retired", "da", NOBODY, id=GIVEN.id)
        expect(page.locator("#said")).to_have_text(said)


@pytest.mark.browser
def test_what_the_page_cannot_do(look: Look, site: str) -> None:
    """Without https, without Ed25519 or without a script it says so, and names the command."""
    for without, key in (
        ("Object.defineProperty(crypto, 'subtle', { value: undefined })", "insecure"),
        ("crypto.subtle.importKey = () => Promise.reject(new Error('no'))", "browser"),
    ):
        page = look()
        page.add_init_script(without)
        page.goto(f"{site}/kvittering/")
        expect(page.locator("#unable")).to_have_text(say(f"verify.script.{key}", "da"))
        expect(page.locator("#check")).to_be_hidden()
    page = look(java_script_enabled=False)
    page.goto(f"{site}/kvittering/")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_text("docket verify kvittering")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_for_everybody(page: Page, site: str, scheme: Scheme, width: int) -> None:
    """Axe finds nothing on it, before and after a verdict, and it fits a phone."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/kvittering/")
    for given in (None, GIVEN, receipt(signer=FORGER)):
        if given:
            _choose(page, given)
        assert broken(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_anybody_can_do_without_us(register: Path, tmp_path: Path) -> None:
    """The lines on the page, pasted into a shell with jq and OpenSSH, say the same."""
    if not all(map(shutil.which, ("jq", "xxd", "ssh-keygen"))):
        assert not os.environ.get("CI"), "jq, xxd or openssh-client is missing"
        pytest.skip("no jq, xxd or ssh-keygen here")
    *_, lines = re.findall(r"```sh\n(.*?)```", generated(register)["da/kvittering.md"], re.DOTALL)
    lines = lines.replace("kvittering-F-….json", "receipt.json")
    (tmp_path / "receipt.json").write_text(GIVEN.file, encoding="utf-8")
    for signer, code in ((SIGNER, 0), (FORGER, 255)):
        (tmp_path / "allowed_signers").write_text(write_allowed([Known(signer.public, NAME)]))
        words = ["sh", "-ec", lines]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        if not code:
            good, summed, digest = done.stdout.splitlines()
            assert good.startswith('Good "git" signature')
            assert summed.split()[0] == digest.removeprefix("Digest: ")
