"""What is published of the desks' logs: whose signatures count, and which receipts were given.

Nothing of what a receipt is for: from a hash a telephone number could be guessed. The heads are
there so that a receipt left out can be shown.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from docket.domain.docket import Docket
from docket.git.allowed import Known, write_allowed
from docket.git.log import NAME, Chain, Entry
from docket.git.signing import fingerprint
from docket.site.pages.page import Site
from docket.site.shapes import schema_text

VERSION = 1
SCHEMAS = {
    "kvittering.schema.json": Path(__file__).parent / "receipt.schema.json",
    "kvitteringer.schema.json": Path(__file__).parent / "receipts.schema.json",
}


def log_files(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The files below /data/ that tell of receipts, and their schemas."""
    folder = f"{lang}/data"
    yield f"{folder}/allowed_signers", write_allowed(allowed(site.logs, site.docket.now))
    yield f"{folder}/kvitteringer.json", _json(_receipts(site))
    for name, path in SCHEMAS.items():
        yield f"{folder}/{name}", schema_text(path, site.docket)


def allowed(logs: Sequence[Chain], now: datetime) -> list[Known]:
    """The keys that may have signed; a retired one until its last receipt, at the latest `now`."""
    return [Known(one.key, NAME, before=_ended(one, now), last=one.last) for one in logs]


def _ended(chain: Chain, now: datetime) -> datetime | None:
    if not chain.last:
        return None
    times = [entry.logged + timedelta(seconds=1) for entry in chain.entries]  # to the second
    return max(times, default=now).replace(microsecond=0)


def _receipts(site: Site) -> dict[str, object]:
    docket = site.docket
    taken = {(one.round, one.municipality, one.reference) for one in docket.receipts}
    logs = [(chain, _told(docket, chain)) for chain in site.logs]
    return {
        "$schema": docket.organiser.addresses.of("kvitteringer.schema.json"),
        "version": VERSION,
        "at": docket.now.astimezone(docket.organiser.zone).isoformat(timespec="seconds"),
        "heads": [
            {
                "key": fingerprint(chain.key),
                "head": told[-1].commit if told else None,
                "count": len(told),
                "retired": bool(chain.last),
            }
            for chain, told in logs
        ],
        "receipts": [
            {
                "reference": entry.reference,
                "received": entry.received.isoformat(),
                "id": entry.commit,
                **({"municipality": whose[1]} if (*whose, entry.reference) in taken else {}),
            }
            for _, told in logs
            for entry in told
            if not entry.confirms  # who proved an address is the organiser's to know
            for whose in [(entry.round, entry.municipality)]
        ],
    }


def _told(docket: Docket, chain: Chain) -> list[Entry]:
    """What a log had said by the instant that the site shows."""
    return [one for one in chain.entries if not docket.past or one.logged <= docket.now]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
