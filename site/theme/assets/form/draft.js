// What is typed is kept in this tab, and forgotten when it is closed or received.

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden");
const isChosen = (field) => field.type === "radio" || field.type === "checkbox";

// Private windows and strict settings may refuse: then nothing is kept, and nothing breaks.
function attempt(work) {
  try {
    return work();
  } catch {
    return null;
  }
}

export function keep(form, name) {
  const typed = fieldsOf(form).map((field) => [field.name, isChosen(field) ? field.checked : field.value]);
  attempt(() => sessionStorage.setItem(name, JSON.stringify(typed)));
}

export function restore(form, name) {
  const draft = attempt(() => JSON.parse(sessionStorage.getItem(name)));
  const fields = fieldsOf(form);
  for (const [index, [key, value]] of (draft ?? []).entries()) {
    const field = fields[index];
    if (field?.name !== key) continue;
    if (isChosen(field)) field.checked = value;
    else field.value = value;
  }
  return Boolean(draft);
}

export function forget(name) {
  attempt(() => sessionStorage.removeItem(name));
}

// The token of the answer's private link: the same for as long as the draft is, so that what was
// sent and got no reply can be sent again.
export function tokenFor(name) {
  const known = attempt(() => sessionStorage.getItem(`${name}:token`));
  const token = known ?? newToken();
  attempt(() => sessionStorage.setItem(`${name}:token`, token));
  return token;
}

function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What is received leaves no draft, only a mark that it was sent from this tab.
export function received(name) {
  forget(name);
  forget(`${name}:token`);
  attempt(() => sessionStorage.setItem(`${name}:sent`, "1"));
}

export const sentFrom = (name) => attempt(() => sessionStorage.getItem(`${name}:sent`)) === "1";
