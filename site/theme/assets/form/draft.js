// What is typed is kept in this tab, and forgotten when it is closed or received.

const fieldsOf = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden");
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
  const typed = fieldsOf(form).map((one) => [one.name, isChosen(one) ? one.checked : one.value]);
  attempt(() => sessionStorage.setItem(name, JSON.stringify(typed)));
}

export function restore(form, name) {
  const kept = attempt(() => JSON.parse(sessionStorage.getItem(name)));
  const fields = fieldsOf(form);
  (kept ?? []).forEach(([field, value], index) => {
    const found = fields[index];
    if (found?.name !== field) return;
    if (isChosen(found)) found.checked = value;
    else found.value = value;
  });
  return Boolean(kept);
}

export function forget(name) {
  attempt(() => sessionStorage.removeItem(name));
}
