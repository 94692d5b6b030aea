// The form: checks in the reader's words, shows everything once more, and the ways to send it.
// All it says and knows stands in the page's #docket-data, made from schema, texts and round.

import { fill } from "./check.js";
import { combobox } from "./combobox.js";
import { keep, restore } from "./draft.js";
import { canSeal, isLate, municipalityWords, roundWords, today } from "./standing.js";
import { find, gather, isDecided, nameOf } from "./values.js";

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("docket-data").textContent);
const form = byId("docket-form");
const asked = new URLSearchParams(location.search);
const changing = asked.get("aendr") ?? "";
const original = data.current[changing]?.values;
const parts = { form: [form, byId("lead"), byId("clock")], result: [byId("result")], receipt: [byId("receipt")] };
const steps = { go, draft: `docket:${data.round}:${changing}` };
const idOf = (pointer) => pointer.slice(1).replaceAll("/", "-");
const typed = () => find(form.elements.municipality.value, data.municipalities);

// One step is shown at a time; the browser's own way back leads to the one before.
function go(step, { push = true } = {}) {
  for (const [name, elements] of Object.entries(parts)) for (const one of elements) one.hidden = name !== step;
  if (step === "form") update();
  else byId(step).focus();
  if (push) history.pushState({ step }, "");
  if (step !== "form") scrollTo(0, 0);
}

function values() {
  const texts = Object.fromEntries(Object.keys(data.fields).filter((one) => one !== "/areas" && !one.startsWith("/withdrawn/")).map((pointer) => [pointer, valueOf(idOf(pointer))]));
  const areas = data.wishes === 1 ? [valueOf("areas")] : [...form.querySelectorAll("select[name=areas]")].map((one) => one.value);
  const found = gather(texts, areas, data);
  if (original && isLate(data)) Object.assign(found, lockedValues());
  if (valueOf("withdraw")) Object.assign(found, gather({ "/withdrawn/date": today(data), "/withdrawn/reason": valueOf("withdrawn-reason") }, [], data));
  return found;
}

const valueOf = (name) => form.elements[name]?.value ?? "";
const lockedValues = () => Object.fromEntries(Object.entries(original).filter(([pointer]) => /^\/(municipality|areas|motivation)/.test(pointer)));

function fillIn(found) {
  for (const [pointer, text] of Object.entries(found)) {
    const field = form.elements[idOf(pointer)];
    if (pointer === "/municipality") field.value = nameOf(text, data);
    else if (pointer.startsWith("/areas/") && data.wishes === 1) form.elements.areas.value = text;
    else if (field && !pointer.startsWith("/withdrawn/")) field.value = text;
  }
}

// What the page shows follows what is typed: fields that belong, notices, the counter.
function update() {
  const late = isLate(data);
  const decided = isDecided({ "/approval/status": valueOf("approval-status") });
  part("/approval/minutes").hidden = !decided;
  part("/approval/date").querySelector(".field__optional").hidden = decided;
  form.querySelector("[data-part=reason]").hidden = !valueOf("withdraw");
  for (const one of [part("/areas"), form.querySelector("[data-part=motivation]")]) one.hidden = Boolean(late && original);
  tell("clock", canSeal(data) ? roundWords(data, Boolean(original)) : data.words.sealless);
  const slug = typed();
  const found = slug && municipalityWords(slug, data, changing === slug);
  const isNew = tell("status", found?.words ?? "");
  byId("open-file").hidden = !(found?.file || changing);
  if (isNew && found?.change) {
    const link = Object.assign(document.createElement("a"), { href: `?aendr=${slug}`, textContent: data.words.change });
    byId("status").append(" ", link);
  }
  count();
}

const part = (pointer) => form.querySelector(`[data-field="${pointer}"]`);

function tell(id, words) {
  const place = byId(id);
  const isNew = place.dataset.words !== words;
  if (isNew) place.textContent = place.dataset.words = words;
  place.hidden = !words;
  return isNew;
}

let waiting = 0;
function count() {
  const limit = data.fields["/motivation"].maxLength;
  const left = limit - [...form.elements.motivation.value].length;
  const told = byId("motivation-count");
  const words = fill(left < 0 ? data.words.over : data.words.left, { count: Math.abs(left) }, data);
  if (told.textContent === words) return;
  told.textContent = words;
  clearTimeout(waiting);
  waiting = setTimeout(() => { byId("motivation-status").textContent = words; }, 1000);
}

// What comes after the fields is fetched while they are filled in: the page is there sooner.
const rest = () => import("./submit.js");

async function openFile(file) {
  const told = byId("status");
  try {
    const { read } = await import("./file.js");
    const found = read(await file.text());
    fillIn(found);
    update();
    const words = "/contact/sealed" in found ? data.words.openedSealed : data.words.opened;
    told.textContent = told.dataset.words = fill(words, { file: file.name }, data);
  } catch {
    told.textContent = told.dataset.words = fill(data.words.unreadable, { file: file.name }, data);
  }
  told.hidden = false;
}

async function askDesk() {
  try {
    const answer = await fetch(`/desk/${data.round}/waiting`);
    if (answer.ok) data.waiting = (await answer.json()).waiting;
    update();
  } catch { /* The desk is out of reach: it will be told when something is sent. */ }
}

combobox(form.elements.municipality, byId("municipality-list"), byId("municipality-found"), data, update);
if (!restore(form, steps.draft) && original) fillIn(original);
const named = changing || asked.get("kommune");
if (named && !form.elements.municipality.value) form.elements.municipality.value = nameOf(find(named, data.municipalities) ?? "", data);
if (original) byId("withdrawal").hidden = false;
for (const kind of ["input", "change"]) form.addEventListener(kind, () => { keep(form, steps.draft); update(); });
byId("earlier").addEventListener("change", (event) => event.target.files[0] && openFile(event.target.files[0]));
byId("back").addEventListener("click", () => { go("form"); form.elements.municipality.focus(); });
form.addEventListener("focusin", () => { rest().catch(() => {}); }, { once: true });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { submit } = await rest().catch(() => ({ submit: null }));
  if (submit) return submit(form, values(), Boolean(original), data, steps);
  tell("status", data.words.cut);
  return byId("status").scrollIntoView({ block: "center" });
});
addEventListener("popstate", ({ state }) => go(state?.step === "result" && byId("file").value ? "result" : "form", { push: false }));
update();
if (data.desk) askDesk();
