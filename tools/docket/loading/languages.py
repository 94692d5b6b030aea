"""The languages of the register at hand, known before anything is told of it."""

from pathlib import Path

from docket.domain.languages import PACKAGE, Language
from docket.domain.paths import ORGANISER, TEXT


def languages_at(root: Path) -> tuple[Language, ...]:
    """The languages of the register in the folder `root`; none where there is no register."""
    try:
        content = (root / ORGANISER).read_bytes()
        paths = sorted((root / TEXT).glob("*.toml"))
        own = {f"{TEXT}{path.name}": path.read_bytes() for path in paths}
    except (OSError, ValueError):
        return ()
    if b"languages" not in content and not own:
        return PACKAGE
    # what reads YAML is slow to import, and most registers say nothing of it
    from docket.loading.register import languages_of  # noqa: PLC0415

    return languages_of({ORGANISER: content, **own})
