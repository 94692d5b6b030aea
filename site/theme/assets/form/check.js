// What is wrong with the values, in the words of the rules: [{pointer, message}].

import { areasOf, isDay, isDecided, meant, nameOf } from "./values.js";

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
  if (value === undefined) return rules.required || needsDate ? `${rules.ask}.` : "";
  if (pointer === "/municipality") return checkMunicipality(value, data);
  const count = [...value].length;
  const facts = { found: value, field: rules.label, limit: rules.maxLength, count, rule: rules.rule };
  const sentence = checkValue(value, count, rules, data);
  if (sentence) return fill(sentence, facts, data);
  return needsDate && value > today ? data.words.future : "";
}

function checkMunicipality(value, data) {
  if (data.municipalities.some(([slug]) => slug === value)) return "";
  const near = meant(value, data.municipalities);
  const sentence = near ? data.words.near : data.words.list;
  return fill(sentence, { found: value, near: near && nameOf(near, data) }, data);
}

function checkValue(value, count, rules, data) {
  if (rules.maxLength && count > rules.maxLength) return data.say.S07.maxLength;
  if (rules.pattern && !new RegExp(rules.pattern, "u").test(value)) return data.say.S05.main;
  return rules.format && !hasFormat(rules.format, value, data) ? data.say.S06[rules.format] : "";
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

export const number = (count, lang) => count.toLocaleString(lang === "en" ? "en-GB" : lang);

// So much of what somebody wrote is quoted back to them, as in tools/docket/text/messages.py.
function shorten(text) {
  const line = [...text.split(/\s+/u).filter(Boolean).join(" ").replace(/\p{C}/gu, "\ufffd")];
  return line.length <= MOST ? line.join("") : `${line.slice(0, MOST - 1).join("")}…`;
}
