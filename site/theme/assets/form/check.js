// What is wrong with the values, in the words of the rules: [{pointer, message}].

import { nearest } from "../fold.js";
import { NUMBER, typedNumber } from "./numbers.js";
import { areasOf, isDay, isDecided, listOf, meant, nameOf } from "./values.js";

const MOST = 80;

export function check(values, data, today = new Date().toISOString().slice(0, 10)) {
  const errors = [];
  for (const [pointer, rules] of Object.entries(data.fields)) {
    const message =
      pointer === "/areas"
        ? checkAreas(areasOf(values), rules, data)
        : checkField(pointer, values, rules, data, today);
    if (message) errors.push({ pointer, message });
  }
  return errors;
}

function checkAreas(areas, rules, data) {
  if (!areas.length) return `${rules.ask}.`;
  return new Set(areas).size < areas.length ? data.say.S07.uniqueItems : "";
}

function checkField(pointer, values, rules, data, today) {
  const value = values[pointer];
  const needsDate = pointer === "/approval/date" && isDecided(values);
  if (rules.list) return checkList(listOf(values, pointer), rules, data);
  if (value === undefined) return rules.required || needsDate ? `${rules.ask}.` : "";
  if (pointer === "/municipality") return checkMunicipality(value, data);
  return checkText(value, rules, data) || (needsDate && value > today ? data.words.future : "");
}

function checkText(value, rules, data) {
  if (rules.choices) return checkChoice(value, rules, data);
  if (rules.sized) return checkNumber(value, rules, data);
  const count = [...value].length;
  const facts = { found: value, field: rules.label, limit: rules.maxLength, count, rule: rules.rule };
  return fill(checkValue(value, count, rules, data), facts, data);
}

function checkChoice(value, { ask, called, choices, few, kind }, data) {
  if (choices.some(([word]) => word === value)) return "";
  if (kind === "yes-no") return `${ask}.`;
  const near = nearest(value, new Map(called));
  return fill(near ? data.say.S04.near : few, { found: value, near }, data);
}

// Each test of a list, and the sentence where it fails; in the order of the schema.
function checkList(chosen, rules, data) {
  if (!chosen.length) return rules.required ? `${rules.ask}.` : "";
  const count = chosen.length;
  const tests = {
    items: () => chosen.map((word) => checkChoice(word, rules, data)).find(Boolean),
    minItems: (limit) => count < limit && data.say.S07.fewItems,
    maxItems: (limit) => count > limit && data.say.S07.maxItems,
    uniqueItems: (wanted) => wanted && new Set(chosen).size < count && data.say.S07.uniqueItems,
  };
  const [limit, sentence] = firstOf(rules.list, tests);
  return fill(sentence, { count, limit, field: rules.label }, data);
}

function checkNumber(value, { integer, sized, label: field }, data) {
  const found = { found: typedNumber(value, data.decimal), field };
  const wrong = fill(data.words[integer ? "integer" : "number"], found, data);
  if (!NUMBER.test(value)) return wrong;
  const count = Number(value);
  const tests = {
    type: () => integer && value.includes(".") && wrong,
    minimum: (limit) => count < limit && data.say.S07.minimum,
    maximum: (limit) => count > limit && data.say.S07.maximum,
  };
  const [limit, sentence] = firstOf(sized, tests);
  return sentence === wrong ? wrong : fill(sentence, { count, limit, field }, data);
}

// The limit that is broken first, and the sentence that says so; "" where none is.
function firstOf(rules, tests) {
  for (const [key, limit] of Object.entries(rules)) {
    const sentence = tests[key](limit);
    if (sentence) return [limit, sentence];
  }
  return [0, ""];
}

function checkMunicipality(value, data) {
  if (data.municipalities.some(([slug]) => slug === value)) return "";
  const near = meant(value, data.municipalities);
  const sentence = near ? data.words.near : data.words.list;
  return fill(sentence, { found: value, near: near && nameOf(near, data) }, data);
}

// In the order of the schema; of a text that is too long, that says more than its form.
function checkValue(value, count, rules, data) {
  const isLong = Boolean(rules.maxLength) && count > rules.maxLength;
  const tests = {
    maxLength: () => isLong && data.say.S07.maxLength,
    pattern: () => !new RegExp(rules.pattern, "u").test(value) && data.say.S05.main,
    format: () => !isLong && !hasFormat(rules.format, value, data) && data.say.S06[rules.format],
  };
  return Object.keys(rules).map((key) => Object.hasOwn(tests, key) && tests[key]()).find(Boolean) || "";
}

function hasFormat(format, value, data) {
  if (!new RegExp(`^(?:${data.patterns[format]})$`, "u").test(value)) return false;
  return format !== "date" || isDay(value);
}

export function fill(sentence, facts, data) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const fact = facts[name] ?? "";
    return typeof fact === "number" ? number(fact, data.lang) : shorten(String(fact));
  });
}

// Every decimal of a number counts: none is rounded away.
export const number = (count, lang) =>
  count.toLocaleString(lang === "en" ? "en-GB" : lang, { maximumFractionDigits: 20 });

// So much of what somebody wrote is quoted back to them, as in tools/docket/text/messages.py.
function shorten(text) {
  const line = [...text.split(/\s+/u).filter(Boolean).join(" ").replace(/\p{C}/gu, "\ufffd")];
  return line.length <= MOST ? line.join("") : `${line.slice(0, MOST - 1).join("")}…`;
}
