// The file that values make, values from such a file, and the address that opens it on a forge.

import { areasOf, LONG } from "./values.js";

const HEAD = "# yaml-language-server: $schema=../../schema/submission.json\n";
const SEALED = "/contact/sealed";
const PLAIN = ["/municipality", "/approval/status"];

// A JSON string is a YAML string, whatever stands in it.
export function write(values, data) {
  const inner = (group) => [...Object.keys(data.fields), SEALED]
    .filter((pointer) => pointer.startsWith(`/${group}/`) && pointer in values)
    .map((pointer) => `  ${pointer.split("/")[2]}: ${scalar(pointer, values[pointer])}`);
  const rows = [`municipality: ${scalar("/municipality", values["/municipality"] ?? "")}`, `areas: [${areasOf(values).map(word).join(", ")}]`];
  for (const group of ["contact", "approval"]) {
    const found = inner(group);
    rows.push(...(found.length ? [`${group}:`, ...found] : [`${group}: {}`]));
  }
  if (LONG in values) rows.push(`motivation: ${JSON.stringify(values[LONG])}`);
  if ("/withdrawn/date" in values) rows.push("withdrawn:", ...inner("withdrawn"));
  return `${HEAD}${rows.join("\n")}\n`;
}

const scalar = (pointer, text) => (PLAIN.includes(pointer) ? word(text) : JSON.stringify(text));
const word = (text) => (/^(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]*[a-z0-9]$/.test(text) ? text : JSON.stringify(text));

// Values from a file as the form writes it, or one written by hand as simply. Throws on any other.
export function read(text) {
  const values = {};
  let group = "";
  for (const line of text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").split("\n")) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const [, indent, key, rest] = /^( *)(\w+): *(.*)$/.exec(line) ?? fail(line);
    if (!indent) group = key;
    const pointer = indent ? `/${group}/${key}` : `/${key}`;
    if (rest.startsWith("{")) for (const [name, one] of pairs(rest)) values[`${pointer}/${name}`] = one;
    else if (rest.startsWith("[")) items(rest).forEach((one, index) => { values[`${pointer}/${index}`] = one; });
    else if (rest) values[pointer] = unquoted(rest);
  }
  return values;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\[\]{}"']+/g;
const items = (text) => (text.endsWith("]") ? text.slice(1, -1).match(TOKEN) ?? [] : fail(text)).map((one) => unquoted(one.trim())).filter(Boolean);

function pairs(text) {
  if (!text.endsWith("}")) fail(text);
  return [...text.slice(1, -1).matchAll(/(\w+): *("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)/g)].map(([, name, one]) => [name, unquoted(one.trim())]);
}

function unquoted(text) {
  if (text.startsWith('"')) return JSON.parse(text);
  if (text.startsWith("'")) return text.endsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : fail(text);
  return /^[|>&*!%@`]/.test(text) || text.includes(" #") ? fail(text) : text;
}

function fail(what) {
  throw new SyntaxError(what);
}

export function forgeAddress({ kind, address, branch }, path, text) {
  const [file, value] = [path, text].map(encodeURIComponent);
  const base = address.replace(/\/$/, "");
  if (kind === "gitlab") return `${base}/-/new/${branch}?file_name=${file}&content=${value}`;
  return `${base}/${kind === "gitea" ? "_new" : "new"}/${branch}?filename=${file}&value=${value}`;
}
