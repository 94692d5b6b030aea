// What is typed is kept in this tab, and forgotten when it is closed or received.

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden");
const isChosen = (field) => field.type === "radio";

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
