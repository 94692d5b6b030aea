"""E-mails as programs and people make them: one good file is found, or the reader is told."""

import quopri
from base64 import b64encode
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.acts.mail import MOST, Mail, NoAttachment, read
from support.mail import message
from support.randers import TEXT

FILE = TEXT.encode()
BASE64 = b64encode(FILE).decode()
OCTETS = "Content-Type: application/octet-stream"
NAMED = 'Content-Disposition: attachment; filename="randers.yml"'
ENCODED = "Content-Transfer-Encoding: base64"
QUOTED = "Content-Transfer-Encoding: quoted-printable"
RFC822 = "Content-Type: message/rfc822"


def part(*headers: str, body: str = BASE64) -> str:
    """A part of an e-mail."""
    return "\n".join([*headers, "", body])


def mixed(*parts: str, head: str = 'Content-Type: multipart/mixed; boundary="B"') -> str:
    """An e-mail of several parts below a text, as programs write one."""
    words = part("Content-Type: text/plain; charset=utf-8", body="Hej\n")
    body = "".join(f"--B\n{one}\n" for one in (words, *parts))
    return f"From: a@kommune.example\nMIME-Version: 1.0\n{head}\n\n{body}--B--\n"


def found(text: str | bytes) -> bytes:
    """The file in an e-mail."""
    file = read(text if isinstance(text, bytes) else text.encode()).file
    assert isinstance(file, bytes), file
    return file


def refused(text: str | bytes) -> str:
    """What is said of an e-mail without one."""
    content = text if isinstance(text, bytes) else text.encode()
    try:
        file = read(content).file
    except NoAttachment as error:
        file = error
    assert isinstance(file, NoAttachment)
    return file.kind


GOOD = mixed(part(OCTETS, NAMED, ENCODED))
FORWARDED = GOOD.replace('"B"', '"I"').replace("--B", "--I")
INNER, INNER_WIDE = (b64encode(FORWARDED.encode(one)).decode() for one in ("utf-8", "utf-16"))
FILED = part(NAMED, ENCODED)


@pytest.mark.parametrize(
    "headers",
    [
        (f"{OCTETS}; name*", NAMED),
        (f"{OCTETS}; name*0*; name*1*=x", NAMED),
        (f'{OCTETS}; name="randers.yml"', "Content-Disposition: attachment; filename*0*"),
        (f'{OCTETS}; name="randers.yml"', "Content-Disposition: attachment; filename*=utf-8''"),
        (OCTETS, "Content-Disposition: attachment; filename*=utf-16'da'randers%2Eyml"),
        (OCTETS, "Content-Disposition: attachment; filename*=utf-16''randers%2Eym%6C"),
        (OCTETS, "Content-Disposition: attachment; filename*=x-unknown'da'h%F8je.yml"),
        (OCTETS, "Content-Disposition: attachment; filename*=hex''randers.yml"),
        (OCTETS, "Content-Disposition: attachment; filename*=randers.yml"),
        (OCTETS, "Content-Disposition: attachment; filename*0=rand; filename*1*=ers%2Eyml"),
        (OCTETS, "Content-Disposition: attachment; filename*1=.yml; filename*0=randers"),
        (OCTETS, "Content-Disposition: attachment; filename=randers kommune.yml"),
        (OCTETS, "Content-Disposition: attachment; filename=randers (1).yml; size=20"),
        (OCTETS, 'Content-Disposition: attachment; filename="randers.yml'),
        (OCTETS, r'Content-Disposition: attachment; filename="C:\tmp\randers.yml"'),
        (OCTETS, 'Content-Disposition: attachment;\n filename="randers.yml"'),
        (OCTETS, 'Content-Disposition: attachment; filename="randers.YML "'),
        (OCTETS, 'Content-Disposition: attachment; filename="randers.yml.txt"'),
        (OCTETS, 'Content-Disposition: attachment; filename="=?utf-8?b?cmFuZGVycy55bWw=?="'),
        (OCTETS, 'Content-Disposition: attachment; filename="=?x-y?q?randers=2Eyml?="'),
        (f'{OCTETS}; name="=?utf-8?b?====?="', NAMED),
        (f"{OCTETS}; =; ;;name", NAMED),
        ("Content-Type: ", NAMED),
        ("Content-Type: ;;;", NAMED),
        (NAMED,),
        ("Content-Type: application/yaml",),
        ("Content-Type: text/plain; charset*", NAMED),
        ("Content-Type: text/plain; charset=\x00", NAMED),
        (OCTETS, "Content-Disposition: attachment; filename=høje.yml"),
    ],
)
def test_bent_parameters(headers: tuple[str, ...]) -> None:
    """However the headers are bent, the name in one of them is found (RFC 2047, 2231)."""
    assert found(mixed(part(*headers, ENCODED))) == FILE


