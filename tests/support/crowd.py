"""A crowd: plainly invented rounds in which many municipalities answer, to look at and to time."""

import hashlib
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

from support.worlds import NOW, ROOT

AREAS = ("dagtilbud", "folkeskole", "aeldre")
WINTER = timezone(timedelta(hours=1))
HEAD = """title: {{da: "Opdigtet runde {number}: {word}", en: "Invented round {number}: {word}"}}
seats: {{dagtilbud: 3, folkeskole: 3, aeldre: 2}}
wishes: 2
opens: {opens:%Y-%m-%d}
deadline: {deadline:%Y-%m-%d}
receiver: {{name: Sekretariatet for opdigtede runder, email: runder@kommune.example}}
decides: {{da: regeringen, en: the Government}}
note: {{da: Runden og alle svar er opdigtet., en: The round and all answers are invented.}}
"""


def names() -> list[str]:
    """The slugs of the register."""
    schema = json.loads((ROOT / "schema/municipality.json").read_text("utf-8"))
    found: list[str] = schema["enum"]
    return found


def crowd(  # noqa: PLR0913 - a world has many sides
    folder: Path,
    slug: str,
    who: list[str],
    opens: datetime,
    days: int = 30,
    *,
    now: datetime = NOW,
    decided: bool = False,
    word: str = "skole og omsorg",
) -> None:
    """A round called `slug` below `folder`, answered by `who` within `days`. Always the same."""
    dice = random.Random(slug)
    place = folder / "submissions" / slug
    place.mkdir(parents=True)
    deadline = opens + timedelta(days=days)
    head = HEAD.format(number=slug[:4], word=word, opens=opens, deadline=deadline)
    (place / "round.yml").write_text(head, encoding="utf-8")
    receipts = []
    live = []
    last = min(deadline + timedelta(hours=22), now)
    for name in who:
        share = 1 - dice.random() ** 2.2  # most come at the end
        received = opens + timedelta(minutes=int(share * (last - opens).total_seconds() / 60))
        text, stands = _answer(dice, name, received, now)
        (place / f"{name}.yml").write_text(text, encoding="utf-8")
        live += [name] if stands else []
        content = text.encode()
        blob = hashlib.sha1(b"blob %d\0%s" % (len(content), content)).hexdigest()
        receipts.append((received, name, blob))
    lines = [
        f'- {{municipality: {name}, received: "{received.isoformat()}", via: form, blob: "{blob}"}}'
        for received, name, blob in sorted(receipts)
    ]
    (place / "receipts.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if decided:
        (place / "decision.yml").write_text(_decision(place, live, deadline), encoding="utf-8")


def _answer(dice: random.Random, name: str, received: datetime, now: datetime) -> tuple[str, bool]:
    """A submission, and whether it still stands."""
    areas = dice.sample(AREAS, dice.choice((1, 2)))
    fate = dice.random()
    later = received + timedelta(days=dice.randint(1, 12))
    if fate < 0.42 and later > now:
        fate = 0.5
    lines = [
        f"municipality: {name}",
        f"areas: [{', '.join(areas)}]",
        "contact: {name: Opdigtet Sekretariat, email: sekretariat@kommune.example}",
    ]
    if fate < 0.35:
        lines.append(f"approval: {{status: approved, body: Byrådet, date: {later:%Y-%m-%d}}}")
    elif fate < 0.42:
        lines.append(f"approval: {{status: rejected, body: Byrådet, date: {later:%Y-%m-%d}}}")
    else:
        lines.append("approval: {status: pending, body: Økonomiudvalget}")
    if fate > 0.94 and later < now:
        lines.append(f"withdrawn: {{date: {later:%Y-%m-%d}, reason: Opdigtet grund.}}")
    lines.append("motivation: |\n  Vi vil prøve en ny vej. Teksten er opdigtet.")
    return "\n".join(lines) + "\n", not 0.35 <= fate < 0.42 and fate <= 0.94


def _decision(place: Path, live: list[str], deadline: datetime) -> str:
    left = {"dagtilbud": 3, "folkeskole": 3, "aeldre": 2}
    chosen = []
    for name in live:
        text = (place / f"{name}.yml").read_text("utf-8")
        area = text.split("areas: [")[1].split("]")[0].split(", ")[0]
        if left[area]:
            left[area] -= 1
            chosen.append(f"  - {{municipality: {name}, area: {area}}}")
    day = deadline + timedelta(days=30)
    until = deadline + timedelta(days=900)
    return (
        f"decided: {day:%Y-%m-%d}\nuntil: {until:%Y-%m-%d}\ndesignated:\n"
        + "\n".join(chosen)
        + "\n"
    )
