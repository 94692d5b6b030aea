// Finds pages by whole words and their beginnings, in every spelling; rounds and registered come first.
import { fold } from "./fold.js";

const MOST = 12;
const LEAST = 3;
const SHORT = 90;
const IN_TITLE = 6;
const plain = (markup) => new DOMParser().parseFromString(markup, "text/html").body.textContent;

export async function start(field) {
  const { form } = field;
  const box = form.querySelector(".found");
  const { docs } = await (await fetch(form.dataset.index)).json();
  const pages = new Map(docs.map(({ location, title }) => [location, plain(title)]));
  const sections = docs.map((one) => read(one, pages));
  const first = form.dataset.first.split(" ");
  const look = () => show(field, box, find(field.value, sections, first));
  field.addEventListener("input", look);
  field.addEventListener("focus", look);
  form.addEventListener("submit", () => box.querySelector("a")?.focus());
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    event.preventDefault();
    box.hidden = true;
    field.focus();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) box.hidden = true;
  });
  look();
}

function read({ location, title, text }, pages) {
  const [page] = location.split("#");
  const name = pages.get(page);
  const section = plain(title);
  const body = plain(text);
  return {
    location,
    page,
    name,
    body: section === name ? body : `${section}: ${body}`,
    title: fold(`${name} ${section}`).split("-"),
    text: fold(body).split("-"),
  };
}

// Words like "er" find nothing. "fristen" finds "frist" too: an ending is no other word.
function find(typed, sections, first) {
  const words = fold(typed).split("-").filter((word) => word.length >= LEAST);
  if (!words.length) return [];
  const best = new Map();
  for (const section of sections) {
    const points = words.map((word) => worth(word, section)).reduce((sum, one) => sum + one, 0);
    const score = points * (first.some((folder) => section.page.startsWith(folder)) ? 2 : 1);
    if (score > (best.get(section.page)?.score ?? 0)) best.set(section.page, { ...section, score });
  }
  return [...best.values()].toSorted((one, other) => other.score - one.score).slice(0, MOST);
}

function worth(word, { title, text }) {
  const meets = (one) => one.startsWith(word) || (one.length > LEAST && word.startsWith(one));
  if (title.some(meets)) return IN_TITLE;
  return text.some(meets) ? 1 : 0;
}

function show(field, box, found) {
  const { some, none } = field.dataset;
  box.hidden = !field.value.trim();
  box.querySelector("p").textContent = found.length ? some.replace("{n}", found.length) : none;
  box.querySelector("ul").replaceChildren(...found.map((one) => itemOf(one, field.form.dataset.root)));
}

function itemOf({ location, name, body }, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const text = document.createElement("span");
  link.href = `${root}/${location}`;
  text.textContent = body.length > SHORT ? `${body.slice(0, SHORT)} …` : body;
  link.append(name, text);
  item.append(link);
  return item;
}
