// Before sending: everything once more; then the ways out, and the receipt.

import { overview } from "./overview.js";
import { fill } from "./check.js";
import { byId, element } from "./dom.js";
import { received, tokenFor } from "./draft.js";
import { show } from "./errors.js";
import { forgeAddress, write } from "./file.js";
import { seal } from "./seal.js";
import { moment } from "./standing.js";
import { nameOf } from "./values.js";

// Whatever is offered is sealed first, where the round has a seal.
export async function offer(form, values, data, steps) {
  const slug = values["/municipality"];
  const name = `${slug}.yml`;
  const text = write(await seal(values, data), data);
  const path = `submissions/${data.round}/${name}`;
  overview(form, values, data, steps);
  byId("file-name").textContent = path;
  byId("file").value = text;
  byId("download").onclick = () => download(name, text);
  offerMail({ name: nameOf(slug, data), round: data.title, file: name }, data);
  for (const id of ["way-desk", "send"]) byId(id).hidden = !data.desk;
  byId("send").onclick = () => send(form, text, data, steps);
  if (data.forge) offerForge(path, text, data);
  steps.go("result");
}

function offerMail(facts, data) {
  const link = byId("mail");
  if (!link) return;
  const subject = encodeURIComponent(fill(data.words.subject, facts, data));
  const body = encodeURIComponent(fillLines(data.words.body, facts));
  link.href = `mailto:${data.email}?subject=${subject}&body=${body}`;
}

// A mailto's lines end in CR LF (RFC 6068).
const fillLines = (sentence, facts) =>
  sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]).replaceAll("\n", "\r\n");

function offerForge(path, text, data) {
  const address = forgeAddress(data.forge, path, text);
  const fits = encodeURIComponent(address).length <= data.longest;
  byId("way-forge").hidden = !fits;
  byId("way-forge-long").hidden = fits;
  byId("open-forge").href = address;
}

// The desk answers with a receipt, or with what is wrong at each field.
async function send(form, text, data, steps) {
  const problem = byId("desk-error");
  if (byId("sending").textContent) return;
  problem.hidden = true;
  byId("sending").textContent = data.words.sending;
  let answer;
  try {
    const token = steps.token || tokenFor(steps.draft);
    answer = await post(text, token, data);
    if (answer.status === 201) receipt(form, token, data, await answer.json(), steps);
    else if (answer.status === 422) correct(form, await answer.json(), data, steps);
    else refuse(problem, data.words.refused);
  } catch {
    refuse(problem, answer ? data.words.refused : data.words.failed);
  } finally {
    byId("sending").textContent = "";
  }
}

function post(text, token, data) {
  const body = JSON.stringify({ round: data.round, file: text, token });
  return fetch("/desk", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

function correct(form, { errors }, data, steps) {
  steps.go("form");
  const inLanguage = ({ pointer, message }) => ({ pointer, message: message[data.lang] });
  show(form, errors.map(inLanguage), data);
}

function refuse(problem, words) {
  problem.textContent = words;
  problem.hidden = false;
}

// The receipt has an address of its own, where Back and Forward find it again.
function receipt(form, token, data, { own, reference, received: time }, steps) {
  received(steps.draft);
  form.reset();
  steps.go("form", { push: false });
  if (own) location.replace(`${data.own}#${token}`);
  else refuse(byId("status"), fill(data.words.twice, { reference, time: moment(time, data) }, data));
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
