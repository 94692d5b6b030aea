"""What comes open to a round with a seal is sealed before it is kept."""

from collections.abc import Callable

from docket.domain.paths import parse
from docket.loading.document import Document
from docket.rules.review import Review

Judge = Callable[[bytes], Review]


def judged(judge: Judge, document: Document, content: bytes) -> tuple[Review, bytes]:
    """What is found in a submission's file, and the file as it may be kept.

    `document` is what `content` holds. In a round with a seal nothing open is let through,
    whatever was wrong before.
    """
    found = judge(content)
    docket, path = found.docket, document.path
    place = parse(path)
    round_ = docket.rounds.get(place.round) if place else None
    if round_ is None:
        return found, content
    of_seal = [
        one for one in docket.refused.get(round_.path, ()) if one.place.pointer.startswith("/seal")
    ]
    if round_.seal is None:
        return found._replace(findings=(*found.findings, *of_seal)), content
    wrong = [one for one in found.findings if (one.code, one.variant) != ("M05", "open")]
    wrong = wrong or list(docket.refused.get(path, ()))
    entry = docket.submission_at(path)
    if wrong or entry is None or entry.contact is None:
        return found._replace(findings=tuple(wrong) or found.findings), content
    if entry.contact.sealed:
        return found, content
    from docket.acts import seal  # noqa: PLC0415 - slow to import, and only a seal needs it

    kept = seal.sealed(docket.organiser.asked, round_, document.data)
    return judge(kept), kept
