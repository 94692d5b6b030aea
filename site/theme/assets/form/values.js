// What is typed, by JSON Pointer, cleaned; tools/docket/form/answers.py does the same, byte for byte.

import { closest, fold, plain } from "../fold.js";
import { today } from "./clock.js";
import { numbered } from "./numbers.js";

// Characters that cannot be seen have no place in a file; a joiner only inside an emoji.
const HIDDEN = [
  /(?<![\p{So}\p{Sk}\p{Mn}])\u200d|\u200d(?![\p{So}\p{Sk}\p{Mn}])/gu,
  /\p{Surrogate}/gu,
  /(?![\t\n\r])\p{Cc}/gu,
  /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu,
  /\p{Noncharacter_Code_Point}/gu,
];
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const MONTH = String.raw`([0-9]{1,2}|\p{L}{3,})`;
const DATE = new RegExp(
  String.raw`^((?:\p{L}+[.,]* *){0,2})([0-9]{1,2})(?:st|nd|rd|th)?[ .\/\-]+${MONTH}` +
    String.raw`(?:[ .\/,\-]+([0-9]{4}|[0-9]{2}))?\.?$`,
  "iu",
);
const ARTICLES = new Set(["d", "den", "der", "the"]);
const SHORTEST = 2; // so many letters a day of the week is shortened to: Mo., ons.
const CENTURY = "20";
const LEAP = 9;
export const LONG = "/motivation";

// The field that a pointer leads to or into: /areas/0 is in /areas.
export function fieldOf(pointer, data) {
  const above = `/${pointer.split("/")[1]}`;
  return above === "/areas" || data.fields[above]?.own ? above : pointer;
}

// How a text is kept in a field of a kind; in all others on one line.
const KEPT = {
  text: (seen) => seen,
  number: (seen, { decimal }) => numbered(seen, decimal),
  date: (seen, data, past) => dated(plain(seen), data, past),
  phone: (seen) => phone(plain(seen)),
  email: plain,
  address: plain,
  municipality: plain,
};

export function clean(pointer, text, data, past = false) {
  let seen = text.replace(/\r\n?/g, "\n").normalize("NFC");
  for (const characters of HIDDEN) seen = seen.replace(characters, "");
  const rules = data.fields[fieldOf(pointer, data)] ?? {};
  const kept = KEPT[pointer === "/municipality" ? "municipality" : rules.kind];
  return kept ? kept(seen, data, past) : wordOf(oneLine(seen), rules);
}

// The word that is called so, in whatever language; what is none stays as it is.
function wordOf(text, { choices, called }) {
  if (!called || choices.some(([word]) => word === text)) return text;
  return new Map(called).get(fold(text)) ?? text;
}

const oneLine = (text) => text.replaceAll("\u2011", "-").replaceAll("\u00ad", "").replace(SPACES, " ").trim();
const phone = (text) =>
  text
    .replace(/\(0\)|[()]/g, "")
    .replace(/[ ./-]{2,}/g, " ")
    .trim();

// 31-8-2022, 31.8.22 and d. 31. august 2022 are 2022-08-31; without a year, it is the next such day
// from today on, or the last one where it is past.
function dated(text, data, past) {
  const [, before, day, month, year] = DATE.exec(text) ?? [];
  const number = month && leads(before, data.weekdays) && monthOf(month, data.months);
  if (!number) return text;
  const rest = `-${number.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (year) return CENTURY.slice(year.length - 2) + year + rest;
  return dayOf(rest, today(data), past) ?? text;
}

function dayOf(rest, now, past) {
  const years = Array.from({ length: LEAP }, (_, more) => Number(now.slice(0, 4)) + (past ? -more : more));
  return years.map((year) => `${year}${rest}`).find((one) => isDay(one) && (past ? one <= now : one >= now));
}

export function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

// Whether nothing but an article or a day of the week stands before a date.
function leads(before, weekdays) {
  const parts = before.toLowerCase().match(/\p{L}+/gu) ?? [];
  const names = weekdays.map((name) => name.toLowerCase());
  const isDayOfWeek = (word) => word.length >= SHORTEST && names.some((name) => name.startsWith(word));
  return parts.every((word) => ARTICLES.has(word) || isDayOfWeek(word));
}

// The number of a month that is written as one or begins a name; "" where there is none.
function monthOf(text, months) {
  if (/[0-9]/.test(text)) return Number(text) ? String(Number(text)) : "";
  const index = months.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return index < 0 ? "" : String((index % 12) + 1);
}

// From the fields' texts and the areas in order; what is empty or does not belong is left out.
export function gather(fields, areas, data) {
  const values = {};
  const listed = { "/areas": areas.filter(Boolean) };
  const past = isDecided(fields);
  for (const [pointer, text] of Object.entries(fields)) {
    const value = clean(pointer, text, data, past);
    const field = fieldOf(pointer, data);
    if (!value.trim()) continue;
    if (field === pointer) values[pointer] = value;
    else (listed[field] ??= []).push(value);
  }
  for (const [field, chosen] of Object.entries(listed)) {
    for (const [index, word] of chosen.entries()) values[`${field}/${index}`] = word;
  }
  if (!isDecided(values)) delete values["/approval/minutes"];
  const typed = values["/municipality"];
  if (typed) values["/municipality"] = find(typed, data.municipalities) ?? typed;
  return values;
}

export const isDecided = (values) => ["approved", "rejected"].includes(values["/approval/status"]);

export function listOf(values, field) {
  const pointers = Object.keys(values).filter((pointer) => pointer.startsWith(`${field}/`));
  return pointers.map((pointer) => values[pointer]);
}

export const areasOf = (values) => listOf(values, "/areas");

// The slug of a municipality, from its name, an old spelling or its code.
export function find(typed, municipalities) {
  const wanted = fold(typed);
  const bySlug = municipalities.find(([slug]) => slug === wanted);
  const found = bySlug ?? municipalities.find(([, , spelled]) => spelled.includes(wanted));
  return found?.[0];
}

// The slug of the one nearest to what was typed, undefined where none is near.
export function meant(typed, municipalities) {
  const slugs = new Map(municipalities.flatMap(([slug, , spelled]) => spelled.map((one) => [one, slug])));
  return slugs.get(closest(fold(typed), [...slugs.keys()]));
}

export const nameOf = (slug, data) => data.municipalities.find(([one]) => one === slug)?.[1] ?? slug;