@pytest.mark.parametrize(
    "how", ["base64 ", "base64;", '"base64"', "BASE64", "'base64' ", "base64 (RFC 2045)", " Base64"]
)
def test_bent_encoding(how: str) -> None:
    """However the encoding is written, what it means is done."""
    assert found(mixed(part(OCTETS, NAMED, f"Content-Transfer-Encoding: {how}"))) == FILE


def _quoted(text: str) -> str:
    return quopri.encodestring(text.encode()).decode()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GOOD,
        "\n\n" + GOOD,
        "From kommune@example Sat Mar  1 10:00:00 2031\n" + GOOD,
        "\ufeff\r\n" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.encode("utf-16"),
        GOOD.rstrip(),
        GOOD + "\nen fodnote fra en liste\n",
        GOOD.replace("multipart/mixed", "Multipart/MIXED"),
        GOOD.replace('boundary="B"', "boundary=B; boundary*"),
        GOOD.replace('boundary="B"', "BOUNDARY = B"),
        GOOD.replace("From: ", "Subject: =?x?b?=?=\nFrom: Sø <"),
        mixed(part(RFC822, body=FORWARDED)),
        mixed(part(RFC822, ENCODED, body=INNER)),
        mixed(part(RFC822.upper(), "Content-Transfer-Encoding: BASE64 ", body=INNER)),
        mixed(part(f"{RFC822}; name*", QUOTED, body=_quoted(FORWARDED))),
        mixed(part(f'{OCTETS}; name="vs.eml"', ENCODED, body=INNER)),
        mixed(part(f'{OCTETS}; name="vs.eml"', ENCODED, body=INNER_WIDE)),
        mixed(part("Content-Type: message/global", body=FORWARDED)),
        mixed(part("Content-Type: multipart/mixed; boundary=I", body=f"--I\n{FILED}")),
        mixed(part("Content-Type: multipart/digest; boundary=D", body=f"--D\n\n{FORWARDED}--D--")),
        mixed(part("Content-Type: image/png; name=a.png", ENCODED, body="====A"), FILED),
        mixed(part(NAMED, "Content-Transfer-Encoding: 8bit", body=TEXT)),
        f"From: a@b\n{NAMED}\n{ENCODED}\n\n{BASE64}\n",
    ],
)
def test_bent_mail(content: str | bytes) -> None:
    """What stands before, around and after the parts takes no good file away."""
    assert found(content).splitlines() == FILE.splitlines()


def test_quoted_printable() -> None:
    """A last soft line break is how some programs end a text without one (Perl's MIME)."""
    assert found(mixed(part(NAMED, QUOTED, body=_quoted(TEXT.rstrip()) + "="))) == FILE.rstrip()
    assert refused(mixed(part(NAMED, QUOTED, body=_quoted(TEXT.rstrip()) + "=C"))) == "cut"


def test_mac() -> None:
    """A Mac sends what it knows of a file beside it, under the same name."""
    fork = part(
        "Content-Type: application/applefile; name=randers.yml", ENCODED, body="AAUWBwACAAA="
    )
    body = f"--I\n{fork}\n--I\n{part(NAMED, ENCODED)}\n--I--"
    both = part("Content-Type: multipart/appledouble; boundary=I", body=body)
    assert found(mixed(both)) == FILE


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1", "windows-1252"])
def test_text_is_letters(charset: str) -> None:
    """A text is what its charset says; another file is its bytes, whatever they are."""
    text = TEXT.replace("Sekretariatet", "Børn og Unge")
    body = b64encode(text.encode(charset)).decode()
    kind = f"Content-Type: text/plain; charset={charset}"
    assert found(mixed(part(kind, NAMED, ENCODED, body=body))).decode() == text
    assert found(mixed(part(OCTETS, NAMED, ENCODED, body=body))) == text.encode(charset)


WHOLE = GOOD.encode()


@given(st.integers(0, 900), st.integers(0, 30), st.binary(max_size=8))
def test_whatever_came(at: int, gone: int, instead: bytes) -> None:
    """Whatever the bytes, there is an answer, and never an error of Python's."""
    for content in (WHOLE, mixed(part(RFC822, ENCODED, body=INNER)).encode()):
        place = at % len(content)
        with suppress(NoAttachment):
            read(content[:place] + instead + content[place + gone :])


PLACES = [
    pytest.param(WHOLE[: WHOLE.index(sign) + 2], id=name)
    for name, sign in {
        "in its headers": b"MIME",
        "before its parts": b"--B\n",
        "in its words": b"Hej",
        "in a part's headers": b"filename",
        "in the file": BASE64[80:].encode(),
        "in its last line": b"--B--",
    }.items()
]


