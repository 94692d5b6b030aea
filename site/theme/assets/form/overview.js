// Everything once more: label, answer, whether the site shows it, and a way back to the field.

import { byId, element } from "./dom.js";
import { control, fieldOf } from "./errors.js";
import { day } from "./standing.js";
import { areasOf, nameOf } from "./values.js";

export function overview(form, values, data, steps) {
  const rows = Object.keys(data.fields).flatMap((pointer) => rowOf(pointer, form, values, data, steps));
  byId("answers").replaceChildren(...rows);
}

function rowOf(pointer, form, values, data, steps) {
  const answer = answerOf(pointer, values, form, data);
  const field = fieldOf(form, pointer);
  if (!answer && !field) return [];
  const label = pointer === "/withdrawn/date" ? data.words.withdrawn : data.fields[pointer].label;
  const row = element("dd");
  row.append(textOf(answer, data));
  if (answer) row.append(tagOf(pointer, data));
  if (field) row.append(linkTo(field, label, data, steps));
  return [element("dt", { textContent: label }), row];
}

function answerOf(pointer, values, form, data) {
  const value = values[pointer];
  if (pointer === "/municipality") return nameOf(value, data);
  if (pointer === "/areas") return areaLines(areasOf(values), form);
  if (pointer === "/approval/status") return labelOf("approval-status", value, form);
  return value && pointer.endsWith("/date") ? day(value, data) : value;
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

function textOf(answer, data) {
  if (answer) return element("div", { className: "answers__value", textContent: answer });
  return element("div", { className: "answers__value answers__value--empty", textContent: data.words.empty });
}

function tagOf(pointer, data) {
  const isPublic = data.fields[pointer].public;
  const className = isPublic ? "answers__tag answers__tag--public" : "answers__tag";
  return element("span", { className, textContent: seenBy(pointer, isPublic, data) });
}

function seenBy(pointer, isPublic, data) {
  if (data.seal && pointer.startsWith("/contact/")) return data.words.sealed;
  return isPublic ? data.words.shown : data.words.hidden;
}

function linkTo(field, label, data, steps) {
  const link = element("button", { type: "button", className: "link", textContent: data.words.mend });
  link.setAttribute("aria-label", `${data.words.mend}: ${label}`);
  link.addEventListener("click", () => {
    steps.go("form");
    control(field).focus();
  });
  return link;
}
