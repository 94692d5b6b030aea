"""A round in which every answer is an attack, each in every field that is text."""

import json
from pathlib import Path

from support.crowd import names

ROUND = "2031-ord"
TEXTS = {
    "script": "<script>alert('script')</script>",
    "closed": "</p></article></main></script><script>alert('closed')</script>",
    "image": '<img src="https://evil.example/image.png" onerror="alert(1)">',
    "drawing": "<svg/onload=alert('drawing')><animate onbegin=alert(1) attributeName=x>",
    "attribute": "\" onmouseover=\"alert('attribute')\" autofocus onfocus='alert(1)' x=\"",
    "frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe><base href="//evil.example/">',
    "style": "<style>*{display:none}</style><b style='background:url(//evil.example/style)'>x</b>",
    "form": '<form action="https://evil.example/"><button formaction="javascript:alert(1)">',
    "comment": "<!-- begynder en kommentar, der aldrig slutter",
    "part": "før <!-- /docket:form --> midt <!-- docket:form --> efter",
    "cdata": "]]></summary></entry><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt; &amp;#60;b&amp;#62; &nbsp;&bogus;",
    "link": "[klik](javascript:alert%28%29) <javascript:alert(1)> [x]: javascript:alert(1)",
    "picture": "![billede](https://evil.example/picture.png){ onload=alert(1) .x #y style=x }",
    "heading": "# Overskrift {#h1} *kursiv* **fed** `kode` ~~streg~~ | tabel | ==mark==",
    "fence": '``` { .html onload=alert(1) } ~~~ !!! note "x" : : : <div markdown>',
    "jinja": "{{ 7 * 191 }} {% for x in config %}{{ x }}{% endfor %} {# væk #} ${7*191}",
    "snippet": '--8<-- "mkdocs.yml" ;--8<-- "../../mkdocs.yml"',
    "formula": '=HYPERLINK("https://evil.example/";"klik")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "joiner": "👩\u200d👧 og 👩🏽\u200d🚒 er ét tegn hver, også i §12, »æøå« og 日本語",
    "address": "https://evil.example/?a=1&b=2 www.evil.example post@evil.example",
    "dollar": "$& $1 \\1 \\g<0> {n} %s %(a)s {0} \\u003cscript\\u003e",
}
REFUSED = {
    "bidi": "tekst \u202egnihton\u202c",
    "control": "tekst \u001b[31m \u0007",
    "nul": "tekst \u0000 mere",
}
"""Written with escapes: plain files that hold what no file may."""
HEAD = """title: {da: Runde med onde ord (opdigtet), en: Round of evil words (invented)}
seats: {folkeskole: 2}
opens: 2031-01-01
deadline: 2031-06-30
receiver: {name: Sekretariatet, email: post@arrangoer.example}
decides: {da: udvalget, en: the committee}
"""
OTHERS = frozenset(
    "aarhus fanoe hoeje-taastrup ishoej laesoe odder odense randers samsoe skive struer toender"
    " viborg".split()
)
"""Who answers elsewhere in the tests."""


def attackers() -> dict[str, str]:
    """Which municipality writes what: slug to text."""
    free = [name for name in names() if name not in OTHERS]
    return dict(zip(free, TEXTS.values(), strict=False))


def attack(folder: Path) -> None:
    """Put the round into the register in `folder`, its refused files with it."""
    place = folder / "submissions" / ROUND
    place.mkdir(parents=True)
    (place / "round.yml").write_text(HEAD, encoding="utf-8")
    for slug, text in attackers().items():
        (place / f"{slug}.yml").write_text(_answer(slug, text, "folkeskole"), encoding="utf-8")
    free = [name for name in names() if name not in OTHERS | attackers().keys()]
    for slug, text in zip(free, REFUSED.values(), strict=False):
        (place / f"{slug}.yml").write_text(_answer(slug, text, "folkeskole"), encoding="utf-8")
    (place / "<img src=x onerror=alert(1)>.yml").write_text("a: 1\n", encoding="utf-8")
    wrong = (
        _answer(free[-1], TEXTS["script"], TEXTS["closed"]) + f"{json.dumps(TEXTS['image'])}: 1\n"
    )
    (place / f"{free[-1]}.yml").write_text(wrong, encoding="utf-8")


def _answer(slug: str, text: str, area: str) -> str:
    """JSON is YAML: each text between quotes, as the form would write it."""
    told = json.dumps(text, ensure_ascii=not text.isprintable() and "\u200d" not in text)
    return (
        f"municipality: {slug}\nareas: [{json.dumps(area)}]\n"
        f"contact: {{name: {told}, title: {told}, email: post@kommune.example}}\n"
        f"approval: {{status: approved, date: 2031-02-20, body: {told}}}\n"
        f"motivation: {told}\n"
    )
