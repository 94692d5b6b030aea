// Once the button is pressed: what is wrong is told at its field; where nothing is, the ways out.

import { check, fill } from "./check.js";
import { isSure } from "./clock.js";
import { show } from "./errors.js";
import { canSeal, isEarly, isLate, roundWords, today } from "./standing.js";
import { nameOf } from "./values.js";
import { offer } from "./ways.js";

const NEVER = "9999-12-31";

// A browser's clock alone refuses nothing: the desk decides; without one, whoever presses again does.
export function submit(form, values, changing, data, steps) {
  const isTimed = data.desk ? isSure(data) : !steps.insisted;
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
  if (!canSeal(data)) return [ofNoField(data.words.sealless)];
  if (isTimed && isEarly(data)) return [timed(ofNoField(roundWords(data, false)), data)];
  const slug = values["/municipality"];
  if (isTimed && isLate(data) && !changing) return [late(slug, data)];
  const barred = !data.current[slug]?.live && data.barred[slug];
  return barred ? [{ pointer: "/municipality", message: barred }] : [];
}

function late(slug, data) {
  const sentence = data.desk ? data.words.lateLink : data.words.lateError;
  const message = fill(sentence, { name: slug ? nameOf(slug, data) : "" }, data);
  return timed({ pointer: "/municipality", message }, data);
}

function timed({ pointer, message }, data) {
  return { pointer, message: data.desk ? message : `${message} ${data.words.clock}`, timed: true };
}

const doubted = (one, data) => (one.message === data.words.future ? timed(one, data) : one);
