// Whether a receipt is genuine. The verdicts are those of tools/docket/acts/verify.py.

import { binary, hex, json, read, textOf } from "./read.js";
import { digest, idOf, keyOf, saltedOf, signerOf } from "./signature.js";

const SALT = 16;
const NAMES = ["Round", "Municipality", "Digest", "Received", "Logged", "Via", "Reference"];
const FALSE = new Set(["id", "signature", "key", "entry", "salt", "digest", "unknown", "spent"]);

export const isFalse = (verdict) => FALSE.has(verdict);

// `list` fetches what the site publishes of the log, null where it cannot.
export async function judge(bytes, data, list) {
  const proof = read(bytes);
  if (!proof) return { verdict: instead(bytes) };
  const entry = entryOf(proof.commit, data);
  const key = await signerOf(proof.commit);
  const verdict = (await wrong(proof, entry, key)) || (await under(proof, key, data, list));
  return { verdict, proof, entry, key };
}

// What a receipt contradicts itself in, whoever signed it.
async function wrong(proof, entry, key) {
  if (hex(await idOf(proof.commit)) !== proof.id) return "id";
  if (!key) return "signature";
  if (hex(await digest("SHA-256", key)) !== proof.key) return "key";
  if (!entry) return "entry";
  if (proof.salt.length !== SALT) return "salt";
  return hex(await saltedOf(proof.salt, proof.content)) === entry.Digest ? "" : "digest";
}

// What the register's keys make of it; only the log tells what came before a key was retired.
async function under(proof, key, { keys }, list) {
  if (!keys.length) return "unjudged";
  const known = keys.find((one) => binary(keyOf(one.key)) === binary(key));
  if (!known) return "unknown";
  if (!known.retired) return "genuine";
  const published = await list();
  if (isListed(proof, published)) return "genuine";
  return headOf(proof, published) ? "spent" : "retired";
}

export const isListed = ({ id }, published) => Boolean(published?.receipts.some((one) => one.id === id));
export const headOf = ({ key }, published) => published?.heads.find((one) => one.key === key)?.head;

// What a log commit says, null where it is no receipt.
function entryOf(commit, { instant }) {
  const text = new TextDecoder().decode(commit);
  const lines = text.slice(text.indexOf("\n\n")).split("\n").map((line) => line.split(": "));
  const said = Object.fromEntries(lines.map(([name, ...rest]) => [name, rest.join(": ").trim()]));
  const isTime = (name) => new RegExp(`^${instant}$`).test(said[name]) && Date.parse(said[name]) > 0;
  return NAMES.every((name) => name in said) && isTime("Received") && isTime("Logged") ? said : null;
}

// What somebody gave who meant to give a receipt.
function instead(bytes) {
  const text = (textOf(bytes) ?? binary(bytes)).replace(/^\ufeff/, "").trim();
  if (!text) return "empty";
  if (/^(?:<|%PDF)/.test(text)) return "page";
  if (/^municipality:/m.test(text)) return "yaml";
  const version = json(bytes)?.version;
  if (Number.isInteger(version) && version > 1) return "newer";
  return text.startsWith('{"version":') ? "cut" : "other";
}
