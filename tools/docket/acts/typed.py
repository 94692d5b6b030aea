"""What somebody types on a sender's behalf: what is not said stays as it was."""

from collections.abc import Mapping, Sequence

from docket.acts.submit import Base
from docket.domain.paths import submission_path
from docket.domain.states import ApprovalStatus
from docket.form import answers
from docket.loading import yamlfile


def unsaid(base: Base) -> dict[str, str]:
    """What holds where nothing else is said, and nothing is there."""
    is_asked = base.docket.organiser.asked.approval
    return {"/approval/status": ApprovalStatus.PENDING.value} if is_asked else {}


def continued(
    base: Base, round_: str, given: Mapping[str, str], areas: Sequence[str]
) -> tuple[dict[str, str], list[str]]:
    """What is given, with the rest of what the municipality has already said in the round."""
    slug = answers.called(given.get("/municipality", ""), base.docket.register)
    path = submission_path(round_, slug)
    if not slug or path not in base.tree:
        return dict(given), list(areas)
    old = answers.flat(yamlfile.read(path, base.tree[path]).data)
    before = [text for pointer, text in old.items() if pointer.startswith("/areas/")]
    return answers.continued(base.schemas.asked, old, given), list(areas) or before


def values(
    base: Base, round_: str, given: Mapping[str, str], areas: Sequence[str], lang: str
) -> dict[str, str]:
    """The whole answer, typed in `lang`, as it came at the `now` of `base`."""
    texts, chosen = continued(base, round_, given, areas)
    whole = {**unsaid(base), **texts}
    return answers.Typing.of(base.docket, lang).gather(whole, chosen)
