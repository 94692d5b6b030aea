// What is typed, by JSON Pointer, cleaned; tools/docket/form/answers.py does the same, byte for byte.

import { fold } from "../fold.js";

// Characters that cannot be seen have no place in a file; a joiner only inside an emoji.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}]/gu;
const JOINER = /(?<![\p{So}\p{Sk}\p{Mn}])\u200d|\u200d(?![\p{So}\p{Sk}\p{Mn}])/gu;
const SURROGATE = /\p{Surrogate}/gu;
const DATE = /^([0-9]{1,2})[ ./-]+([0-9]{1,2}|[a-zæøå]{3,9})[ ./-]+([0-9]{4})$/i;
export const LONG = "/motivation";

export function clean(pointer, text, months) {
  const broken = text.replace(/\r\n?/g, "\n").normalize("NFC");
  const seen = broken.replace(JOINER, "").replace(SURROGATE, "").replace(HIDDEN, "");
  const kept = pointer === LONG ? seen : seen.trim();
  return pointer.endsWith("/date") ? dated(kept, months) : kept;
}

// 31-8-2022 and 31. august 2022 are 2022-08-31.
function dated(text, months) {
  const found = DATE.exec(text);
  if (!found) return text;
  let [, day, month, year] = found;
  if (!/[0-9]/.test(month)) {
    const index = months.findIndex((one) => one.toLowerCase().startsWith(month.toLowerCase()));
    if (index < 0) return text;
    month = String((index % 12) + 1);
  }
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

// From the fields' texts and the areas in order; what is empty or does not belong is left out.
export function gather(fields, areas, data) {
  const values = {};
  for (const [pointer, text] of Object.entries(fields)) {
    const kept = clean(pointer, text, data.months);
    if (kept.trim()) values[pointer] = kept;
  }
  areas.filter(Boolean).forEach((area, index) => { values[`/areas/${index}`] = area; });
  if (!isDecided(values)) delete values["/approval/minutes"];
  const typed = values["/municipality"];
  if (typed) values["/municipality"] = find(typed, data.municipalities) ?? typed;
  return values;
}

export const isDecided = (values) => ["approved", "rejected"].includes(values["/approval/status"]);
export const areasOf = (values) => Object.keys(values).filter((one) => one.startsWith("/areas/")).map((one) => values[one]);

// The slug of a municipality, from its name, an old spelling or its code.
export function find(typed, municipalities) {
  const wanted = fold(typed);
  return (municipalities.find(([slug]) => slug === wanted) ?? municipalities.find(([, , spelled]) => spelled.includes(wanted)))?.[0];
}

export const nameOf = (slug, data) => data.municipalities.find(([one]) => one === slug)?.[1] ?? slug;
