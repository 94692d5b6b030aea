"""The page that tells whether a receipt is genuine: in the browser, and nothing is sent."""

from typing import Any

from docket.domain.instants import INSTANT
from docket.domain.states import Way
from docket.git.log import NAME
from docket.site.pages.page import Site, address, make
from docket.text.catalogue import entries, say, template

COMMAND = """curl -sO {published}allowed_signers
docket verify {file} --signers allowed_signers"""
OPENSSH = """receipt={file}
jq -j .commit "$receipt" > commit
sed -n '1,/^$/{{s/^gpgsig //p;s/^ //p;}}' commit > commit.sig
sed '1,/^$/{{/^gpgsig /d;/^ /d;}}' commit > signed
ssh-keygen -Y verify -f allowed_signers -I {name} -n git -s commit.sig < signed
{{ jq -r .salt "$receipt" | xxd -r -p; jq -j .bytes "$receipt"; }} | sha256sum
grep ^Digest: commit"""
"""The same without us: what is signed of a commit, its signature, and the digest."""


def receipt_page(site: Site, lang: str) -> tuple[str, str]:
    """The page, by its path under `site/`."""
    file = f"{site.docket.organiser.addresses.name('kvittering')}-F-….json"
    facts = {"published": address(site.docket, lang, "data/"), "file": file, "name": NAME}
    context = {
        "script": _script(site, lang),
        "command": COMMAND.format(**facts),
        "openssh": OPENSSH.format(**facts),
    }
    return f"{lang}/kvittering.md", make(site, lang, "receipt.md", 1, context)


def _script(site: Site, lang: str) -> dict[str, Any]:
    """What the page's script knows: words, keys, and what the register calls things."""
    docket = site.docket
    return {
        "lang": lang,
        "zone": docket.organiser.zone.key,
        "instant": INSTANT,
        "list": f"../{docket.organiser.addresses.of('data/kvitteringer.json')}",
        "words": {
            key.removeprefix("verify."): template(key, lang, docket.organiser)
            for key in entries("verify")
            if not key.startswith("verify.page.")
        },
        "ways": {way.value: say(f"words.way.{way}", lang) for way in Way},
        "names": {slug: one.full for slug, one in docket.register.items()},
        "rounds": {slug: one.title.of(lang) for slug, one in sorted(docket.rounds.items())},
        "keys": [{"key": one.key, "retired": bool(one.last)} for one in site.logs],
    }
