// Where the round and the municipality stand now. The deadline is in the page and the clock in
// the browser, so that a page built yesterday tells the truth; the receipt decides.

import { fill } from "./check.js";
import { nameOf } from "./values.js";

export const now = (data) => (data.at ? new Date(data.at) : new Date());
export const today = (data) => now(data).toLocaleDateString("sv-SE", { timeZone: data.zone });
export const isLate = (data) => Boolean(data.closes) && now(data) > new Date(data.closes);
export const isEarly = (data) => Boolean(data.opens) && now(data) < new Date(data.opens);

export const locale = (data) => (data.lang === "da" ? "da-DK" : "en-GB");
export const day = (text, data) => new Date(`${text}T00:00:00Z`).toLocaleDateString(locale(data), { dateStyle: "long", timeZone: "UTC" });
const moment = (text, data) => new Date(text).toLocaleString(locale(data), { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: data.zone });

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
  const name = nameOf(slug, data);
  const current = data.current[slug];
  if (data.waiting?.includes(slug)) return { words: fill(data.words.waiting, { name }, data) };
  if (changing) return { words: fill(current ? data.words.changing : data.words.unknown, { name }, data), file: Boolean(current) };
  if (current?.live) return { words: fill(data.words.submitted, { name }, data), change: true };
  return data.barred[slug] ? { words: data.barred[slug] } : null;
}
