"""Where a form may come from: addresses and Origin headers in the one way in which they compare.

A browser's Origin is scheme, host and port: lower case, the host in ASCII (punycode, RFC 3492),
no port where it is the scheme's own (RFC 6454). An organiser may write it in other ways.
"""

import unicodedata
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from docket.domain.spelling import UNSEEN
from docket.text.errors import CommandError

PORTS = {"http": 80, "https": 443}
DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")


def origin_of(address: str) -> str:
    """The origin of a site's address. Raises `CommandError` where it has more than an origin."""
    found = _parts(address.strip())
    if found is None:
        raise CommandError("errors.serve.address", address=address)
    if "@" in found.netloc or found.path.strip("/") or found.query or found.fragment:
        raise CommandError("errors.serve.more", address=address, origin=_written(found))
    return _written(found)


def is_one(origin: str, known: Iterable[str]) -> bool:
    """Whether an Origin header names one of the `known` origins, however they are written."""
    asked = _parts(origin)
    if asked is None or asked.path or asked.query or asked.fragment or "@" in asked.netloc:
        return False
    return any(one and _written(one) == _written(asked) for one in map(_parts, known))


def _parts(text: str) -> SplitResult | None:
    """What an address is made of; None where it has no scheme of the web, or no host."""
    try:
        found = urlsplit(text)
        whole = found.scheme in PORTS and found.port != 0 and set(_host(found)) <= HOST | {":"}
    except (ValueError, UnicodeError):
        return None
    return found if whole and _host(found) and text.isprintable() and " " not in text else None


def _written(found: SplitResult) -> str:
    host, port = _host(found), found.port
    host = f"[{host}]" if ":" in host else host
    return f"{found.scheme}://{host}" + (f":{port}" if port and port != PORTS[found.scheme] else "")


def _host(found: SplitResult) -> str:
    """The host as browsers send it. Raises ValueError, UnicodeError."""
    host = (found.hostname or "").translate(DOTS)
    if ":" in host:
        return str(IPv6Address(host))
    host = UNSEEN.sub("", unicodedata.normalize("NFKC", host)).lower().removesuffix(".")
    labels = [
        one if one.isascii() else f"xn--{one.encode('punycode').decode()}"
        for one in host.split(".")
    ]
    if not all(labels) or any(len(one) > 63 for one in labels):  # noqa: PLR2004 - RFC 1035
        raise ValueError(host)
    return str(ip_address(host)) if host.replace(".", "").isdigit() else ".".join(labels)
