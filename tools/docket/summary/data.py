"""The summary for programs: JSON whose words are codes, the same in every language."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from docket.domain.instants import Moment
from docket.domain.languages import Texts
from docket.summary.lines import Line, Summary

VERSION = 1
"""Changes when the form does."""
PRIVATE = ("reference", "latest")
"""Not published: they can be the addresses of e-mails."""


def write(summary: Summary) -> bytes:
    """One round as JSON."""
    data = {
        "version": VERSION,
        "past": summary.docket.past,
        "at": _text(summary, summary.docket.now),
        "commit": summary.head.commit if summary.head else None,
        "contacts": summary.contacts,
        **whole(summary),
    }
    return _bytes(data)


def whole(summary: Summary, *, public: bool = False) -> dict[str, object]:
    """Everything that is told of a round; in public without the references of receipts."""
    return {
        "round": _round(summary),
        "totals": _totals(summary),
        "submissions": [
            {key: value for key, value in one.items() if key not in PRIVATE or not public}
            for one in (_submission(summary, line) for line in summary.lines)
        ],
        "unread": [{"path": path, "codes": list(codes)} for path, codes in summary.unread],
    }


def write_rounds(summaries: Sequence[Summary], _: str) -> bytes:
    """All rounds as JSON."""
    at = _text(summaries[0], summaries[0].docket.now) if summaries else None
    rounds = [{**_round(one), "count": one.figures.count} for one in summaries]
    past = any(one.docket.past for one in summaries)
    return _bytes({"version": VERSION, "past": past, "at": at, "rounds": rounds})


def _round(summary: Summary) -> dict[str, object]:
    """What a round is and where it stands."""
    view, stop = summary.view, summary.stop
    round_ = view.round
    return {
        "round": round_.slug,
        "title": _both(round_.title),
        "state": view.state,
        "rehearsal": round_.rehearsal,
        "register": round_.register,
        "opens": _text(summary, round_.opens),
        "deadline": _text(summary, round_.deadline),
        "decided": _text(summary, view.decided),
        "until": _text(summary, view.until),
        "stopped": _text(summary, stop.date) if stop else None,
        "reason": _both(stop.reason) if stop else None,
        "designated": [
            {
                "municipality": one.municipality,
                "area": one.area,
                "until": _text(summary, one.until or view.until),
            }
            for one in view.designated
        ],
    }


def _totals(summary: Summary) -> dict[str, object]:
    count = summary.figures
    return {
        "count": count.count,
        "municipalities": count.municipalities,
        "late": count.late,
        "withdrawn": count.withdrawn,
        "rejected": count.rejected,
        "designated": count.designated,
        "approvals": dict(count.approvals) if count.approvals is not None else None,
        "areas": [
            {
                "area": one.area,
                "seats": one.seats,
                "first": one.first,
                "named": one.named,
                "designated": one.designated,
            }
            for one in count.areas
        ],
        "regions": [
            {
                "region": one.region,
                "municipalities": one.municipalities,
                "live": one.live,
                "designated": one.designated,
            }
            for one in count.regions
        ],
        "arrivals": [
            {"day": one.day.isoformat(), "count": one.count, "total": one.total}
            for one in count.arrivals
        ],
    }


def _submission(summary: Summary, line: Line) -> dict[str, object]:
    council = line.council
    data: dict[str, object] = {
        "municipality": line.municipality.slug,
        "name": line.municipality.name,
        "region": line.municipality.region,
        "areas": list(line.areas),
        "received": _text(summary, line.received),
        "via": line.via or None,
        "reference": line.reference or None,
        "latest": line.latest or None,
        "in_time": line.in_time,
        **(
            {
                "approval": {
                    "status": line.approval,
                    "body": council.body or None,
                    "date": _text(summary, council.date),
                    "minutes": council.minutes or None,
                }
            }
            if summary.asked.approval
            else {}
        ),
        **({"motivation": line.motivation or None} if summary.asked.motivation else {}),
        "status": line.status,
        "designated": line.designated or None,
        "withdrawn": _text(summary, line.withdrawn),
        "codes": list(line.corrections),
    }
    if summary.own:
        told = dict(line.own)
        data["answers"] = {one.key: told.get(one.key) for one in summary.own}
    if summary.contacts:
        one = line.contact
        words = {"name": one.name, "title": one.title, "email": one.email, "phone": one.phone}
        data["contact"] = {
            **{key: value or None for key, value in words.items()},
            "sealed": bool(one.sealed),
            "confirmed": line.confirmed.domain if line.confirmed else None,
        }
    return data


def _bytes(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _both(text: Texts) -> dict[str, str]:
    return dict(text)


def _text(summary: Summary, moment: Moment | date | None) -> str | None:
    """A day, or an instant with the organiser's offset."""
    if isinstance(moment, datetime):
        return moment.astimezone(summary.docket.organiser.zone).isoformat()
    return moment.isoformat() if moment else None
