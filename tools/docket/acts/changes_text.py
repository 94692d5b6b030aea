"""What an answer changes, told: in sentences, and for programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from docket.acts.changes import (
    ApprovalChange,
    AreasChange,
    Change,
    Comparison,
    ContactChange,
    First,
    OwnChange,
    StatementChange,
    Unread,
    WithdrawalChange,
)
from docket.domain.asked import Kind
from docket.domain.docket import Docket
from docket.domain.nouns import Approval, Contact, Withdrawal
from docket.text.catalogue import say
from docket.text.escape import one_line
from docket.text.l10n import write_day
from docket.views.answers import tell

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: in which language, `private` if only the organiser does.

    `mark` makes what somebody wrote safe where it is read. No contact is told to the public.
    """

    lang: str
    private: bool = False
    mark: Callable[[str], str] = one_line


def sentences(docket: Docket, found: Comparison, reader: Reader) -> Iterator[str]:
    """What an answer changes, and against what: a sentence each."""
    if any(isinstance(one, First | Unread) for one in found.changes):
        yield from (_sentence(docket, one, reader) for one in found.changes)
        return
    yield _against(docket, found, reader)
    yield from (_sentence(docket, one, reader) for one in found.changes)
    yield say(f"changes.what.{'only' if found.changes else 'same'}", reader.lang)


def paragraphs(docket: Docket, found: Iterable[Comparison], reader: Reader) -> Iterator[str]:
    """The same for several answers, the lines of each below whose it is."""
    for one in found:
        name = docket.register[one.entry.municipality].full
        yield say("changes.of", reader.lang, name=name, round=one.entry.round)
        yield from (f"  {line}" for line in sentences(docket, one, reader))


def data(docket: Docket, found: Comparison) -> dict[str, object]:
    """The same for programs, without any contact."""
    earlier = found.earlier
    zone = docket.organiser.zone
    return {
        "path": found.entry.path,
        "against": "rival" if found.rival else "waiting" if found.waits else "register",
        "reference": earlier.reference or None if earlier else None,
        "received": earlier.received.astimezone(zone).isoformat() if earlier else None,
        "changes": [
            {
                "kind": one.kind,
                "message": {
                    lang: _sentence(docket, one, Reader(lang))
                    for lang in docket.organiser.languages
                },
            }
            for one in found.changes
        ],
    }


def _against(docket: Docket, found: Comparison, reader: Reader) -> str:
    what, earlier = ("waiting" if found.waits else "register"), found.earlier
    if found.rival:
        return say("changes.against.rival", reader.lang, branch=found.rival)
    if earlier is None:
        return say(f"changes.against.{what}.undated", reader.lang)
    key = f"changes.against.{what}.{'numbered' if earlier.reference else 'dated'}"
    facts = {"reference": reader.mark(earlier.reference), "when": earlier.received}
    return say(key, reader.lang, docket.organiser, **facts)


def _sentence(docket: Docket, change: Change, reader: Reader) -> str:
    key, facts = _told(docket, change, reader)
    return say(f"changes.{key}", reader.lang, docket.organiser, **facts)


def _told(docket: Docket, change: Change, reader: Reader) -> tuple[str, Mapping[str, object]]:
    """The sentence of a change, by its key, and its facts."""
    match change:
        case AreasChange(before, after):
            named = [_areas(docket, areas, reader) for areas in (before, after)]
            return "what.areas", {"before": named[0], "after": named[1]}
        case ApprovalChange(before, after):
            stands = [_approval(one, reader) for one in (before, after)]
            return "what.approval", {"before": stands[0], "after": stands[1]}
        case ContactChange():
            return _contact(change, reader)
        case WithdrawalChange():
            return _withdrawal(change.after, reader)
        case OwnChange():
            return _own(docket, change, reader)
    return f"what.{change.kind}" if isinstance(change, StatementChange) else change.kind, {}


def _areas(docket: Docket, areas: Iterable[str], reader: Reader) -> list[str]:
    return [docket.areas[one].of(reader.lang) for one in areas]


def _own(docket: Docket, change: OwnChange, reader: Reader) -> tuple[str, Mapping[str, object]]:
    """Both answers, but to the public only that another was given where they are not published."""
    field = docket.organiser.asked.by_pointer[f"/{change.key}"]
    if not (reader.private or field.published):
        return "what.own.hidden", {"field": field.label}
    if field.kind is Kind.TEXT:
        return "what.own.text", {"field": field.label}
    before, after = (
        NOTHING if one is None else reader.mark(tell(field, one, reader.lang))
        for one in (change.before, change.after)
    )
    return "what.own.both", {"field": field.label, "before": before, "after": after}


def _withdrawal(after: Withdrawal | None, reader: Reader) -> tuple[str, Mapping[str, object]]:
    if after is None:
        return "what.withdrawn.back", {}
    key = "because" if after.reason else "plain"
    return f"what.withdrawn.{key}", {"day": after.date, "reason": reader.mark(after.reason)}


def _contact(change: ContactChange, reader: Reader) -> tuple[str, Mapping[str, object]]:
    if change.sealed:
        return "what.contact.sealed", {}
    if reader.private:
        before, after = (_person(one, reader) for one in (change.before, change.after))
        return "what.contact.both", {"before": before, "after": after}
    fields = [say(f"changes.what.contact.field.{name}", reader.lang) for name in change.fields]
    return "what.contact.fields", {"fields": fields}


def _person(contact: Contact | None, reader: Reader) -> str:
    one = contact or Contact()
    words = [one.name, one.title, one.email, one.phone]
    return ", ".join(reader.mark(word) for word in words if word) or NOTHING


def _approval(approval: Approval | None, reader: Reader) -> str:
    if approval is None:
        return NOTHING
    status = say(f"words.approval.{approval.status}", reader.lang)
    day = write_day(approval.date, reader.lang) if approval.date else ""
    words = [status, reader.mark(approval.body), day, reader.mark(approval.minutes)]
    return ", ".join(filter(None, words))
