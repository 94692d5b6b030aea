// Once the button is pressed: what is wrong is told at its field; where nothing is, the ways out.

import { check, fill } from "./check.js";
import { show } from "./errors.js";
import { canSeal, isEarly, isLate, roundWords, today } from "./standing.js";
import { nameOf } from "./values.js";
import { offer } from "./ways.js";

const NEVER = "9999-12-31";

// A browser's clock alone refuses nothing: the desk decides; without one, whoever presses again does.
export function submit(form, values, changing, data, steps) {
  const isTimed = !data.desk && !steps.insisted;
  const wrong = check(values, data, isTimed ? today(data) : NEVER).map((one) => doubted(one, data));
  const isNew = ({ pointer }) => !wrong.some((one) => one.pointer === pointer);
  const errors = [...timely(values, changing, data, isTimed).filter(isNew), ...wrong];
  show(form, errors, data);
  steps.insisted = errors.some((one) => one.timed);
  if (errors.length) return;
  offer(form, values, data, steps).catch(() => show(form, [ofNoField(data.words.sealless)], data));
}

const ofNoField = (message) => ({ pointer: "", message });

// A round that is not open says so in the words of the page, where the rest is said.
function timely(values, changing, data, isTimed) {
  const slug = values["/municipality"];
  if (!canSeal(data)) return [ofNoField(data.words.sealless)];
  if (isTimed && isEarly(data)) return [timed(ofNoField(roundWords(data, false)), data)];
  if (isTimed && isTooLate(slug, changing, data)) {
    const message = fill(data.words.lateError, { name: slug ? nameOf(slug, data) : "" }, data);
    return [timed({ pointer: "/municipality", message }, data)];
  }
  const barred = !data.current[slug]?.live && data.barred[slug];
  return barred ? [{ pointer: "/municipality", message: barred }] : [];
}

const timed = ({ pointer, message }, data) => ({ pointer, message: `${message} ${data.words.clock}`, timed: true });
const doubted = (one, data) => (one.message === data.words.future ? timed(one, data) : one);

const isTooLate = (slug, changing, data) => isLate(data) && !changing && !data.waiting?.includes(slug);
