"""Paths for readers: a name may hold any byte, and none of it may do harm."""


def show_path(path: str) -> str:
    """A path as Git quotes it where it has characters that do not print."""
    if path.isprintable() and not set(path) & set('"\\'):
        return path
    return '"' + "".join(_quoted(char) for char in path) + '"'


def printable(path: str) -> str:
    """A path whose bytes are no UTF-8 has no place in JSON: the odd ones become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _quoted(char: str) -> str:
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if char in named or char.isprintable():
        return named.get(char, char)
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


class Unreadable(Exception):
    """What lies at a path is no file of ours: a link, folder, special, large or denied one."""

    def __init__(self, kind: str) -> None:
        """Keep the kind."""
        super().__init__(kind)
        self.kind = kind
