// Once the button is pressed: what is wrong is told at its field; where nothing is, the ways out.

import { check, fill } from "./check.js";
import { show } from "./errors.js";
import { canSeal, isEarly, isLate, roundWords, today } from "./standing.js";
import { nameOf } from "./values.js";
import { offer } from "./ways.js";

export function submit(form, values, changing, data, steps) {
  const wrong = check(values, data, today(data));
  const isNew = ({ pointer }) => !wrong.some((one) => one.pointer === pointer);
  const errors = [...timely(values, changing, data).filter(isNew), ...wrong];
  show(form, errors, data);
  if (errors.length) return;
  offer(form, values, data, steps).catch(() => show(form, [ofNoField(data.words.sealless)], data));
}

const ofNoField = (message) => ({ pointer: "", message });

// A round that is not open says so in the words of the page, where the rest is said.
function timely(values, changing, data) {
  const slug = values["/municipality"];
  if (!canSeal(data)) return [ofNoField(data.words.sealless)];
  if (isEarly(data)) return [ofNoField(roundWords(data, false))];
  const message = isLate(data) && !changing
    ? fill(data.desk ? data.words.lateLink : data.words.lateError, { name: slug ? nameOf(slug, data) : "" }, data)
    : !data.current[slug]?.live && data.barred[slug];
  return message ? [{ pointer: "/municipality", message }] : [];
}
