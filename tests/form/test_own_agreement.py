"""Form and check agree on whatever a register may ask: the schemas are made up, good and bad."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from playwright.sync_api import Page

from docket.form import answers, script
from docket.loading import schemas, validation, yamlfile
from docket.loading.schemas import Schemas
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from support.examples import examples
from support.own import FIELDS
from support.worlds import ROOT, docket_of

pytestmark = pytest.mark.browser
MANY, EACH = 80, 8
TODAY = date(2031, 3, 1)
SCRIPT = """async (batches) => {
  const [values, rules, file] = await Promise.all(
    ["values", "check", "file"].map((name) => import(`/assets/form/${name}.js`)));
  return batches.map(({ data, forms }) => forms.map((fields) => {
    data.at = "2031-03-01T12:00:00+01:00";
    const found = values.gather(fields, ["folkeskole"], data);
    const errors = rules.check(found, data, "9999-12-31");
    const text = file.write(found, data);
    return [found, Object.fromEntries(errors.map((one) => [one.pointer, one.message])), text,
      file.read(text)];
  }));
}"""
GIVEN = {
    "/municipality": "randers",
    "/contact/name": "Sekretariatet",
    "/contact/email": "post@kommune.example",
    "/approval/status": "pending",
}
WORDS = ["ja-tak", "nej", "yes", "Måske", "2031", "a b", "true", "foraar", "forår", "A+", "no", "~"]
NUMBERS = ["0", "-0", "1", "007", "4,5", "4.5", "1.250", "1,250", "1.250,50", "1 250", "12,125"]
NUMBERS += ["1250000", "1.250.000", "-3", "−3", "0,1", "1e3", "½", "1234567890123456", "12.3.4"]
NUMBERS += [
    "0,0000001",
    "123456789,123456789",
    "999999999999999",
    "1_000",
    "12:30",
    ".5",
    "5.",
    "+5",
]
TEXTS = ["x", "x" * 10, "x" * 11, "abc", "abc1", "to\r\nlinjer ", " # nej: ja", "\u202e", "e\u0301"]
TEXTS += [
    "https://a.example/b",
    "http://a.example",
    "31/8",
    "2031-02-30",
    "3. marts",
    "“a”",
    "kr. 5",
]
TEXTS += [
    "12345678",
    "12 34 56 78",
    "123",
    "yes",
    "null",
    "a" * 90 + "\u0007",
    "👩\u200d👧",
    "a@b.dk",
]
ANY = st.sampled_from([*WORDS, *NUMBERS, *TEXTS, "true", "ja", "NEJ", "Yes", "forar", "ja tak", ""])


def _maybe(**rules: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=rules)


@st.composite
def _turned(draw: st.DrawFn, fields: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A schema whose words stand in any order: the first that is broken is told."""
    found = draw(fields)
    return {key: found[key] for key in draw(st.permutations([*found]))}


_enum = st.lists(st.sampled_from(WORDS), min_size=2, max_size=10, unique=True)
_terms = st.dictionaries(
    st.sampled_from(WORDS),
    st.fixed_dictionaries({"da": st.sampled_from(WORDS), "en": st.sampled_from(WORDS)}),
    max_size=3,
)
_choice = st.fixed_dictionaries({"enum": _enum}, optional={"x-terms": _terms})
_text = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "maxLength": st.sampled_from([3, 10, 300]),
        "pattern": st.sampled_from(["^[a-z]+$", "[0-9]", "^.{2,4}$", r"^\S+$"]),
        "format": st.sampled_from(["uri", "date", "email", "phone"]),
        "x-long": st.booleans(),
        "x-pattern": st.just({"da": "skriv abc", "en": "write abc"}),
    },
)
_number = st.fixed_dictionaries(
    {"type": st.sampled_from(["number", "integer"])},
    optional={
        "minimum": st.sampled_from([0, 1, -2.5, 1250, 0.0001]),
        "maximum": st.sampled_from([3, 4.25, 1250.5, 1000000]),
    },
)
_list = st.fixed_dictionaries(
    {
        "type": st.just("array"),
        "items": _turned(_choice),
        "minItems": st.sampled_from([1, 1, 2]),
    },
    optional={"maxItems": st.sampled_from([1, 2]), "uniqueItems": st.booleans()},
)
_field = st.one_of(
    _turned(_text),
    _turned(_number),
    _turned(_choice),
    _turned(_list),
    _turned(_list),
    st.just({"type": "boolean"}),
    st.just({"$ref": "text.json#/$defs/line"}),
    st.sampled_from([*FIELDS.values()]),
)
_named = st.tuples(
    _field,
    _maybe(
        title=st.sampled_from(["Antal: ja?", "Æ »ø«"]),
        description=st.just("Hjælp."),
        **{
            "x-en": st.just({"title": "How many?"}),
            "x-ask": st.just({"da": "Skriv nu", "en": "Write now"}),
            "x-published": st.booleans(),
        },
    ),
).map(lambda both: both[0] | both[1])


