// Long lists: a field that finds, headers that sort, and an address that keeps the choice.
import { fold } from "./fold.js";

for (const finder of document.querySelectorAll(".finder")) start(finder);

function start(finder) {
  const table = finder.querySelector("table");
  const rows = [...finder.querySelectorAll(table ? "tbody > tr" : "li")];
  const heads = table ? [...table.querySelectorAll("thead th[data-sort]")] : [];
  const field = finder.querySelector("input[type=search]");
  const chosen = new URLSearchParams(location.search);
  field.value = chosen.get("find") ?? "";
  field.addEventListener("input", () => {
    show(finder, rows, field.value);
    keep("find", field.value.trim());
  });
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      sort(heads, head, rows, down);
      keep("sort", `${down ? "-" : ""}${head.dataset.sort}`);
    });
  }
  const wanted = chosen.get("sort") ?? "";
  const head = heads.find((one) => one.dataset.sort === wanted.replace(/^-/, ""));
  if (head) sort(heads, head, rows, wanted.startsWith("-"));
  else heads[0]?.setAttribute("aria-sort", "ascending");
  show(finder, rows, field.value);
}

// Every word that is typed begins a word of the row: in its spellings or in what it shows.
function show(finder, rows, typed) {
  const wanted = fold(typed);
  let shown = 0;
  for (const row of rows) {
    row.dataset.find ??= ` ${row.dataset.words} ${[...row.children].map((cell) => fold(cell.textContent)).join(" ")} `.replaceAll("-", " ");
    row.hidden = wanted !== "" && !wanted.split("-").every((word) => row.dataset.find.includes(` ${word}`));
    if (!row.hidden) shown += 1;
  }
  const { shown: some, none } = finder.dataset;
  const text = shown ? some.replace("{n}", shown).replace("{of}", rows.length) : none;
  finder.querySelector(".finder__shown").textContent = text;
}

// Names are Danish in both languages: æ, ø, å come last, and aa is å.
function sort(heads, head, rows, down) {
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const column = head.cellIndex;
  const compare = new Intl.Collator("da", { numeric: true }).compare;
  const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const first = new Map(rows.map((row, index) => [row, index]));
  const sorted = [...rows].sort((one, other) => (down ? -1 : 1) * compare(key(one), key(other)) || first.get(one) - first.get(other));
  rows[0]?.parentElement.append(...sorted);
}

function keep(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(null, "", address);
}
