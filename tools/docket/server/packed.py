"""Files of the site as they travel: text is a fifth as large when it is compressed.

Only what was built beforehand and is the same for everybody: where an answer holds a secret, its
length would tell of it.
"""

import gzip
from functools import lru_cache
from pathlib import Path

KINDS = frozenset(
    {
        *("text/html", "text/css", "text/javascript", "text/csv", "text/calendar", "text/plain"),
        *("application/json", "application/ld+json", "application/xml", "text/xml"),
        *("application/atom+xml", "image/svg+xml", "application/javascript"),
    }
)
"""What is text, by its media type; pictures and workbooks are compressed already."""
LEAST = 1024
"""Below so many bytes nothing is gained."""


def is_worth(kind: str, size: int) -> bool:
    """Whether a file of a media type and a size in bytes travels better compressed."""
    return kind in KINDS and size >= LEAST


@lru_cache(1024)
def packed(path: Path, changed: int) -> bytes:  # noqa: ARG001 - it is another file then
    """The bytes of a file, compressed (RFC 1952); `changed` is when it was, in nanoseconds."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)
