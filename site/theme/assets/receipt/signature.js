// OpenSSH's signatures (PROTOCOL.sshsig) of commits, with Ed25519, by the browser's own WebCrypto.

import { binary, decoded, latin1 } from "./read.js";

const MAGIC = "SSHSIG";
const START = `${MAGIC}\0\0\0\x01`; // its version
const KIND = "ssh-ed25519";
const HASHES = { sha256: "SHA-256", sha512: "SHA-512" };
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";
const KEY = 32;

export const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));

// Whether this browser can verify at all: "", or the name of the words that say why not.
export async function unable() {
  if (!globalThis.crypto?.subtle) return "insecure";
  try {
    await importKey(new Uint8Array(KEY));
    return "";
  } catch {
    return "browser";
  }
}

// What is signed of a commit, and the signature: as tools/docket/git/log.py parts it.
function parted(commit) {
  const text = binary(commit);
  const end = text.indexOf("\n\n");
  const [kept, signature] = [[], []];
  let isInside = false;
  for (const line of text.slice(0, end).split("\n")) {
    isInside = line.startsWith("gpgsig ") || (isInside && line.startsWith(" "));
    (isInside ? signature : kept).push(line);
  }
  const armored = signature.join("\n").replace(/^gpgsig /, "").replaceAll("\n ", "\n").trim();
  return { payload: latin1(kept.join("\n") + text.slice(end)), armored };
}

// The key that signed a commit, as OpenSSH writes it; null where nobody did, or did so wrongly.
export async function signerOf(commit) {
  const { payload, armored } = parted(commit);
  const found = partsOf(armored);
  if (!found) return null;
  const message = binary(await digest(HASHES[found.hash], payload));
  const whole = latin1(MAGIC + ["git", "", found.hash, message].map((one) => string(one)).join(""));
  const key = await importKey(latin1(found.raw)).catch(() => null);
  const isRight = key && (await crypto.subtle.verify("Ed25519", key, latin1(found.signed), whole));
  return isRight ? latin1(found.blob) : null;
}

const importKey = (raw) => crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);

// What a signature by Ed25519 for Git is made of; null where it is another.
function partsOf(armored) {
  const [blob, space, , hash, inner] = strings(opened(armored)) ?? [];
  const [raw, signed] = [blob, inner].map((one) => ofKind(one));
  return space === "git" && hash in HASHES && raw?.length === KEY && signed ? { blob, hash, raw, signed } : null;
}

// What stands in a signature after its version; "" where that is none.
function opened(armored) {
  if (!armored.startsWith(BEGIN) || !armored.endsWith(END)) return "";
  const bytes = decoded(armored.slice(BEGIN.length, -END.length).replace(/\s/g, ""));
  const text = bytes ? binary(bytes) : "";
  return text.startsWith(START) ? text.slice(START.length) : "";
}

// A key, or a signature: what stands after the name of its kind.
function ofKind(text = "") {
  const found = strings(text);
  return found?.length === 2 && found[0] === KIND ? found[1] : null;
}

// The strings of SSH's wire format (RFC 4251, section 5), each with its length before it.
function strings(text) {
  const found = [];
  for (let at = 0; at < text.length; ) {
    const size = latin1(text.slice(at, at + 4)).reduce((sum, byte) => sum * 256 + byte, 0);
    if (at + 4 + size > text.length) return null;
    found.push(text.slice(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return found;
}

function string(text) {
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, text.length);
  return binary(new Uint8Array(size.buffer)) + text;
}

// A key of `ssh-ed25519 AAAA…` as bytes, and how `ssh-keygen -l` shows one.
export const keyOf = (line) => decoded(line.split(" ")[1]);
export const shown = async (key) => `SHA256:${btoa(binary(await digest("SHA-256", key))).replace(/=+$/, "")}`;
export const idOf = (commit) => digest("SHA-1", latin1(`commit ${commit.length}\0${binary(commit)}`));
export const saltedOf = (salt, content) => digest("SHA-256", Uint8Array.from([...salt, ...content]));
