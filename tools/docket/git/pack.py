"""Several objects written at once, and refs moved at once: on the disk before anybody is told.

Git flushes a file it wrote and renames it, but no folder: after a power cut the name could be
gone. So the folders are flushed here.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from docket.git.locks import unlocked
from docket.git.store import Store

KINDS = {"commit": 1, "tree": 2, "blob": 3}
Object = tuple[str, bytes]
"""What kind an object is, and its content."""


def id_of(kind: str, content: bytes) -> str:
    """Git's id of an object (SHA-1, as all forges have it)."""
    return hashlib.sha1(f"{kind} {len(content)}\0".encode() + content).hexdigest()  # noqa: S324


def put_all(store: Store, objects: Sequence[Object]) -> list[str]:
    """Keep `objects`, by one Git process; answer their ids. Raises `GitError`."""
    store.feed(_pack(objects), "unpack-objects", "-q")
    return [id_of(kind, content) for kind, content in objects]


def move_all(store: Store, moves: Mapping[str, tuple[str, str]]) -> bool:
    """Let each ref name what it is to, if it still names what it did: all of them or none.

    `moves` maps a ref to (new, old); old ZERO: it is not there yet. Raises `Locked`.
    """
    lines = "".join(f"update {ref} {new} {old}\n" for ref, (new, old) in moves.items())
    words = ("update-ref", "-m", "docket", "--stdin")
    return unlocked(store, lambda: store.feed(lines.encode(), *words))


def flush(store: Store, ids: Iterable[str], refs: Iterable[str]) -> None:
    """Put the folders of objects and refs on the disk. Raises OSError."""
    folders = {store.shared / "objects", *(store.shared / "objects" / one[:2] for one in ids)}
    for ref in refs:
        place = store.shared / ref
        folders |= {one for one in place.parents if store.shared in one.parents}
    for folder in sorted(folders):
        if folder.is_dir():  # what was there before may lie in a pack
            flush_folder(folder)


def tidy(root: Path) -> None:
    """Let Git pack what lies loose, if it finds that worth it; what it says is nobody's business.

    All that counts is named by a ref, so nothing of it can be lost.
    """
    with closing(Store(root)) as store:
        store.attempt("gc", "--auto", "--quiet")


def flush_folder(folder: Path) -> None:
    """Put on the disk which files a folder names. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows flushes names with their files
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _pack(objects: Sequence[Object]) -> bytes:
    """A pack of whole objects (gitformat-pack, version 2)."""
    parts = [b"PACK", struct.pack(">II", 2, len(objects))]
    for kind, content in objects:
        parts += [_header(KINDS[kind], len(content)), zlib.compress(content)]
    body = b"".join(parts)
    return body + hashlib.sha1(body).digest()  # noqa: S324 - what the format wants


def _header(kind: int, size: int) -> bytes:
    """Kind and size: four bits of it first, then seven at a time, the lowest first."""
    found, rest = [kind << 4 | size & 15], size >> 4
    while rest:
        found[-1] |= 128
        found.append(rest & 127)
        rest >>= 7
    return bytes(found)