@st.composite
def _registers(draw: st.DrawFn) -> tuple[dict[str, Any], list[str], list[dict[str, str]]]:
    """Fields of a register's own, which of them are required, and forms that were filled in."""
    keys = ["date", "email", "a-b_C9", "areas2", "name"]
    fields = draw(st.dictionaries(st.sampled_from(keys), _named, min_size=3, max_size=5))
    required = draw(st.lists(st.sampled_from([*fields]), unique=True))
    forms = []
    for _ in range(EACH):
        form = dict(GIVEN)
        for key, schema in fields.items():
            words = schema.get("enum", ["true", "false"])
            likely = st.sampled_from(words) | ANY
            if schema.get("type") == "array":
                known = st.sampled_from(schema["items"]["enum"])
                chosen = st.one_of(
                    *(st.lists(known, min_size=size, max_size=size) for size in (0, 1, 2)),
                    st.lists(known | ANY, min_size=1, max_size=3),
                )
                form |= {f"/{key}/{2 * at}": text for at, text in enumerate(draw(chosen))}
            elif schema.get("type") in ("number", "integer"):
                form[f"/{key}"] = draw(st.sampled_from(NUMBERS) | ANY)
            else:
                form[f"/{key}"] = draw(likely)
        forms.append(form)
    return fields, required, forms


@cache
def _many() -> list[tuple[dict[str, Any], list[str], list[dict[str, str]]]]:
    return examples(_registers(), MANY)


def _schemas(files: Mapping[str, bytes], fields: Mapping[str, Any], required: list[str]) -> Schemas:
    schema = json.loads(files["submission.json"])
    schema["properties"] |= fields
    schema["required"] += required
    return schemas.load({**files, "submission.json": json.dumps(schema).encode()})


@pytest.mark.parametrize("lang", ["da", "en"])
def test_whatever_is_asked(page: Page, address: str, register: Path, lang: str) -> None:
    """Made-up questions: the same values and file, and the same refusals in the same words."""
    page.goto(f"{address}/meld-interesse/2031-skole/")
    files = {one.name: one.read_bytes() for one in (ROOT / "schema").glob("*.json")}
    docket = docket_of(register)
    worlds, batches = [], []
    for fields, required, forms in _many():
        shapes = _schemas(files, fields, required)
        world = docket._replace(organiser=docket.organiser._replace(asked=shapes.asked))
        worlds.append((world, shapes, forms))
        data = script.data(world, shapes, world.rounds["2031-skole"], lang)
        batches.append({"data": data, "forms": forms})
    right, wrong = 0, set()
    for (world, shapes, forms), batch in zip(worlds, page.evaluate(SCRIPT, batches), strict=True):
        typing = answers.Typing(world.register, shapes.asked, lang, TODAY)
        for form, (values, errors, file, again) in zip(forms, batch, strict=True):
            about = shapes.by_name["submission.json"]["properties"], form
            mine = typing.gather(form, ["folkeskole"])
            assert values == mine, about
            assert file == answers.write(shapes.asked, mine), about
            assert again == mine, about
            document = yamlfile.read("submissions/2031-skole/randers.yml", file.encode())
            findings = validation.findings(shapes, "submission.json", document)
            assert formpages.wrong(Setting(world, shapes), findings, lang) == errors, (about, file)
            right += not errors
            wrong |= {(one.code, one.variant) for one in findings}
            kept = {at: text for at, text in answers.flat(document.data).items() if at}
            assert typing.gather(kept, []) == {**kept}, about
    assert MANY / 4 < right < MANY * EACH - MANY
    assert {code for code, _ in wrong} == {"S01", "S03", "S04", "S05", "S06", "S07"}
