// What is wrong with the values, in the words of the rules: [{pointer, message}].

import { areasOf, isDecided } from "./values.js";

export function check(values, data, today = new Date().toISOString().slice(0, 10)) {
  const errors = [];
  for (const [pointer, rules] of Object.entries(data.fields)) {
    const message = pointer === "/areas" ? checkAreas(areasOf(values), rules, data) : checkOne(pointer, values, rules, data, today);
    if (message) errors.push({ pointer, message });
  }
  return errors;
}

function checkAreas(areas, rules, data) {
  if (!areas.length) return `${rules.ask}.`;
  return new Set(areas).size < areas.length ? data.say.S07.uniqueItems : "";
}

function checkOne(pointer, values, rules, data, today) {
  const value = values[pointer];
  const isDate = pointer === "/approval/date";
  if (value === undefined) return rules.required || (isDate && isDecided(values)) ? `${rules.ask}.` : "";
  const facts = { found: value, field: rules.label, limit: rules.maxLength, count: [...value].length, rule: rules.rule };
  if (pointer === "/municipality") return data.municipalities.some(([slug]) => slug === value) ? "" : fill(data.words.list, facts, data);
  if (rules.maxLength && facts.count > rules.maxLength) return fill(data.say.S07.maxLength, facts, data);
  if (rules.pattern && !new RegExp(rules.pattern, "u").test(value)) return fill(data.say.S05.main, facts, data);
  if (rules.format && !hasFormat(rules.format, value, data)) return fill(data.say.S06[rules.format], facts, data);
  return isDate && isDecided(values) && value > today ? data.words.future : "";
}

function hasFormat(format, value, data) {
  if (!new RegExp(`^(?:${data.patterns[format]})$`, "u").test(value)) return false;
  if (format !== "date") return true;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

export function fill(sentence, facts, data) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const fact = facts[name] ?? "";
    return typeof fact === "number" ? number(fact, data.lang) : shorten(String(fact));
  });
}

export const number = (count, lang) => count.toLocaleString(lang === "da" ? "da-DK" : "en-GB");

// So much of what somebody wrote is quoted back to them, as in tools/docket/text/messages.py.
function shorten(text) {
  const line = [...text.split(/\s+/u).filter(Boolean).join(" ").replace(/\p{C}/gu, "\ufffd")];
  return line.length <= 80 ? line.join("") : `${line.slice(0, 79).join("")}…`;
}
