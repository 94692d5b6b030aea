"""Form and check agree: what the form lets through is right, and both refuse in the same words."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import strategies as st
from playwright.sync_api import Page

from docket.form import answers
from docket.loading import validation, yamlfile
from docket.loading.formats import FORMATS
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.server.origins import origin_of
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.l10n import months, weekdays
from support.examples import examples
from support.worlds import ROOT, docket_of

pytestmark = pytest.mark.browser
MANY = 1000
TODAY = date(2031, 3, 1)
SCRIPT = """async ([forms, data]) => {
  const [values, rules, file] = await Promise.all(
    ["values", "check", "file"].map((name) => import(`/assets/form/${name}.js`)));
  data.at = "2031-03-01T12:00:00+01:00";
  return forms.map(({ fields, areas }) => {
    const found = values.gather(fields, areas, data);
    const errors = rules.check(found, data, "9999-12-31");
    return [found, Object.fromEntries(errors.map((one) => [one.pointer, one.message])),
      file.write(found, data)];
  });
}"""
RIGHT = {
    "/municipality": [
        "Aarhus",
        "århus",
        "0751",
        "751",
        "Høje Tåstrup",
        "Bornholms Regionskommune",
        "Tårnby",
        "Høje‑Taastrup\xa0Kommune",
        "ＡＡＲＨＵＳ",
        "Aar\xadhus",
    ],
    "/contact/name": [
        "Sekretariatet",
        "Æ \"x\" 'y' # : -",
        " to mellemrum ",
        "x" * 200,
        "a\tb",
        "A\u00a0B\u2011C – D\u00ad",
    ],
    "/contact/title": ["", "Chef"],
    "/contact/email": [
        "post@kommune.example",
        "a+b@å.example",
        "po\u00adst@kommune\u2011a.example\u00a0",
    ],
    "/contact/phone": [
        "",
        "12345678",
        "12 34 56 78",
        "+45 12345678",
        "0045 12.34.56.78",
        "(+45) 8940 2000",
        "89\xa040\u202f20‑00",
        "+45 (0) 12 - 34 56 78",
        "１２３４５６７８",
        "020 7946 0958",
        "08-123 456 78",
        "(030) 1234567",
        "030/1234567",
    ],
    "/approval/status": ["pending", "approved", "rejected"],
    "/approval/body": ["", "Byrådet", "e\u0301 👩\u200d👧 \u200b"],
    "/approval/date": [
        "",
        "2031-02-20",
        "20-2-2031",
        "20. februar 2031",
        "3 Feb 2031",
        "29/2/2032",
        "31.8.26",
        "d. 3. september",
        "Onsdag den 3. sept. 2031.",
        "3rd September, 2031",
        "24\u201112\u20112030",
        "2031\u201302\u201320",
        "1.\u00a0feb.",
    ],
    "/approval/minutes": ["", "https://kommune.example/a?b=c&d=æ#e"],
    "/motivation": ["", "En linje", "To\r\nlinjer\n\n # nej: ja\ttab \\ %", "æ" * 2000, "  \n "],
}
WRONG = [
    "x",
    "x" * 201,
    "æ" * 2001,
    "a@b",
    "@",
    "1234",
    "30-2-2031",
    "31. foobar 2031",
    "0000-01-01",
]
WRONG += [
    "http://x.example",
    "Arhus",
    "Kobenhavn kommune",
    "Brøndeslev",
    "Fåborg",
    "borg",
    "0999",
    "31. 2.",
    "29. februar",
    "0. 0. 2031",
    "3/13",
    "https://x",
    "Kardemomme",
    "yes",
    "~",
    "\u202e\u0007",
    "a\u00a0b",
    "<b>&amp;",
]
AREAS = ["folkeskole", "dagtilbud", "aeldre", ""]


# Surrogates, which no UTF-8 can write, are named: to derive them from the codec takes seconds.
TEXTS = st.text(st.characters(exclude_categories=["Cn", "Co", "Cs"]), max_size=30)
ODD = st.sampled_from(WRONG) | TEXTS
FIELDS = st.fixed_dictionaries({one: st.sampled_from(known) for one, known in RIGHT.items()})
SOME = st.dictionaries(st.sampled_from([*RIGHT.keys() - {"/approval/status"}]), ODD, max_size=2)
FORMS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda right, odd, areas: {"fields": right | odd, "areas": areas},
    FIELDS,
    SOME,
    st.lists(st.sampled_from(AREAS), min_size=1, max_size=2),
)
"""Forms with right answers, and up to two that may be anything."""


@cache
def _many() -> list[dict[str, Any]]:
    return examples(FORMS, MANY)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_form_and_check_agree(page: Page, address: str, register: Path, lang: str) -> None:
    """Thousands of forms: the same values, the same file, the same refusals in the same words."""
    prefix = "" if lang == "da" else "en/"
    page.goto(f"{address}/{prefix}meld-interesse/2031-skole/")
    data = page.evaluate("JSON.parse(document.getElementById('docket-data').textContent)")
    schemas = load_schemas(Folder(ROOT))
    setting = Setting(docket_of(register), schemas)
    forms = _many()
    typing = answers.Typing(setting.docket.register, schemas.asked, lang, TODAY)
    found = page.evaluate(SCRIPT.replace("/assets", f"/{prefix}assets"), [forms, data])
    for sent, (values, errors, file) in zip(forms, found, strict=True):
        mine = typing.gather(sent["fields"], sent["areas"])
        assert values == mine, sent
        assert file == answers.write(schemas.asked, mine), sent
        document = yamlfile.read("submissions/2031-skole/x.yml", file.encode())
        findings = (*document.findings, *validation.check(schemas, "submission.json", document))
        assert formpages.wrong(setting, findings, lang) == errors, (sent, file)
    right = sum(not errors for _, errors, _ in found)
    assert MANY / 20 < right < MANY
    assert tuple(data["fields"]) == schemas.asked.pointers


def test_dates_in_other_languages(page: Page, address: str, register: Path) -> None:
    """The names of months and days are the register's, in the form as in the check."""
    page.goto(f"{address}/meld-interesse/2031-skole/")
    data = page.evaluate("JSON.parse(document.getElementById('docket-data').textContent)")
    languages = ("de", "sv")
    data |= {"months": [one for lang in languages for one in months(lang)]}
    data |= {"weekdays": [one for lang in languages for one in weekdays(lang)]}
    texts = [
        "Mittwoch, den 3. März 2032",
        "tors 7 maj",
        "Do. 4. Sept. 2031",
        "3 August",
        "mandag 3. maj",
    ]
    texts += ["inden 3. maj", "d. 3. oktober", "der 3. Okt", "3. Oktobre", "le 3 mai", "29/2"]
    forms: list[dict[str, Any]] = [
        {"fields": {"/approval/date": one}, "areas": []} for one in texts
    ]
    asked = load_schemas(Folder(ROOT)).asked
    typing = answers.Typing(docket_of(register).register, asked, "da", TODAY, languages)
    found = [one.get("/approval/date") for one, _, _ in page.evaluate(SCRIPT, [forms, data])]
    assert found == [typing.gather(one["fields"], [])["/approval/date"] for one in forms]
    assert found[:4] == ["2032-03-03", "2031-05-07", "2031-09-04", "2031-08-03"]
    assert found[4:6] == texts[4:6]


def test_zones_and_hosts_are_the_browsers(page: Page) -> None:
    """A zone that the check takes is one that a browser knows; an address is what it sends."""
    zones = [one for one in available_timezones() if FORMATS["zone"](one)]
    known = """(all) => all.filter((timeZone) => {
      try { return new Intl.DateTimeFormat("da", { timeZone }); } catch { return false; }
    })"""
    assert len(zones) > 400
    assert page.evaluate(known, zones) == zones
    hosts = [
        "Ærø-kald.Example:443",
        "straße.example",
        "a\u030aben.example",
        "[0:0::1]:8443",
        "ﬁn.dk",
    ]
    for host in hosts:
        sent = page.evaluate("(address) => new URL(address).origin", f"https://{host}")
        assert origin_of(f"https://{host}") == sent
