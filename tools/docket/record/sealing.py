"""What comes open to a round with a seal is sealed before it is kept."""

from collections.abc import Callable
from dataclasses import replace

from docket.review import Review

Judge = Callable[[bytes], Review]


def judged(judge: Judge, path: str, content: bytes) -> tuple[Review, bytes]:
    """What is found in a submission's file, and the file as it may be kept.

    In a round with a seal nothing open is let through, whatever was wrong before.
    """
    found = judge(content)
    docket = found.docket
    call = docket.rounds.get(path.split("/")[1])
    if call is None:
        return found, content
    of_seal = [
        one for one in docket.refused.get(call.path, ()) if one.place.pointer.startswith("/seal")
    ]
    if call.seal is None:
        return replace(found, findings=(*found.findings, *of_seal)), content
    wrong = [one for one in found.findings if (one.code, one.variant) != ("M05", "open")]
    wrong = wrong or list(docket.refused.get(path, ()))
    entry = next((one for one in docket.submissions if one.path == path), None)
    if wrong or entry is None or entry.contact is None:
        return replace(found, findings=tuple(wrong) or found.findings), content
    if entry.contact.sealed:
        return found, content
    from docket.reading import seal  # noqa: PLC0415 - slow to import, and only a seal needs it

    kept = seal.sealed(call, content)
    return judge(kept), kept
