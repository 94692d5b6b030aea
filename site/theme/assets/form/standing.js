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

const locale = (data) => (data.lang === "en" ? "en-GB" : data.lang);

export function day(text, data) {
  return new Date(`${text}T00:00:00Z`).toLocaleDateString(locale(data), { dateStyle: "long", timeZone: "UTC" });
}

export function moment(text, data) {
  const style = { weekday: "long", ...DAY, ...TIME, timeZone: data.zone };
  return new Date(text).toLocaleString(locale(data), style);
}

// WebCrypto, which seals, is there only where the page came over a secure connection.
export const canSeal = (data) => !data.seal || Boolean(globalThis.crypto?.subtle);

// What to say of the round, "" while it is simply open.
export function roundWords(data, changing) {
  if (isEarly(data)) return fill(data.words.early, { when: moment(data.opens, data) }, data);
  if (!isLate(data)) return "";
  const late = data.desk ? data.words.lateDesk : data.words.late;
  return fill(changing ? data.words.locked : late, { when: moment(data.closes, data) }, data);
}

// What to say of a municipality as soon as it is named, and where it can change its answer.
export function municipalityWords(slug, data, { changing, token }) {
  const live = Boolean(data.current[slug]?.live);
  const say = (sentence) => ({ words: fill(sentence, { name: nameOf(slug, data) }, data) });
  const isThere = live || data.waiting?.includes(slug);
  const known = data.desk ? atDesk(token, isThere, data) : onForge(slug, live, changing, data);
  if (known) return { ...known, ...say(known.words) };
  if (isLate(data)) return say(data.desk ? data.words.lateLink : data.words.lateError);
  return data.barred[slug] ? { words: data.barred[slug] } : null;
}

// There only its private link leads to an answer.
function atDesk(token, isThere, data) {
  const { another, change, own, ownSealed } = data.words;
  if (token) return { words: data.seal ? ownSealed : own, file: Boolean(data.seal) };
  return isThere ? { words: another, link: { href: data.own, textContent: change } } : null;
}

function onForge(slug, live, changing, data) {
  const file = Boolean(data.current[slug]);
  const link = { href: `?aendr=${slug}`, textContent: data.words.change };
  if (changing) return { words: file ? data.words.changing : data.words.unknown, file };
  return live ? { words: data.words.submitted, link } : null;
}
