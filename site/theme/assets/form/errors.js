// The summary on top, and the same words at each field.

export function show(form, errors, data) {
  for (const old of form.querySelectorAll(".field__error")) old.remove();
  for (const field of form.querySelectorAll(".field")) mark(field, "");
  const summary = document.getElementById("errors");
  const items = errors.map(({ pointer, message }) => {
    const item = document.createElement("li");
    const field = fieldOf(form, pointer);
    if (!field) {
      item.textContent = message;
      return item;
    }
    mark(field, message);
    const link = Object.assign(document.createElement("a"), { href: `#${control(field).id}`, textContent: message });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control(field).focus();
    });
    item.append(link);
    return item;
  });
  summary.querySelector("ul").replaceChildren(...items);
  summary.hidden = !errors.length;
  const plain = document.title.replace(data.words.error, "");
  document.title = errors.length ? data.words.error + plain : plain;
  if (errors.length) summary.focus();
}

// The field that a pointer speaks of, or the one around it: /areas/0 is told at /areas.
export function fieldOf(form, pointer) {
  for (let near = pointer; near; near = near.slice(0, near.lastIndexOf("/"))) {
    const field = form.querySelector(`[data-field="${CSS.escape(near)}"]`);
    if (field?.checkVisibility()) return field;
  }
  return null;
}

export const control = (field) => field.querySelector("input:checked, input, select, textarea");

function mark(field, message) {
  field.classList.toggle("field--bad", Boolean(message));
  if (!field.dataset.field) return;
  const target = field.matches("fieldset") ? field : control(field);
  const id = `${field.dataset.field.slice(1).replaceAll("/", "-")}-error`;
  const others = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (message) {
    const words = Object.assign(document.createElement("p"), { id, className: "field__error", textContent: message });
    (field.querySelector(".combobox, .field__input, .choice, .wish") ?? field.lastElementChild).before(words);
    others.unshift(id);
    if (target !== field) target.setAttribute("aria-invalid", "true");
  } else {
    target.removeAttribute("aria-invalid");
  }
  if (others.length) target.setAttribute("aria-describedby", others.join(" "));
  else target.removeAttribute("aria-describedby");
}
