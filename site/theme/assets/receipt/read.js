// The file of a receipt, as tools/docket/git/receipt.py writes it: what it brings, or null.

const VERSION = 1;
const MOST = 1024 * 1024;
const HEX = /^(?:[0-9a-f]{2})*$/;

export const utf8 = (text) => new TextEncoder().encode(text);
export const latin1 = (text) => Uint8Array.from(text, (char) => char.charCodeAt(0));
export const binary = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Any JSON, null where it is none.
export function json(bytes) {
  try {
    return JSON.parse(textOf(bytes).replace(/^\ufeff/, ""));
  } catch {
    return null;
  }
}

export function read(bytes) {
  const found = bytes.length > MOST ? null : json(bytes);
  if (found?.version !== VERSION) return null;
  const [commit, content] = [found.commit, found.bytes].map((one) => bytesOf(one));
  const isText = [found.id, found.key, found.salt].every((one) => typeof one === "string");
  if (!isText || !HEX.test(found.salt) || !commit || !content) return null;
  const salt = Uint8Array.from(found.salt.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
  return { id: found.id, key: found.key, commit, salt, content };
}

// Bytes are written in one way only: as text where they are text.
function bytesOf(value) {
  if (typeof value === "string") return isPlain(value) ? utf8(value) : null;
  if (typeof value?.base64 !== "string" || Object.keys(value).length > 1) return null;
  const bytes = decoded(value.base64);
  const text = bytes && textOf(bytes);
  return text !== null && isPlain(text) ? null : bytes;
}

const isPlain = (text) => textOf(utf8(text)) === text && [...text].every((char) => prints(char));
const prints = (char) => char >= " " || "\n\t\r".includes(char);

export function decoded(text) {
  try {
    const found = atob(text);
    return btoa(found) === text ? latin1(found) : null;
  } catch {
    return null;
  }
}
