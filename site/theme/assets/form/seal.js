// The contact sealed to the organiser's key by the browser's own WebCrypto: JWE (RFC 7516),
// compact, RSA-OAEP-256 and A256GCM. tools/docket/acts/seal.py opens it.

const TAG = 16;
const text = new TextEncoder();

// The values with the contact's fields sealed, where the round has a seal.
export async function seal(values, data) {
  if (!data.seal) return values;
  const isContact = ([pointer]) => pointer.startsWith("/contact/");
  const entries = Object.entries(values);
  const fields = Object.fromEntries(entries.filter(isContact).map(([pointer, one]) => [pointer.split("/")[2], one]));
  const header = { alg: "RSA-OAEP-256", enc: "A256GCM", round: data.round, municipality: values["/municipality"] };
  const sealed = await encrypt(header, text.encode(JSON.stringify(fields)), data.seal);
  return Object.fromEntries([...entries.filter((one) => !isContact(one)), ["/contact/sealed", sealed]]);
}

async function encrypt(header, content, jwk) {
  const { subtle } = crypto;
  const start = base64(text.encode(JSON.stringify(header)));
  const key = await subtle.importKey("jwk", jwk, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
  const secret = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const wrapped = await subtle.wrapKey("raw", secret, key, "RSA-OAEP");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const whole = new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(start) }, secret, content));
  const end = whole.length - TAG;
  return [start, ...[new Uint8Array(wrapped), iv, whole.subarray(0, end), whole.subarray(end)].map(base64)].join(".");
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
