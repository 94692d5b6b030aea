"""A file that the user asked for, on disk: all of it, or what was there before."""

import shutil
import tempfile
from pathlib import Path


def put_file(path: Path, content: bytes) -> None:
    """Let the file at `path` hold `content`. Raises OSError, and then it is as it was."""
    if path.exists() and not path.is_file():  # a terminal or a pipe holds nothing
        path.write_bytes(content)
        return
    place = path.resolve()  # where a link leads
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".docket-") as folder:
        made = Path(folder) / "file"
        made.write_bytes(content)
        if place.exists():
            shutil.copymode(place, made)
        made.replace(place)
