"""What anybody else wrote, on a terminal or in a file: it harms no program that reads it."""


def one_line(text: str) -> str:
    """`text` on one line, as it prints: nothing of it moves a terminal's cursor."""
    return visible(" ".join(text.split()))


def visible(line: str) -> str:
    """A line with its spaces, and a sign in the place of what does not print."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


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
