// The form: checks in the reader's words, shows everything once more, and the ways to send it.
// All it says and knows stands in the page's #docket-data, made from schema, texts and round.

import { fill } from "./check.js";
import { setClock } from "./clock.js";
import { combobox } from "./combobox.js";
import { byId, element } from "./dom.js";
import { keep, restore } from "./draft.js";
import { canSeal, isLate, municipalityWords, roundWords, today } from "./standing.js";
import { find, gather, isDecided, nameOf } from "./values.js";

const PAUSE = 1000;
const LOCKED = /^\/(municipality|areas|motivation)/;
const data = JSON.parse(byId("docket-data").textContent);
const form = byId("docket-form");
const asked = new URLSearchParams(location.search);
const changing = asked.get("aendr") ?? "";
const original = data.current[changing]?.values;
const parts = {
  form: [form, byId("lead"), byId("clock")],
  result: [byId("result")],
  receipt: [byId("receipt")],
};
const steps = { go, draft: `docket:${data.round}:${changing}` };

const idOf = (pointer) => pointer.slice(1).replaceAll("/", "-");
const valueOf = (name) => form.elements[name]?.value ?? "";
const isTyped = (pointer) => pointer !== "/areas" && !pointer.startsWith("/withdrawn/");
const part = (pointer) => form.querySelector(`[data-field="${pointer}"]`);

// One step is shown at a time; the browser's own way back leads to the one before.
function go(step, { push = true } = {}) {
  for (const [name, elements] of Object.entries(parts)) {
    for (const one of elements) one.hidden = name !== step;
  }
  if (step === "form") update();
  else byId(step).focus();
  if (push) history.pushState({ step }, "");
  if (step !== "form") scrollTo(0, 0);
}

function values() {
  const pointers = Object.keys(data.fields).filter(isTyped);
  const texts = Object.fromEntries(pointers.map((pointer) => [pointer, valueOf(idOf(pointer))]));
  const found = gather(texts, areas(), data);
  if (original && isLate(data)) Object.assign(found, lockedValues());
  if (valueOf("withdraw")) Object.assign(found, withdrawal());
  return found;
}

function areas() {
  if (data.wishes === 1) return [valueOf("areas")];
  return [...form.querySelectorAll("select[name=areas]")].map((select) => select.value);
}

// After the deadline these stay as they were.
function lockedValues() {
  return Object.fromEntries(Object.entries(original).filter(([pointer]) => LOCKED.test(pointer)));
}

function withdrawal() {
  const texts = { "/withdrawn/date": today(data), "/withdrawn/reason": valueOf("withdrawn-reason") };
  return gather(texts, [], data);
}

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
  showParts();
  tell("clock", canSeal(data) ? roundWords(data, Boolean(original)) : data.words.sealless);
  showStanding();
  count();
}

function showParts() {
  const isDecidedNow = isDecided({ "/approval/status": valueOf("approval-status") });
  const isLocked = Boolean(isLate(data) && original);
  part("/approval/minutes").hidden = !isDecidedNow;
  part("/approval/date").querySelector(".field__optional").hidden = isDecidedNow;
  form.querySelector("[data-part=reason]").hidden = !valueOf("withdraw");
  part("/areas").hidden = isLocked;
  form.querySelector("[data-part=motivation]").hidden = isLocked;
}

// Where the municipality stands, as soon as it is named.
function showStanding() {
  const slug = find(form.elements.municipality.value, data.municipalities);
  const standing = slug && municipalityWords(slug, data, changing === slug);
  const isNew = tell("status", standing?.words ?? "");
  byId("open-file").hidden = !(standing?.file || changing);
  if (isNew && standing?.change) {
    byId("status").append(" ", element("a", { href: `?aendr=${slug}`, textContent: data.words.change }));
  }
}

// Says whether the words are others than those that stood there.
function tell(id, words) {
  const place = byId(id);
  const isNew = place.dataset.words !== words;
  if (isNew) setWords(place, words);
  place.hidden = !words;
  return isNew;
}

function setWords(place, words) {
  place.textContent = words;
  place.dataset.words = words;
}

// The number is there at once; it is read aloud when typing rests.
let waiting = 0;
function count() {
  const limit = data.fields["/motivation"].maxLength;
  const left = limit - [...form.elements.motivation.value].length;
  const counter = byId("motivation-count");
  const words = fill(left < 0 ? data.words.over : data.words.left, { count: Math.abs(left) }, data);
  if (counter.textContent === words) return;
  counter.textContent = words;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    byId("motivation-status").textContent = words;
  }, PAUSE);
}

// What comes after the fields is fetched while they are filled in: the page is there sooner.
const rest = () => import("./submit.js");

async function openFile(file) {
  const place = byId("status");
  try {
    const { read } = await import("./file.js");
    const found = read(await file.text());
    fillIn(found);
    update();
    const words = "/contact/sealed" in found ? data.words.openedSealed : data.words.opened;
    setWords(place, fill(words, { file: file.name }, data));
  } catch {
    setWords(place, fill(data.words.unreadable, { file: file.name }, data));
  }
  place.hidden = false;
}

async function askDesk() {
  try {
    const answer = await fetch(`/desk/${data.round}/waiting`);
    if (answer.ok) {
      const told = await answer.json();
      data.waiting = told.waiting;
      setClock(told.now);
    }
    update();
  } catch {
    // The desk is out of reach: it will be told when something is sent.
  }
}

async function press(event) {
  event.preventDefault();
  const { submit } = await rest().catch(() => ({ submit: null }));
  if (submit) {
    submit(form, values(), Boolean(original), data, steps);
  } else {
    tell("status", data.words.cut);
    byId("status").scrollIntoView({ block: "center" });
  }
}

function listen() {
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      keep(form, steps.draft);
      update();
    });
  }
  byId("earlier").addEventListener("change", ({ target: { files: [file] } }) => file && openFile(file));
  byId("back").addEventListener("click", () => {
    go("form");
    form.elements.municipality.focus();
  });
  form.addEventListener("focusin", () => rest().catch(() => null), { once: true });
  form.addEventListener("submit", press);
  addEventListener("popstate", ({ state }) => {
    const isResult = state?.step === "result" && byId("file").value;
    go(isResult ? "result" : "form", { push: false });
  });
}

function begin() {
  const field = form.elements.municipality;
  combobox(field, byId("municipality-list"), byId("municipality-found"), data, update);
  if (!restore(form, steps.draft) && original) fillIn(original);
  const named = changing || asked.get("kommune");
  if (named && !field.value) field.value = nameOf(find(named, data.municipalities) ?? "", data);
  if (original) byId("withdrawal").hidden = false;
  listen();
  update();
  if (data.desk) askDesk();
}

begin();
