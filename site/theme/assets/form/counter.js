// How much more can be written in each long field: there at once, read aloud when typing rests.

import { fill } from "./check.js";
import { byId } from "./dom.js";
import { valueOf } from "./fields.js";

const PAUSE = 1000;
const waiting = {};

export function count(form, data) {
  for (const { id, kind, maxLength } of Object.values(data.fields)) {
    if (kind === "text" && maxLength) tell(id, maxLength - [...valueOf(form, id)].length, data);
  }
}

function tell(id, left, data) {
  const counter = byId(`${id}-count`);
  const words = fill(left < 0 ? data.words.over : data.words.left, { count: Math.abs(left) }, data);
  if (counter.textContent === words) return;
  counter.textContent = words;
  clearTimeout(waiting[id]);
  waiting[id] = setTimeout(() => {
    byId(`${id}-status`).textContent = words;
  }, PAUSE);
}
