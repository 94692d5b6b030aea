"""The parts of an e-mail (RFC 5322, 2045 to 2047, 2231), however a program bent its headers.

Python's own parser raises for many a header that real mail programs write: here none does.
"""

import quopri
import re
from base64 import b64decode
from collections.abc import Iterator
from email import errors, message_from_bytes
from email.header import decode_header
from email.message import Message
from urllib.parse import unquote_to_bytes

NO_TEXT = b"\xef\xbb\xbf\r\n \t"
"""What may stand before the first header, and means nothing."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins."""
PARAMETER = re.compile(r';\s*([^\s;=]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)')
PIECE = re.compile(r"([^*]+)(?:\*([0-9]{1,3}))?(\*)?")
MESSAGES = ("message/rfc822", "message/global")
QUOTED = "quoted-printable"
UNENDED = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)


class Cut(Exception):
    """The e-mail, or what is in it, ends in the middle."""


class Part(Message):
    """An e-mail or a part of one, whose headers can be read whatever they hold."""

    @property
    def kind(self) -> str:
        """Its MIME type, in small letters."""
        return super().get_content_type()

    def get_content_type(self) -> str:
        """The same for the parser, which must not look into an e-mail that is encoded."""
        wrapped = self.kind in MESSAGES and self._encoding in ("base64", QUOTED)
        return "application/octet-stream" if wrapped else self.kind

    def get_boundary(self, failobj: object = None) -> str | None:  # type: ignore[override]  # noqa: ARG002
        """What stands between its parts, None where nothing says."""
        found = [one for one in _parameters(self.header("content-type"), "boundary") if one]
        return found[-1].rstrip() if found else None

    def header(self, name: str) -> str:
        """The first header called `name`, unfolded; "" where there is none."""
        return next((text for key, text in self.raw_items() if key.lower() == name), "")

    def raw_items(self) -> Iterator[tuple[str, str]]:
        """All headers, each on one line; bytes that are no ASCII as the letters they must be."""
        for key, value in super().raw_items():
            text = decoded(str(value).encode("utf-8", "surrogateescape"), "utf-8")
            yield key, re.sub(r"[\r\n]+", "", text).strip()

    def words(self, name: str) -> str:
        """A header for its reader: encoded words (RFC 2047) decoded."""
        return _unworded(self.header(name))

    @property
    def names(self) -> tuple[str, ...]:
        """What its file is called, by whatever header says so."""
        found = (
            *_parameters(self.header("content-disposition"), "filename"),
            *_parameters(self.header("content-type"), "name"),
        )
        return tuple(dict.fromkeys(name for one in found if (name := _unworded(one).strip())))

    @property
    def body(self) -> bytes:
        """What it holds, decoded. Raises `Cut`."""
        payload: object = self._payload  # type: ignore[attr-defined]  # get_payload() decodes it
        raw = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
        if self._encoding == "base64":
            try:
                return b64decode(b"".join(raw.split()), validate=True)
            except ValueError:
                raise Cut from None
        if self._encoding == QUOTED:
            if re.search(rb"=[0-9A-Fa-f]\s*\Z", raw):
                raise Cut
            return quopri.decodestring(raw)
        return raw

    @property
    def text(self) -> str:
        """What it holds, read as its charset says."""
        charset = _parameters(self.header("content-type"), "charset")
        return decoded(self.body, next(iter(charset), ""))

    @property
    def _encoding(self) -> str:
        found = re.search(r"[\w-]+", self.header("content-transfer-encoding").lower())
        return found[0] if found else ""


def read(content: bytes) -> Part:
    """An e-mail as a program saved it. Raises `Cut`, and RecursionError where it has no bottom."""
    if content.startswith(WIDE):
        content = content.decode("utf-16", "replace").encode()
    whole = content.lstrip(NO_TEXT)
    if not re.search(rb"(\r\n|\r(?!\n)|\n)[\r\n]", whole):
        raise Cut  # in the middle of its headers
    part = message_from_bytes(whole, _class=Part)
    return part if isinstance(part, Part) else Part()


def leaves(message: object, *, inside: bool = False) -> Iterator[Part]:
    """The parts that hold something, also those of e-mails attached. Raises `Cut`.

    A multipart whose own parts cannot be told apart is one too. `inside` another multipart, whose
    end ends it too, it may lack its own.
    """
    if not isinstance(message, Part):
        return
    unended = any(isinstance(one, UNENDED) for one in message.defects)
    if message.kind == "message/partial" or (unended and not inside):
        raise Cut
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            yield from leaves(part, inside=message.kind.startswith("multipart/"))
    elif message.kind in MESSAGES or _ends(message, ".eml"):
        yield from leaves(read(message.body))
    else:
        yield message


def decoded(content: bytes, charset: str) -> str:
    """`content` read by its charset; where that is unknown or wrong, as UTF-8 or as Windows does.

    What is all ASCII is ASCII, whatever it is said to be.
    """
    plain = content.isascii() and b"\x1b" not in content
    for one in ("ascii",) if plain else (charset or "utf-8", "utf-8"):
        try:
            return content.decode(one)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _ends(part: Part, ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in part.names)


def _parameters(header: str, name: str) -> tuple[str, ...]:
    """The values of a header's parameter: that of RFC 2231 first, then the plain one."""
    plain: list[str] = []
    pieces: dict[int, bytes] = {}
    charset = ""
    for key, value in PARAMETER.findall(header):
        found = PIECE.fullmatch(key.lower())
        if not found or found[1] != name:
            continue
        text = re.sub(r'\\(["\\])', r"\1", value.strip('" \t'))
        number, encoded = int(found[2] or 0), bool(found[3])
        if encoded and number == 0 and text.count("'") > 1:
            charset, _, text = text.split("'", 2)
        if encoded or found[2]:
            pieces[number] = unquote_to_bytes(text) if encoded else text.encode()
        else:
            plain.append(text)
    extended = decoded(b"".join(piece for _, piece in sorted(pieces.items())), charset)
    return tuple(one for one in (extended, *plain) if one)


def _unworded(text: str) -> str:
    try:
        found = decode_header(text)
    except (errors.HeaderParseError, ValueError):
        return text
    return "".join(
        one if isinstance(one, str) else decoded(one, charset or "raw-unicode-escape")
        for one, charset in found
    )
