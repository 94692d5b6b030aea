// What is typed, by JSON Pointer, cleaned; tools/docket/form/answers.py does the same, byte for byte.

import { fold } from "../fold.js";

// Characters that cannot be seen have no place in a file; a joiner only inside an emoji.
const HIDDEN = [
  /(?<![\p{So}\p{Sk}\p{Mn}])\u200d|\u200d(?![\p{So}\p{Sk}\p{Mn}])/gu,
  /\p{Surrogate}/gu,
  /(?![\t\n\r])\p{Cc}/gu,
  /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu,
  /\p{Noncharacter_Code_Point}/gu,
];
const DATE = /^([0-9]{1,2})[ ./-]+([0-9]{1,2}|[a-zæøå]{3,9})[ ./-]+([0-9]{4})$/i;
export const LONG = "/motivation";

export function clean(pointer, text, months) {
  let seen = text.replace(/\r\n?/g, "\n").normalize("NFC");
  for (const characters of HIDDEN) seen = seen.replace(characters, "");
  const value = pointer === LONG ? seen : seen.trim();
  return pointer.endsWith("/date") ? dated(value, months) : value;
}

// 31-8-2022 and 31. august 2022 are 2022-08-31.
function dated(text, months) {
  const [, day, month, year] = DATE.exec(text) ?? [];
  const number = month && monthOf(month, months);
  return number ? `${year}-${number.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

// The number of a month that is written as one or begins a name; "" where there is none.
function monthOf(text, months) {
  if (/[0-9]/.test(text)) return text;
  const index = months.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return index < 0 ? "" : String((index % 12) + 1);
}

// From the fields' texts and the areas in order; what is empty or does not belong is left out.
export function gather(fields, areas, data) {
  const values = {};
  for (const [pointer, text] of Object.entries(fields)) {
    const value = clean(pointer, text, data.months);
    if (value.trim()) values[pointer] = value;
  }
  for (const [index, area] of areas.filter(Boolean).entries()) values[`/areas/${index}`] = area;
  if (!isDecided(values)) delete values["/approval/minutes"];
  const typed = values["/municipality"];
  if (typed) values["/municipality"] = find(typed, data.municipalities) ?? typed;
  return values;
}

export const isDecided = (values) => ["approved", "rejected"].includes(values["/approval/status"]);

export function areasOf(values) {
  const pointers = Object.keys(values).filter((pointer) => pointer.startsWith("/areas/"));
  return pointers.map((pointer) => values[pointer]);
}

// The slug of a municipality, from its name, an old spelling or its code.
export function find(typed, municipalities) {
  const wanted = fold(typed);
  const bySlug = municipalities.find(([slug]) => slug === wanted);
  const found = bySlug ?? municipalities.find(([, , spelled]) => spelled.includes(wanted));
  return found?.[0];
}

export const nameOf = (slug, data) => data.municipalities.find(([one]) => one === slug)?.[1] ?? slug;
