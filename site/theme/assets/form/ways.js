// Before sending: everything once more; then the ways out, and the receipt.

import { control, fieldOf, show } from "./errors.js";
import { fill } from "./check.js";
import { forgeAddress, write } from "./file.js";
import { day, locale } from "./standing.js";
import { areasOf, nameOf } from "./values.js";
import { forget } from "./draft.js";
import { seal } from "./seal.js";

const byId = (id) => document.getElementById(id);

// Whatever is offered is sealed first, where the round has a seal.
export async function offer(form, values, data, steps) {
  const slug = values["/municipality"];
  const [name, text] = [`${slug}.yml`, write(await seal(values, data), data)];
  const path = `submissions/${data.round}/${name}`;
  answers(form, values, data, steps);
  byId("file-name").textContent = path;
  byId("file").value = text;
  byId("download").onclick = () => download(name, text);
  const facts = { name: nameOf(slug, data), round: data.title, file: name };
  const mail = byId("mail");
  if (mail) mail.href = `mailto:${data.email}?subject=${encodeURIComponent(fill(data.words.subject, facts, data))}&body=${encodeURIComponent(fillLines(data.words.body, facts))}`;
  byId("way-desk").hidden = !data.desk;
  byId("send").onclick = () => send(form, values, text, data, steps);
  if (data.forge) {
    const address = forgeAddress(data.forge, path, text);
    const fits = encodeURIComponent(address).length <= data.longest;
    byId("way-forge").hidden = !fits;
    byId("way-forge-long").hidden = fits;
    byId("open-forge").href = address;
  }
  steps.go("result");
}

const fillLines = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

// Label, answer, whether the site shows it, and a way back to the field.
function answers(form, values, data, steps) {
  const rows = Object.entries(data.fields).flatMap(([pointer, rules]) => {
    const answer = answerOf(pointer, values, form, data);
    const field = fieldOf(form, pointer);
    if (!answer && !field) return [];
    const [term, told, link, tag] = ["dt", "dd", "button", "span"].map((one) => document.createElement(one));
    term.textContent = pointer === "/withdrawn/date" ? data.words.withdrawn : rules.label;
    const words = Object.assign(document.createElement("div"), { textContent: answer || data.words.empty, className: answer ? "answers__value" : "answers__value answers__value--empty" });
    Object.assign(tag, { className: `answers__tag${rules.public ? " answers__tag--public" : ""}`, textContent: seenBy(pointer, rules, data) });
    Object.assign(link, { type: "button", className: "link", textContent: data.words.mend });
    link.setAttribute("aria-label", `${data.words.mend}: ${term.textContent}`);
    link.onclick = () => { steps.go("form"); (field ? control(field) : form.querySelector("input:not([type=hidden])")).focus(); };
    told.append(words, ...(answer ? [tag] : []), ...(field ? [link] : []));
    return [term, told];
  });
  byId("answers").replaceChildren(...rows);
}

function seenBy(pointer, rules, data) {
  if (data.seal && pointer.startsWith("/contact/")) return data.words.sealed;
  return rules.public ? data.words.shown : data.words.hidden;
}

function answerOf(pointer, values, form, data) {
  if (pointer === "/municipality") return nameOf(values[pointer], data);
  const chosen = (name, value) => form.querySelector(`[name="${name}"][value="${CSS.escape(value)}"] + label`)?.textContent ?? form.querySelector(`option[value="${CSS.escape(value)}"]`)?.textContent ?? value;
  if (pointer === "/areas") return areasOf(values).map((one, index, all) => `${all.length > 1 ? `${index + 1}. ` : ""}${chosen("areas", one)}`).join("\n");
  if (pointer === "/approval/status") return chosen("approval-status", values[pointer]);
  const value = values[pointer];
  return value && pointer.endsWith("/date") ? day(value, data) : value;
}

// The desk answers with a receipt, or with what is wrong at each field.
async function send(form, values, text, data, steps) {
  const problem = byId("desk-error");
  const tell = (words) => { problem.textContent = words; problem.hidden = false; };
  problem.hidden = true;
  byId("sending").textContent = data.words.sending;
  let answer;
  try {
    answer = await fetch("/desk", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ round: data.round, file: text }) });
    if (answer.status === 201) receipt(values, text, data, await answer.json(), steps);
    else if (answer.status === 422) {
      const { errors } = await answer.json();
      steps.go("form");
      show(form, errors.map(({ pointer, message }) => ({ pointer, message: message[data.lang] })), data);
    } else tell(data.words.refused);
  } catch {
    tell(answer ? data.words.refused : data.words.failed);
  } finally {
    byId("sending").textContent = "";
  }
}

function receipt(values, text, data, { reference, received, blob }, steps) {
  forget(steps.draft);
  const time = new Date(received).toLocaleString(locale(data), { dateStyle: "full", timeStyle: "medium", timeZone: data.zone });
  const told = { name: nameOf(values["/municipality"], data), time, reference, blob, file: text };
  for (const [key, words] of Object.entries(told)) byId(`receipt-${key}`).textContent = words;
  byId("print").onclick = () => window.print();
  steps.go("receipt");
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
