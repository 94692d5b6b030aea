// Where the round and the municipality stand now. The deadline is in the page and the clock in
// the browser, so that a page built yesterday tells the truth; the receipt decides.

import { fill } from "./check.js";
import { now } from "./clock.js";
import { nameOf } from "./values.js";

const DAY = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit" };

export { today } from "./clock.js";
export const isLate = (data) => Boolean(data.closes) && now(data) > new Date(data.closes);
export const isEarly = (data) => Boolean(data.opens) && now(data) < new Date(data.opens);

export const locale = (data) => (data.lang === "da" ? "da-DK" : "en-GB");

export function day(text, data) {
  return new Date(`${text}T00:00:00Z`).toLocaleDateString(locale(data), { dateStyle: "long", timeZone: "UTC" });
}

function moment(text, data) {
  const style = { weekday: "long", ...DAY, ...TIME, timeZone: data.zone };
  return new Date(text).toLocaleString(locale(data), style);
}

// WebCrypto, which seals, is there only where the page came over a secure connection.
export const canSeal = (data) => !data.seal || Boolean(globalThis.crypto?.subtle);

// What to say of the round, "" while it is simply open.
export function roundWords(data, changing) {
  if (isEarly(data)) return fill(data.words.early, { when: moment(data.opens, data) }, data);
  if (!isLate(data)) return "";
  return fill(changing ? data.words.locked : data.words.late, { when: moment(data.closes, data) }, data);
}

// What to say of a municipality as soon as it is named: words, and whether it can change its answer.
export function municipalityWords(slug, data, changing) {
  const current = data.current[slug];
  const say = (sentence) => fill(sentence, { name: nameOf(slug, data) }, data);
  if (data.waiting?.includes(slug)) return { words: say(data.words.waiting) };
  if (changing) return { words: say(current ? data.words.changing : data.words.unknown), file: Boolean(current) };
  if (current?.live) return { words: say(data.words.submitted), change: true };
  return data.barred[slug] ? { words: data.barred[slug] } : null;
}