@pytest.mark.parametrize("content", [*PLACES, pytest.param(b"", id="empty")])
def test_cut(content: bytes) -> None:
    """What ends in the middle is no submission, wherever that is, also inside another e-mail."""
    assert refused(content) == "cut"
    assert refused(content.replace(b"\n", b"\r\n")) == "cut"
    inner = b64encode(content).decode()
    assert refused(mixed(part(RFC822, ENCODED, body=inner))) == "cut"


@pytest.mark.parametrize(
    "body", [BASE64[:-5], BASE64[:81], BASE64[:80] + "=" + BASE64[80:], BASE64[:40] + "\n--\nliste"]
)
def test_cut_in_the_file(body: str) -> None:
    """An attached file that is not whole is none, though the e-mail around it is."""
    assert refused(mixed(part(NAMED, ENCODED, body=body))) == "cut"
    assert refused(f"From: a@b\n{NAMED}\n{ENCODED}\n\n{body}\n") == "cut"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (GOOD.replace('; boundary="B"', ""), "broken"),
        (GOOD.replace('boundary="B"', "boundary*"), "broken"),
        (GOOD.replace("multipart/mixed", "message/partial; number=1; total=3"), "cut"),
        (GOOD.encode() + b"x" * MOST, "large"),
        (mixed(part("Content-Type: application/ms-tnef", ENCODED)), "outlook"),
        (mixed(part(f'{OCTETS}; name="WINMAIL.DAT"', ENCODED)), "outlook"),
        (mixed(part(f'{OCTETS}; name="smime.p7m"', ENCODED)), "sealed"),
        (mixed(part(f'{OCTETS}; name="randers.docx"', ENCODED)), "others"),
        (mixed(), "none"),
        ("Til jer\n\nIngen hoveder her.\n", "none"),
    ],
)
def test_refused(content: str | bytes, kind: str) -> None:
    """Where there is no file to take, the reason is the true one."""
    assert refused(content) == kind


def _letter(*headers: str, body: str = "Hej\n") -> Mail:
    return read("\n".join([*headers, "", body]).encode())


def test_time_of_the_last_server() -> None:
    """The topmost trace counts: those below it are of servers that are not the organiser's."""
    trace = "Received: from mail.kommune.example (x; by y) by {} with ESMTPS id 1\n for <a@b>; {}"
    ours = trace.format("mx.kl.example", "Mon, 3 Mar 2031 10:00:05 +0100 (CET)")
    theirs = trace.format("mail.kommune.example", "Mon, 3 Mar 2031 09:00:00 +0000")
    letter = _letter("Return-Path: <x@y>", ours, theirs, "Message-ID: <1@kommune.example>")
    assert letter.received == datetime(2031, 3, 3, 9, 0, 5, tzinfo=UTC)
    assert (letter.server, letter.reference) == ("mx.kl.example", "<1@kommune.example>")


@pytest.mark.parametrize(
    "header",
    [
        "Received: by mx.kl.example",
        "Received: by mx.kl.example; i morgen",
        "Received: by mx.kl.example; Mon, 33 Mar 2031 10:00:05 +0100",
        "Received: by mx.kl.example; Mon, 3 Mar 2031 10:00:05 +9999",
        "Received: ;",
    ],
)
def test_no_time(header: str) -> None:
    """What is no time is none, the sender's own date is no evidence, nor another's server's."""
    letter = _letter(header, "Received: by mail.kommune.example; Mon, 3 Mar 2031 09:00:00 +0000")
    assert letter.received is None
    assert _letter("Date: Mon, 3 Mar 2031 10:00:05 +0100").received is None


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        (["Content-Type: text/plain; charset=iso-8859-1"], "Byr\udce5det", "Byrådet"),
        (["Content-Type: text/plain; charset=x-y"], "Byrådet", "Byrådet"),
        ([], "a\x1b[2Jb\r\u202ec\n\n\n\nd", "a\ufffd[2Jb\n\ufffdc\n\nd"),
        (["Content-Type: text/html"], "<style>p{}</style><p>Vi &amp; I</p><p>ja", "Vi & I\nja"),
        (["Content-Type: text/html"], "<![x <script>1</script><p", "<![x\n<p"),
    ],
)
def test_words_are_shown(headers: list[str], body: str, said: str) -> None:
    """The sender's words are shown in letters, and nothing of them moves a terminal's cursor."""
    content = "\n".join([*headers, "", body]).encode("utf-8", "surrogateescape")
    content = b"From: x\n" + content
    assert read(content).text == said


def test_who_wrote_what() -> None:
    """Encoded words of the headers are read (RFC 2047)."""
    mail = message()
    mail.replace_header("Subject", "Høje-Taastrup vil gerne")
    mail.replace_header("From", "Børn og Unge <a@kommune.example>")
    letter = read(bytes(mail))
    assert (letter.sender, letter.subject) == (
        "Børn og Unge <a@kommune.example>",
        "Høje-Taastrup vil gerne",
    )
    assert letter.text == "Hermed vores tilkendegivelse."
