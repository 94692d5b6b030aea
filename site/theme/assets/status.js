// Long lists: a field that finds, headers that sort, and an address that keeps the choice. The map:
// a tile tells its name. What is to be copied: a button that copies it.
import { fold, misses } from "./fold.js";
import { offerPictures } from "./picture.js";

// Names are Danish in both languages: æ, ø, å come last, and aa is å.
const { compare } = new Intl.Collator("da", { numeric: true });

for (const finder of document.querySelectorAll(".finder")) start(finder);
for (const map of document.querySelectorAll(".atlas")) tell(map);
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", copy);
offerPictures();

function start(finder) {
  const table = finder.querySelector("table");
  const rows = [...finder.querySelectorAll(table ? "tbody > tr" : "li")];
  const heads = table ? [...table.querySelectorAll("thead th[data-sort]")] : [];
  const field = finder.querySelector("input[type=search]");
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("find") ?? "";
  field.addEventListener("input", () => {
    show(finder, rows, field.value);
    remember("find", field.value.trim());
  });
  for (const head of heads) makeSortable(head, heads, rows);
  sortAsAsked(asked.get("sort") ?? "", heads, rows);
  offerOrder(finder.querySelector("#order"), heads);
  show(finder, rows, field.value);
}

// Every word that is typed begins a word of the row: in its spellings or in what it shows. Where none
// does, the rows whose spelling is nearest are shown.
function show(finder, rows, typed) {
  const wanted = fold(typed);
  for (const row of rows) row.dataset.find ??= wordsOf(row);
  const isFound = (row) => wanted.split("-").every((word) => row.dataset.find.includes(` ${word}`));
  const found = wanted ? rows.filter(isFound) : rows;
  const shown = found.length ? found : nearest(wanted, rows);
  for (const row of rows) row.hidden = !shown.includes(row);
  // a table with nothing but its head is announced as one of no rows
  for (const list of finder.querySelectorAll("table, ul")) list.hidden = !shown.length;
  const { shown: sentence, none, near } = finder.dataset;
  const words = found.length ? sentence.replace("{n}", found.length).replace("{of}", rows.length) : none;
  finder.querySelector(".finder__shown").textContent = !found.length && shown.length ? near : words;
}

function nearest(wanted, rows) {
  const away = (row) => Math.min(...(row.dataset.words ?? "").split(" ").map((word) => misses(wanted, word)));
  const known = rows.map((row) => [away(row), row]).filter(([letters]) => letters < Infinity);
  const fewest = Math.min(...known.map(([letters]) => letters));
  return known.filter(([letters]) => letters === fewest).map(([, row]) => row);
}

function wordsOf(row) {
  const cells = [...row.children].map((cell) => fold(cell.textContent));
  return ` ${row.dataset.words} ${cells.join(" ")} `.replaceAll("-", " ");
}

function makeSortable(head, heads, rows) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    sort(heads, head, rows, down);
    remember("sort", `${down ? "-" : ""}${head.dataset.sort}`);
  });
}

function sortAsAsked(name, heads, rows) {
  const head = heads.find((one) => one.dataset.sort === name.replace(/^-/, ""));
  if (head) sort(heads, head, rows, name.startsWith("-"));
  else heads[0]?.setAttribute("aria-sort", "ascending");
}

function sort(heads, head, rows, down) {
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const column = head.cellIndex;
  const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const direction = down ? -1 : 1;
  const sorted = rows.toSorted((one, other) => direction * compare(key(one), key(other)));
  rows[0]?.parentElement.append(...sorted);
}

// Where the headers are not shown, a list of them sorts.
function offerOrder(select, heads) {
  if (!select) return;
  for (const head of heads) select.append(new Option(head.textContent, head.dataset.sort));
  select.value = heads.find((head) => head.ariaSort)?.dataset.sort;
  select.addEventListener("change", () => {
    heads.find((head) => head.dataset.sort === select.value).querySelector("button").click();
  });
}

// A mouse or a key sees at once which tile it is at; a finger's first tap tells, its second follows.
function tell(atlas) {
  const pick = atlas.querySelector(".pick");
  const place = pick.querySelector("p");
  let picked;
  const choose = (tile) => {
    picked?.classList.remove("is-picked");
    picked = tile;
    pick.hidden = !tile;
    if (!tile) return;
    tile.classList.add("is-picked");
    place.replaceChildren(...wordsOfTile(tile, pick.dataset.see));
  };
  for (const tile of atlas.querySelectorAll(".map .tile")) listen(tile, choose, () => picked);
  pick.querySelector("button").addEventListener("click", () => choose(null));
  atlas.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && !atlas.contains(next)) choose(null);
  });
}

function listen(tile, choose, picked) {
  tile.addEventListener("focus", () => {
    if (!tile.matches(":focus-visible")) return;
    choose(tile);
    tile.scrollIntoView({ block: "nearest" }); // on a phone what it tells lies over the page's end
  });
  tile.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && choose(tile));
  tile.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || tile === picked()) return;
    event.preventDefault();
    choose(tile);
  });
}

function wordsOfTile(tile, see) {
  const [name, stands] = tile.getAttribute("aria-label").split(/: (.*)/);
  const strong = document.createElement("strong");
  strong.textContent = name;
  const link = document.createElement("a");
  link.href = tile.getAttribute("href");
  link.textContent = see.replace("{name}", name);
  return [strong, ` · ${stands} · `, link];
}

async function copy({ currentTarget: button }) {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText);
  button.parentElement.querySelector("[aria-live]").textContent = button.dataset.copied;
}

function remember(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(null, "", address);
}
