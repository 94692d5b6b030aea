// The municipality: typing suggests, as the combobox pattern of the ARIA Authoring Practices says.

import { fill } from "./check.js";
import { fold } from "../fold.js";
import { find } from "./values.js";

const MOST = 8;

export function combobox(input, list, told, data, changed) {
  let shown = [];
  let active = -1;
  document.getElementById(input.getAttribute("list"))?.remove();
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[index].id);
    return list.children[index].scrollIntoView({ block: "nearest" });
  };
  const choose = (index) => {
    input.value = shown[index][1];
    close();
    changed();
  };
  const open = () => {
    shown = matching(input.value, data.municipalities);
    list.replaceChildren(...shown.map(([slug, name], index) => {
      const item = Object.assign(document.createElement("li"), { id: `municipality-${slug}`, textContent: name });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(index); });
      return item;
    }));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    mark(-1);
    told.textContent = shown.length ? fill(data.words.found, { count: shown.length }, data) : input.value.trim() ? data.words.none : "";
  };

  input.addEventListener("input", () => { open(); changed(); });
  input.addEventListener("blur", () => {
    close();
    const slug = find(input.value, data.municipalities);
    if (slug) input.value = data.municipalities.find(([one]) => one === slug)[1];
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) open();
      if (shown.length) mark(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault();
      close();
    }
  });
}

// Names that begin as typed come first, then those with a word that does.
function matching(typed, municipalities) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const rank = ([, , spelled]) => (spelled.some((one) => one.startsWith(wanted)) ? 0 : spelled.some((one) => one.includes(`-${wanted}`)) ? 1 : 2);
  return municipalities.map((one) => [rank(one), one]).filter(([place]) => place < 2).sort(([a], [b]) => a - b).slice(0, MOST).map(([, one]) => one);
}
