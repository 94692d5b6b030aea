// The form: checks in the reader's words, shows everything once more, and the ways to send it.
// All it says and knows stands in the page's #docket-data, made from schema, texts and round.

import { fill } from "./check.js";
import { isSure, setClock } from "./clock.js";
import { combobox } from "./combobox.js";
import { byId, element } from "./dom.js";
import { keep, restore, sentFrom } from "./draft.js";
import { canSeal, isLate, municipalityWords, roundWords, today } from "./standing.js";
import { find, gather, isDecided, nameOf } from "./values.js";

const PAUSE = 1000;
const LOCKED = /^\/(municipality|areas|motivation)/;
const data = JSON.parse(byId("docket-data").textContent);
const form = byId("docket-form");
const idOf = (pointer) => pointer.slice(1).replaceAll("/", "-");
const valueOf = (name) => form.elements[name]?.value ?? "";
const isTyped = (pointer) => pointer !== "/areas" && !pointer.startsWith("/withdrawn/");
const part = (pointer) => form.querySelector(`[data-field="${pointer}"]`);
const asked = new URLSearchParams(location.search);
const token = form.elements.token?.value ?? "";
// What an address asks for, by its name in a Danish register and in others.
const inAddress = (...names) => names.map((name) => asked.get(name)).find((one) => one !== null);
const changing = token
  ? find(form.elements.municipality.value, data.municipalities)
  : (inAddress("aendr", "change") ?? "");
const shown = data.current[changing]?.values;
const ours = data.desk ? null : shown; // at the desk only a link leads to an answer
const original = token ? filledIn() : ours;
const title = byId("title");
const titles = { form: title.textContent, result: byId("result").ariaLabel };
const parts = {
  form: [form, byId("clock")],
  result: [byId("result")],
};
// Built after the deadline; the browser's own clock closes nothing.
const wasLate = byId("fields").hidden;
const steps = { go, token, draft: `docket:${data.round}:${token || changing}` };

// One step is shown at a time; the browser's own way back leads to the one before.
function go(step, { push = true } = {}) {
  for (const [name, elements] of Object.entries(parts)) {
    for (const one of elements) one.hidden = name !== step;
  }
  head(step);
  if (step === "form") update();
  else byId(step).focus();
  if (push) history.pushState({ step }, "");
  if (step !== "form") scrollTo(0, 0);
}

// The heading, the page's title and the list of steps say which step it is.
function head(step) {
  document.title = document.title.replace(title.textContent, titles[step]);
  title.textContent = titles[step];
  const [first, second] = byId("steps").children;
  first.ariaCurrent = step === "form" ? "step" : null;
  second.ariaCurrent = step === "form" ? null : "step";
}

function values() {
  const found = filledIn();
  if (locked()) Object.assign(found, lockedValues());
  if (valueOf("withdraw")) Object.assign(found, withdrawal());
  return found;
}

function filledIn() {
  const pointers = Object.keys(data.fields).filter(isTyped);
  const texts = Object.fromEntries(pointers.map((pointer) => [pointer, valueOf(idOf(pointer))]));
  return gather(texts, areas(), data);
}

// After the deadline an answer keeps its areas and its motivation.
function locked() {
  return Boolean(original) && isLate(data);
}

function areas() {
  if (data.wishes === 1) return [valueOf("areas")];
  return [...form.querySelectorAll("select[name=areas]")].map((select) => select.value);
}

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
  part("/approval/minutes").hidden = !isDecidedNow;
  part("/approval/date").querySelector(".field__optional").hidden = isDecidedNow;
  if (!data.desk) form.querySelector("[data-part=reason]").hidden = !valueOf("withdraw");
  part("/areas").hidden = locked();
  byId("fields").hidden = (wasLate || (isSure(data) && isLate(data))) && !original;
  form.querySelector("[data-part=motivation]").hidden = locked();
}

// Where the municipality stands, as soon as it is named.
function showStanding() {
  const slug = find(form.elements.municipality.value, data.municipalities);
  const standing = slug ? municipalityWords(slug, data, { changing: changing === slug, token }) : sentWords();
  const isNew = tell("status", standing?.words ?? "");
  byId("open-file").hidden = !(standing?.file || changing);
  if (isNew && standing?.link) byId("status").append(" ", element("a", standing.link));
}

// Back from the receipt, in the same tab.
function sentWords() {
  if (!sentFrom(steps.draft)) return null;
  return { words: data.words.sent, link: { href: data.own, textContent: data.words.see } };
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

// Without a draft: from the answer that is changed, if any. What is sent already the browser would
// bring back by itself.
function startFrom(answer) {
  if (answer) fillIn(answer);
  if (!sentFrom(steps.draft)) return;
  addEventListener("pageshow", () => {
    form.reset();
    update();
  });
}

function begin() {
  const field = form.elements.municipality;
  combobox(field, byId("municipality-list"), byId("municipality-found"), data, update);
  if (!restore(form, steps.draft)) startFrom(original ?? shown);
  const named = changing || inAddress("kommune", "for");
  if (named && !field.value) field.value = nameOf(find(named, data.municipalities) ?? "", data);
  if (original && !data.desk) byId("withdrawal").hidden = false;
  listen();
  update();
  if (data.desk) askDesk();
}

begin();
