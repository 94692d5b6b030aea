"""The Content-Security-Policy of the built pages: a meta element, for a host without headers."""

import base64
import hashlib
import re
from collections.abc import Iterator

RULES = (
    "default-src 'none'",
    "script-src {scripts}",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's icons are data: addresses in its style sheet
    "connect-src 'self'",
    "worker-src 'self'",  # the search
    "form-action 'self'",
    "base-uri 'none'",
)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ADDRESS = re.compile(r'(?<=new URL\(")[^"<]*(?=",location\))')
"""In the theme's first script: the way to the root, different at every depth."""


def own(page: str) -> frozenset[str]:
    """The inline scripts of a page that has nothing but the theme on it, to know them again."""
    return frozenset(ADDRESS.sub("", one) for one in INLINE.findall(page))


def guarded(page: str, known: frozenset[str]) -> str:
    """`page` under a policy that allows its files, and of its inline scripts only `known` ones.

    A script that comes from anywhere else gets no hash, so it does not run.
    """
    scripts = " ".join(("'self'", *dict.fromkeys(_hashes(page, known))))
    rules = "; ".join(RULES).format(scripts=scripts)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return page.replace("<head>", f"<head>{meta}", 1)


def _hashes(page: str, known: frozenset[str]) -> Iterator[str]:
    for text in INLINE.findall(page):
        if ADDRESS.sub("", text) in known:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            yield f"'sha256-{digest}'"
