// The summary on top, and the same words at each field.

import { byId, element } from "./dom.js";

export function show(form, errors, data) {
  for (const old of form.querySelectorAll(".field__error")) old.remove();
  for (const field of form.querySelectorAll(".field")) mark(field, "");
  const summary = byId("errors");
  summary.querySelector("ul").replaceChildren(...errors.map((error) => itemOf(form, error)));
  summary.hidden = !errors.length;
  const plain = document.title.replace(data.words.error, "");
  document.title = errors.length ? data.words.error + plain : plain;
  if (errors.length) summary.focus();
}

// A line of the summary, which leads to its field where there is one.
function itemOf(form, { pointer, message }) {
  const field = fieldOf(form, pointer);
  if (!field) return element("li", { textContent: message });
  mark(field, message);
  const item = element("li");
  const link = element("a", { href: `#${control(field).id}`, textContent: message });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control(field).focus();
  });
  item.append(link);
  return item;
}

// The field that a pointer speaks of, or the one around it: /areas/0 is told at /areas.
export function fieldOf(form, pointer) {
  for (let near = pointer; near; near = near.slice(0, near.lastIndexOf("/"))) {
    const field = form.querySelector(`[data-field="${CSS.escape(near)}"]`);
    if (field?.checkVisibility()) return field;
  }
  return null;
}

export const control = (field) =>
  field.querySelector("input:checked") ?? field.querySelector("input, select, textarea");

const errorId = (field) => `${field.dataset.id ?? control(field).name}-error`;

// The words at a field, which also describe it to a screen reader; "" takes them away.
function mark(field, message) {
  field.classList.toggle("field--bad", Boolean(message));
  if (!field.dataset.field) return;
  const target = field.matches("fieldset") ? field : control(field);
  const id = errorId(field);
  const described = (target.getAttribute("aria-describedby") ?? "").split(" ");
  const ids = described.filter((one) => one && one !== id);
  if (message) {
    const words = element("p", { id, className: "field__error", textContent: message });
    (field.querySelector(".combobox, .field__input, .choice, .wish") ?? field.lastElementChild).before(words);
    ids.unshift(id);
  }
  if (message && target !== field) target.setAttribute("aria-invalid", "true");
  else if (!message) target.removeAttribute("aria-invalid");
  if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
  else target.removeAttribute("aria-describedby");
}
