// The fields of the page: what is typed in them, and how an answer gets into them.

import { byId } from "./dom.js";
import { typedNumber } from "./numbers.js";
import { fieldOf, nameOf } from "./values.js";

const isTyped = (pointer) => pointer !== "/areas" && !pointer.startsWith("/withdrawn/");

export const valueOf = (form, name) => form.elements[name]?.value ?? "";
export const part = (form, pointer) => form.querySelector(`[data-field="${pointer}"]`);

function boxes(form, pointer) {
  return [...part(form, pointer).querySelectorAll("input[type=checkbox]")];
}

// What is typed or chosen, by pointer.
export function typed(form, data) {
  const pointers = Object.keys(data.fields).filter(isTyped);
  return Object.fromEntries(pointers.flatMap((pointer) => typedAt(form, pointer, data)));
}

// [pointer, text] of a field, one for each word of a list.
function typedAt(form, pointer, data) {
  const { id, list } = data.fields[pointer];
  if (!list) return [[pointer, valueOf(form, id)]];
  const chosen = boxes(form, pointer).filter((box) => box.checked);
  return chosen.map((box, index) => [`${pointer}/${index}`, box.value]);
}

export function areas(form, data) {
  if (data.wishes === 1) return [valueOf(form, "areas")];
  return [...form.querySelectorAll("select[name=areas]")].map((select) => select.value);
}

export function fillIn(form, found, data) {
  for (const pointer of Object.keys(data.fields).filter((one) => data.fields[one].list)) {
    for (const box of boxes(form, pointer)) box.checked = false;
  }
  for (const [pointer, text] of Object.entries(found)) fillField(form, pointer, text, data);
}

function fillField(form, pointer, text, data) {
  const field = fieldOf(pointer, data);
  const { id, kind, list } = data.fields[field] ?? {};
  if (pointer === "/municipality") form.elements.municipality.value = nameOf(text, data);
  else if (field === "/areas") fillArea(form, pointer, text, data);
  else if (list) tick(form, field, text);
  else if (id && isTyped(pointer)) form.elements[id].value = kind === "number" ? typedNumber(text, data.decimal) : text;
}

function fillArea(form, pointer, text, data) {
  const field = data.wishes === 1 ? form.elements.areas : byId(pointer.slice(1).replace("/", "-"));
  if (field) field.value = text;
}

function tick(form, field, word) {
  for (const box of boxes(form, field)) box.checked ||= box.value === word;
}
