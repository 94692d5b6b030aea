// The file that values make, values from such a file, and the address that opens it on a forge.

import { NUMBER } from "./numbers.js";
import { areasOf, listOf, LONG } from "./values.js";

const HEAD = "# yaml-language-server: $schema=../../schema/submission.json\n";
const SEALED = "/contact/sealed";
const BARE = { number: NUMBER, "yes-no": /^(?:true|false)$/ };
const WORD = /^(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]*[a-z0-9]$/;
const LINE = /^( *)([\w-]+): *(.*)$/;
const ITEM = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,[\]{}"']+/g;
const PAIR = /(\w+): *("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)/g;

// A JSON string is a YAML string, whatever stands in it.
export function write(values, data) {
  const inner = (group) => [...Object.keys(data.fields), SEALED]
    .filter((pointer) => pointer.startsWith(`/${group}/`) && pointer in values)
    .map((pointer) => `  ${pointer.split("/")[2]}: ${scalar(data.fields[pointer]?.kind, values[pointer])}`);
  const rows = [
    `municipality: ${word(values["/municipality"] ?? "")}`,
    `areas: ${list(areasOf(values))}`,
  ];
  for (const group of ["contact", "approval"]) rows.push(...groupOf(group, inner(group), data));
  if (LONG in values) rows.push(`motivation: ${JSON.stringify(values[LONG])}`);
  const own = Object.keys(data.fields).filter((pointer) => data.fields[pointer].own);
  rows.push(...own.flatMap((pointer) => ownRow(pointer, values, data)));
  if ("/withdrawn/date" in values) rows.push("withdrawn:", ...inner("withdrawn"));
  return `${HEAD}${rows.join("\n")}\n`;
}

// The council is left out where nobody asks for it.
function groupOf(group, fields, data) {
  if (fields.length) return [`${group}:`, ...fields];
  return group === "contact" || "/approval/status" in data.fields ? [`${group}: {}`] : [];
}

function ownRow(pointer, values, data) {
  const { kind } = data.fields[pointer];
  const chosen = listOf(values, pointer);
  const told = kind === "choices" ? chosen.length && list(chosen) : pointer in values && scalar(kind, values[pointer]);
  return told ? [`${pointer.slice(1)}: ${told}`] : [];
}

// A number, yes and no stand as they are.
function scalar(kind, text) {
  if (kind === "choice") return word(text);
  return BARE[kind]?.test(text) ? text : JSON.stringify(text);
}

const list = (chosen) => `[${chosen.map((one) => word(one)).join(", ")}]`;
const word = (text) => (WORD.test(text) ? text : JSON.stringify(text));

// Values from a file as the form writes it, or one written by hand as simply. Throws on any other.
export function read(text) {
  const values = {};
  let group = "";
  for (const line of text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").split("\n")) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const [, indent, key, rest] = LINE.exec(line) ?? fail(line);
    if (!indent) group = key;
    const pointer = indent ? `/${group}/${key}` : `/${key}`;
    for (const [name, value] of entries(rest)) values[`${pointer}${name}`] = value;
  }
  return values;
}

// What stands after a key, by what its pointer goes on with.
function entries(text) {
  if (text.startsWith("{")) return pairs(text).map(([name, value]) => [`/${name}`, value]);
  if (text.startsWith("[")) return items(text).map((value, index) => [`/${index}`, value]);
  return text ? [["", unquoted(text)]] : [];
}

function items(text) {
  if (!text.endsWith("]")) fail(text);
  const parts = text.slice(1, -1).match(ITEM) ?? [];
  return parts.map((part) => unquoted(part.trim())).filter(Boolean);
}

function pairs(text) {
  if (!text.endsWith("}")) fail(text);
  return [...text.slice(1, -1).matchAll(PAIR)].map(([, name, value]) => [name, unquoted(value.trim())]);
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
  const file = encodeURIComponent(path);
  const value = encodeURIComponent(text);
  const base = address.replace(/\/$/, "");
  if (kind === "gitlab") return `${base}/-/new/${branch}?file_name=${file}&content=${value}`;
  return `${base}/${kind === "gitea" ? "_new" : "new"}/${branch}?filename=${file}&value=${value}`;
}
