// The page that tells whether a receipt is genuine: it takes a file, and shows the verdict.

import { byId, element } from "../form/dom.js";
import { headOf, isFalse, isListed, judge } from "./judge.js";
import { shown, unable } from "./signature.js";
import { textOf, utf8 } from "./read.js";

const data = JSON.parse(byId("docket-data").textContent);
const say = (key, facts = {}) => data.words[key].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const list = () => fetch(data.list).then((answer) => answer.json()).catch(() => null);

function moment(text) {
  const time = { hour: "2-digit", minute: "2-digit", ...(new Date(text).getSeconds() ? { second: "2-digit" } : {}) };
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: data.zone };
  return new Date(text).toLocaleString(data.lang === "en" ? "en-GB" : data.lang, { ...day, ...time });
}

async function check(bytes) {
  const found = await judge(bytes, data, list);
  const facts = { id: found.proof?.id, key: found.key && (await shown(found.key)) };
  const isTold = Boolean(found.entry) && !isFalse(found.verdict);
  const key = found.verdict === "unjudged" ? "script.unpublished" : `said.${found.verdict}`;
  byId("result").className = `result card card--${kindOf(found.verdict)}`;
  byId("verdict").textContent = say(`script.${kindOf(found.verdict)}`);
  byId("said").textContent = say(key, facts);
  byId("rows").replaceChildren(...(isTold ? rows(found, facts) : []));
  byId("content").textContent = isTold ? (textOf(found.proof.content) ?? "") : "";
  for (const id of ["rows", "received"]) byId(id).hidden = !isTold;
  await note(found);
  byId("result").hidden = false;
  byId("result").focus();
}

function kindOf(verdict) {
  if (verdict === "genuine") return "good";
  return isFalse(verdict) ? "bad" : "open";
}

// What the published log knows of a genuine one.
async function note({ verdict, proof }) {
  const published = verdict === "genuine" ? await list() : null;
  const missing = headOf(proof ?? {}, published) && say("script.unlogged", { at: moment(published.at) });
  byId("note").textContent = proof && isListed(proof, published) ? say("here.logged") : (missing ?? "");
  byId("note").hidden = !byId("note").textContent;
}

function rows({ entry }, { id, key }) {
  const told = {
    received: moment(entry.Received),
    municipality: data.names[entry.Municipality] ?? entry.Municipality,
    round: data.rounds[entry.Round] ?? entry.Round,
    via: data.ways[entry.Via] ?? entry.Via,
    reference: entry.Reference,
    continues: entry.Continues,
    confirms: entry.Confirms,
    id,
    key,
  };
  return Object.entries(told).filter(([, text]) => text).flatMap(([name, text]) => [
    element("dt", { textContent: say(`row.${name}`) }),
    element("dd", { textContent: text }),
  ]);
}

async function take(file) {
  if (file) await check(new Uint8Array(await file.arrayBuffer()));
}

function listen() {
  const form = byId("check");
  form.hidden = false;
  byId("file").addEventListener("change", ({ target }) => take(target.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pasted = byId("pasted").value;
    if (pasted || !byId("file").files.length) check(utf8(pasted));
    else take(byId("file").files[0]);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

const why = await unable();
if (why) {
  byId("unable").textContent = say(`script.${why}`);
  byId("unable").hidden = false;
} else {
  listen();
}
