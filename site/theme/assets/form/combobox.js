// The municipality: typing suggests, as the combobox pattern of the ARIA Authoring Practices says.

import { fill } from "./check.js";
import { element } from "./dom.js";
import { fold, misses } from "../fold.js";
import { find } from "./values.js";

const MOST = 8;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export function combobox(input, list, status, data, changed) {
  const box = new Combobox(input, list, status, data, changed);
  document.getElementById(input.getAttribute("list"))?.remove();
  input.removeAttribute("list");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("input", () => {
    box.open();
    changed();
  });
  input.addEventListener("blur", () => box.leave());
  input.addEventListener("keydown", (event) => box.press(event));
}

class Combobox {
  suggested = [];
  active = -1;

  constructor(input, list, status, data, changed) {
    Object.assign(this, { input, list, status, data, changed });
  }

  open() {
    this.suggested = matching(this.input.value, this.data.municipalities);
    this.list.replaceChildren(...this.suggested.map((one, index) => this.option(one, index)));
    this.list.hidden = !this.suggested.length;
    this.input.setAttribute("aria-expanded", String(this.suggested.length > 0));
    this.mark(-1);
    this.status.textContent = this.words();
  }

  option([slug, name], index) {
    const item = element("li", { id: `municipality-${slug}`, textContent: name });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(index);
    });
    return item;
  }

  words() {
    const { words } = this.data;
    const count = this.suggested.length;
    if (count) return fill(words.found, { count }, this.data);
    return this.input.value.trim() ? words.none : "";
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    this.input.value = this.suggested[index][1];
    this.close();
    this.changed();
  }

  // The option that Enter would choose; -1 is none.
  mark(index) {
    const options = [...this.list.children];
    this.active = index;
    for (const [place, item] of options.entries()) item.setAttribute("aria-selected", String(place === index));
    if (index < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  // Whoever wrote it in another way sees the name as it is.
  leave() {
    const { municipalities } = this.data;
    this.close();
    const slug = find(this.input.value, municipalities);
    if (slug) this.input.value = municipalities.find(([one]) => one === slug)[1];
  }

  press(event) {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      if (!this.list.hidden) event.preventDefault();
      this.close();
    }
  }

  move(step) {
    if (this.list.hidden) this.open();
    const count = this.suggested.length;
    if (!count) return;
    const isBeforeFirst = this.active < 0 && step < 0;
    this.mark(isBeforeFirst ? count - 1 : (this.active + step + count) % count);
  }
}

// Names that begin as typed come first, then those with a word that does; else the nearest ones.
function matching(typed, municipalities) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const begin = municipalities.filter(([, , spelled]) => spelled.some((one) => one.startsWith(wanted)));
  const contain = municipalities.filter(([, , spelled]) => spelled.some((one) => one.includes(`-${wanted}`)));
  const found = [...new Set([...begin, ...contain])];
  return (found.length ? found : near(wanted, municipalities)).slice(0, MOST);
}

function near(wanted, municipalities) {
  const away = ([, , spelled]) => Math.min(...spelled.map((one) => misses(wanted, one)));
  const known = municipalities.map((one) => [away(one), one]).filter(([letters]) => letters < Infinity);
  const fewest = Math.min(...known.map(([letters]) => letters));
  return known.filter(([letters]) => letters === fewest).map(([, one]) => one);
}
