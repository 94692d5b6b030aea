// The contact sealed to the organiser's key by the browser's own WebCrypto: JWE (RFC 7516),
// compact, RSA-OAEP-256 and A256GCM. tools/docket/acts/seal.py opens it.

const TAG = 16;
const text = new TextEncoder();

// The values with the contact's fields sealed, where the round has a seal.
export async function seal(values, data) {
  if (!data.seal) return values;
  const entries = Object.entries(values);
  const contact = entries.filter(isContact).map(([pointer, value]) => [pointer.split("/")[2], value]);
  const whose = { round: data.round, municipality: values["/municipality"], kid: data.seal.kid };
  const header = { alg: "RSA-OAEP-256", enc: "A256GCM", ...whose };
  const content = text.encode(JSON.stringify(Object.fromEntries(contact)));
  const sealed = await encrypt(header, content, data.seal);
  return Object.fromEntries([...entries.filter((entry) => !isContact(entry)), ["/contact/sealed", sealed]]);
}

const isContact = ([pointer]) => pointer.startsWith("/contact/");

async function encrypt(header, content, jwk) {
  const { subtle } = crypto;
  const start = base64(text.encode(JSON.stringify(header)));
  const key = await subtle.importKey("jwk", jwk, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
  const secret = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const wrapped = new Uint8Array(await subtle.wrapKey("raw", secret, key, "RSA-OAEP"));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const cipher = { name: "AES-GCM", iv, additionalData: text.encode(start) };
  const whole = new Uint8Array(await subtle.encrypt(cipher, secret, content));
  const end = whole.length - TAG;
  return [start, ...[wrapped, iv, whole.subarray(0, end), whole.subarray(end)].map(base64)].join(".");
}

function base64(bytes) {
  const coded = btoa(String.fromCharCode(...bytes));
  return coded.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
