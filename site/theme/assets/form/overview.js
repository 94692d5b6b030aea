// Everything once more, what the site shows and what it does not: label, answer, a way back to the field.

import { byId, element } from "./dom.js";
import { control, fieldOf } from "./errors.js";
import { number } from "./check.js";
import { day } from "./standing.js";
import { areasOf, listOf, nameOf } from "./values.js";

export function overview(form, values, data, steps) {
  const pointers = Object.keys(data.fields);
  for (const [id, isShown] of [["shown", true], ["hidden", false]]) {
    const own = pointers.filter((pointer) => Boolean(data.fields[pointer].public) === isShown);
    byId(id).replaceChildren(...own.flatMap((pointer) => rowOf(pointer, form, values, data, steps)));
  }
}

function rowOf(pointer, form, values, data, steps) {
  const answer = answerOf(pointer, values, form, data);
  const field = fieldOf(form, pointer);
  if (!answer && !field) return [];
  const label = pointer === "/withdrawn/date" ? data.words.withdrawn : data.fields[pointer].label;
  const row = element("div");
  row.append(element("dt", { textContent: label }), textOf(pointer, answer, data));
  if (field) row.append(linkTo(field, label, data, steps));
  return [row];
}

function answerOf(pointer, values, form, data) {
  const value = values[pointer];
  const { choices, kind, list } = data.fields[pointer];
  if (choices) return named(list ? listOf(values, pointer) : [value], choices);
  if (pointer === "/municipality") return nameOf(value, data);
  if (pointer === "/areas") return areaLines(areasOf(values), form);
  if (pointer === "/approval/status") return labelOf("approval-status", value, form);
  if (value && kind === "number") return number(Number(value), data.lang);
  return value && kind === "date" ? day(value, data) : value;
}

function named(chosen, choices) {
  const names = new Map(choices);
  return chosen.map((word) => names.get(word) ?? word).filter(Boolean).join("\n");
}

function areaLines(areas, form) {
  const names = areas.map((area) => labelOf("areas", area, form));
  return names.length === 1 ? names[0] : names.map((name, index) => `${index + 1}. ${name}`).join("\n");
}

// What a choice is called: a button's label, or a line of a list.
function labelOf(name, value, form) {
  const chosen = `[value="${CSS.escape(value)}"]`;
  const label = form.querySelector(`[name="${name}"]${chosen} + label`) ?? form.querySelector(`option${chosen}`);
  return label?.textContent ?? value;
}

function textOf(pointer, answer, data) {
  const told = element("dd", { textContent: answer || data.words.empty, className: answer ? "" : "quiet" });
  if (answer && data.seal && pointer.startsWith("/contact/")) told.append(`\n${data.words.sealed}`);
  return told;
}

function linkTo(field, label, data, steps) {
  const link = element("button", { type: "button", className: "link", textContent: data.words.mend });
  link.setAttribute("aria-label", `${data.words.mend}: ${label}`);
  link.addEventListener("click", () => {
    steps.go("form");
    control(field).focus();
  });
  const place = element("dd", { className: "fix" });
  place.append(link);
  return place;
}
