"""Lighthouse on a page of each kind of the built site, as a phone sees it; what each page weighs.

Needs Node (`npx` fetches Lighthouse) and Chromium. Served as `docket serve` does.
"""

import json
import os
import shlex
import subprocess

from support.built import chromium, served
from support.worlds import ROOT

LIGHTHOUSE = os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12.8.2")
KINDS = {
    "front": "",
    "round": "runder/2022-beskaeftigelse/",
    "rounds": "runder/",
    "municipality": "kommuner/hilleroed/",
    "municipalities": "kommuner/",
    "form": "meld-interesse/proeve/",
    "rules": "regler/",
    "text": "en/processen/",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Print a row for each kind of page."""
    with served(ROOT / "public") as address:
        print("page            " + "  ".join(SCORES) + "      kB")
        for kind, path in KINDS.items():
            _row(kind, f"{address}/{path}")


def _row(kind: str, address: str) -> None:
    flags = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    done = subprocess.run(
        [*shlex.split(LIGHTHOUSE), address, *flags, f"--only-categories={','.join(SCORES)}"],
        env={**os.environ, "CHROME_PATH": chromium() or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse on {address}: {done.stderr or done.stdout}")
    told = json.loads(done.stdout)
    scores = [round(100 * (told["categories"][name]["score"] or 0)) for name in SCORES]
    weight = told["audits"]["total-byte-weight"]["numericValue"] / 1000
    columns = (f"{score:>{len(name)}}" for score, name in zip(scores, SCORES, strict=True))
    print(f"{kind:<14}  {'  '.join(columns)}  {weight:6.1f}", flush=True)
    for name in SCORES:
        for one in told["categories"][name]["auditRefs"]:
            audit = told["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}".rstrip())


if __name__ == "__main__":
    main()
