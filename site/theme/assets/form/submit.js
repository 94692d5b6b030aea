// Once the button is pressed: what is wrong is told at its field; where nothing is, the ways out.

import { check, fill } from "./check.js";
import { show } from "./errors.js";
import { canSeal, isEarly, isLate, roundWords, today } from "./standing.js";
import { nameOf } from "./values.js";
import { offer } from "./ways.js";

export function submit(form, values, changing, data, steps) {
  const wrong = check(values, data, today(data));
  const errors = [...timely(values, changing, data).filter(({ pointer }) => !wrong.some((one) => one.pointer === pointer)), ...wrong];
  show(form, errors, data);
  if (!errors.length) offer(form, values, data, steps).catch(() => show(form, [{ pointer: "", message: data.words.sealless }], data));
}

// A round that is not open says so in the words of the page, where the rest is said.
function timely(values, changing, data) {
  const slug = values["/municipality"];
  if (!canSeal(data)) return [{ pointer: "", message: data.words.sealless }];
  if (isEarly(data)) return [{ pointer: "", message: roundWords(data, false) }];
  const name = slug ? nameOf(slug, data) : "";
  if (isLate(data) && !changing && !data.waiting?.includes(slug)) return [{ pointer: "/municipality", message: fill(data.words.lateError, { name }, data) }];
  const barred = !data.current[slug]?.live && data.barred[slug];
  return barred ? [{ pointer: "/municipality", message: barred }] : [];
}
