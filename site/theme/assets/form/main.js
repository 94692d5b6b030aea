// The form: checks in the reader's words, shows everything once more, and the ways to send it.
// All it says and knows stands in the page's #docket-data, made from schema, texts and round.

import { fill } from "./check.js";
import { isSure, setClock } from "./clock.js";
import { combobox } from "./combobox.js";
import { byId, element } from "./dom.js";
import { keep, restore, sentFrom } from "./draft.js";
import { areas, fillIn, part, typed, valueOf } from "./fields.js";
import { count } from "./counter.js";
import { canSeal, isLate, municipalityWords, roundWords, today } from "./standing.js";
import { fieldOf, find, gather, isDecided, LONG, nameOf } from "./values.js";

const data = JSON.parse(byId("docket-data").textContent);
const form = byId("docket-form");
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
  const found = locked() ? { ...lockedValues(), ...unlocked(filledIn()) } : filledIn();
  if (valueOf(form, "withdraw")) Object.assign(found, withdrawal());
  return found;
}

function filledIn() {
  return gather(typed(form, data), areas(form, data), data);
}

// After the deadline an answer keeps its areas, its motivation and what the organiser asked besides.
function locked() {
  return Boolean(original) && isLate(data);
}

// What the site does not show it cannot fill in: then it is typed again, as it was.
function isLocked(pointer) {
  const field = fieldOf(pointer, data);
  const isKnown = Boolean(token) || data.fields[field]?.public;
  return ["/municipality", "/areas", LONG].includes(field) || (data.fields[field]?.own && isKnown);
}

const unlocked = (found) => Object.fromEntries(Object.entries(found).filter(([pointer]) => !isLocked(pointer)));

function lockedValues() {
  return Object.fromEntries(Object.entries(original).filter(([pointer]) => isLocked(pointer)));
}

function withdrawal() {
  const texts = { "/withdrawn/date": today(data), "/withdrawn/reason": valueOf(form, "withdrawn-reason") };
  return gather(texts, [], data);
}

// What the page shows follows what is typed: fields that belong, notices, the counter.
function update() {
  showParts();
  tell("clock", canSeal(data) ? roundWords(data, Boolean(original)) : data.words.sealless);
  showStanding();
  count(form, data);
}

function showParts() {
  if (part(form, "/approval/status")) showCouncil();
  if (!data.desk) form.querySelector("[data-part=reason]").hidden = !valueOf(form, "withdraw");
  byId("fields").hidden = (wasLate || (isSure(data) && isLate(data))) && !original;
  showUnlocked();
}

function showCouncil() {
  const isDecidedNow = isDecided({ "/approval/status": valueOf(form, "approval-status") });
  const optional = part(form, "/approval/date")?.querySelector(".field__optional");
  for (const [one, isHidden] of [[part(form, "/approval/minutes"), !isDecidedNow], [optional, isDecidedNow]]) {
    if (one) one.hidden = isHidden;
  }
}

function showUnlocked() {
  part(form, "/areas").hidden = locked();
  for (const pointer of Object.keys(data.fields).filter((one) => data.fields[one].own)) {
    part(form, pointer).hidden = locked() && isLocked(pointer);
  }
  for (const block of form.querySelectorAll("[data-part=motivation], [data-part=own]")) {
    const fields = [...block.querySelectorAll("[data-field]")];
    block.hidden = locked() && fields.every((one) => isLocked(one.dataset.field));
  }
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

// What comes after the fields is fetched while they are filled in: the page is there sooner.
const rest = () => import("./submit.js");

async function openFile(file) {
  const place = byId("status");
  try {
    const { read } = await import("./file.js");
    const found = read(await file.text());
    fillIn(form, found, data);
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
  if (answer) fillIn(form, answer, data);
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
