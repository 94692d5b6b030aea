// The form: checks in the reader's words, makes the file, shows the ways to send it.
// Everything it says and knows stands in the page's #docket-data, made from the schema.

const form = document.getElementById("docket-form");
if (form) start(form, JSON.parse(document.getElementById("docket-data").textContent));

function start(form, data) {
  const result = document.getElementById("result");
  const list = document.getElementById("municipalities");
  for (const [, name] of data.municipalities) list.append(new Option(name, name));
  form.hidden = false;
  restore(form, data);
  count(form, data);
  form.addEventListener("input", () => keep(form, data));
  form.elements.municipality.addEventListener("input", () => tellSubmitted(form, data));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = read(form, data);
    const errors = check(values, data);
    show(form, errors);
    if (!errors.length) offer(form, result, values, data);
  });
  document.getElementById("back").addEventListener("click", () => {
    result.hidden = true;
    form.hidden = false;
    form.querySelector("input").focus();
  });
}

// A date that is only half typed has no value, but is not empty either.
const HALF_TYPED = "…";
// Characters that cannot be seen have no place in a file.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

// What is typed, by pointer; empty fields are left out.
function read(form, data) {
  const values = {};
  for (const pointer of Object.keys(data.fields)) {
    if (pointer === "/areas") continue;
    const text = valueOf(form, pointer.slice(1).replace("/", "-"));
    const clean = pointer === "/motivation" ? text : text.trim();
    if (clean.trim()) values[pointer] = clean.normalize("NFC");
  }
  const chosen = data.wishes === 1 ? [valueOf(form, "areas")] : [...form.querySelectorAll("select[name=areas]")].map((one) => one.value);
  values["/areas"] = chosen.filter(Boolean);
  const typed = values["/municipality"];
  if (typed) values["/municipality"] = find(typed, data.municipalities) ?? typed;
  return values;
}

function valueOf(form, name) {
  const field = form.elements[name];
  if (!field) return "";
  if (field.validity?.badInput) return HALF_TYPED;
  const text = field.value.replace(/\r\n?/g, "\n").replace(HIDDEN, "");
  return text.toWellFormed?.() ?? text;
}

// The slug of a municipality, from its name, an old spelling or its code.
function find(typed, municipalities) {
  const wanted = fold(typed);
  return municipalities.find(([slug, , spelled]) => slug === wanted || spelled.includes(wanted))?.[0];
}

function fold(word) {
  const folds = { æ: "ae", ø: "oe", å: "aa", ä: "ae", ö: "oe", ü: "u", é: "e" };
  const plain = word.toLowerCase().replace(/[æøåäöüé]/g, (one) => folds[one]).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return plain.replace(/s?-(regions)?kommune$/, "") || plain;
}

function check(values, data) {
  const errors = [];
  for (const [pointer, rules] of Object.entries(data.fields)) {
    const message = pointer === "/areas" ? checkAreas(values[pointer], rules, data) : checkOne(pointer, values, rules, data);
    if (message) errors.push({ pointer, message });
  }
  return errors;
}

function checkAreas(areas, rules, data) {
  if (!areas.length) return `${rules.ask}.`;
  return new Set(areas).size < areas.length ? data.say.S07.uniqueItems : "";
}

function checkOne(pointer, values, rules, data) {
  const value = values[pointer];
  const decided = ["approved", "rejected"].includes(values["/approval/status"]);
  if (value === undefined) return rules.required || (pointer === "/approval/date" && decided) ? `${rules.ask}.` : "";
  const facts = { found: value, field: rules.label, limit: rules.maxLength, count: [...value].length, rule: rules.rule };
  if (pointer === "/municipality") return data.municipalities.some(([slug]) => slug === value) ? "" : fill(data.say.S04.list, facts, data);
  if (rules.maxLength && facts.count > rules.maxLength) return fill(data.say.S07.maxLength, facts, data);
  if (rules.pattern && !new RegExp(rules.pattern, "u").test(value)) return fill(data.say.S05.main, facts, data);
  if (rules.format && !hasFormat(rules.format, value, data)) return fill(data.say.S06[rules.format], facts, data);
  return "";
}

function hasFormat(format, value, data) {
  if (!new RegExp(`^(?:${data.patterns[format]})$`, "u").test(value)) return false;
  if (format !== "date") return true;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) && !value.startsWith("0000");
}

function fill(sentence, facts, data) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const fact = facts[name] ?? "";
    return typeof fact === "number" ? fact.toLocaleString(data.lang === "da" ? "da-DK" : "en-GB") : fact;
  });
}

// The summary on top, and the same words at each field.
function show(form, errors) {
  for (const old of form.querySelectorAll(".field__error")) old.remove();
  for (const field of form.querySelectorAll(".field")) mark(field, "");
  const summary = document.getElementById("errors");
  const items = errors.map(({ pointer, message }) => {
    const item = document.createElement("li");
    const field = fieldOf(form, pointer);
    if (!field) {
      item.textContent = message;
      return item;
    }
    mark(field, message);
    const link = Object.assign(document.createElement("a"), { href: `#${control(field).id}`, textContent: message });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control(field).focus();
    });
    item.append(link);
    return item;
  });
  summary.querySelector("ul").replaceChildren(...items);
  summary.hidden = !errors.length;
  if (errors.length) summary.focus();
}

// The field that a pointer speaks of, or the one around it: /areas/0 is told at /areas.
function fieldOf(form, pointer) {
  for (let near = pointer; near; near = near.slice(0, near.lastIndexOf("/"))) {
    const field = form.querySelector(`[data-field="${near.replace(/["\\\\]/g, "")}"]`);
    if (field) return field;
  }
  return null;
}

function control(field) {
  return field.querySelector("input:checked, input, select, textarea");
}

function mark(field, message) {
  field.classList.toggle("field--bad", Boolean(message));
  const target = field.matches("fieldset") ? field : control(field);
  const id = `${field.dataset.field.slice(1).replace("/", "-")}-error`;
  const others = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (message) {
    const words = Object.assign(document.createElement("p"), { id, className: "field__error", textContent: message });
    (field.querySelector(".field__input, .choice, .wish") ?? field.lastElementChild).before(words);
    others.unshift(id);
    if (target !== field) target.setAttribute("aria-invalid", "true");
  } else {
    target.removeAttribute("aria-invalid");
  }
  if (others.length) target.setAttribute("aria-describedby", others.join(" "));
}

// The file. A JSON string is a YAML string, whatever stands in it.
function write(values) {
  const out = ["# yaml-language-server: $schema=../../schema/submission.json", `municipality: ${values["/municipality"]}`, `areas: [${values["/areas"].join(", ")}]`];
  for (const group of ["contact", "approval"]) {
    out.push(`${group}:`);
    for (const [pointer, value] of Object.entries(values)) {
      const [, above, key] = pointer.split("/");
      if (above === group) out.push(`  ${key}: ${key === "status" ? value : JSON.stringify(value)}`);
    }
  }
  if (values["/motivation"]) out.push(`motivation: ${JSON.stringify(values["/motivation"])}`);
  return `${out.join("\n")}\n`;
}


function offer(form, result, values, data) {
  const name = `${values["/municipality"]}.yml`;
  const path = `submissions/${data.round}/${name}`;
  const text = write(values);
  document.getElementById("file-name").textContent = path;
  document.getElementById("file").value = text;
  document.getElementById("download").onclick = () => download(name, text);
  const mail = document.getElementById("mail");
  if (mail) mail.href = `mailto:${data.email}?subject=${encodeURIComponent(`${data.title}: ${name}`)}`;
  document.getElementById("way-desk").hidden = !data.desk;
  document.getElementById("send").onclick = () => send(form, result, values, text, data);
  const address = data.forge ? forgeAddress(data.forge, path, text) : "";
  const fits = encodeURIComponent(address).length <= data.longest;
  document.getElementById("way-forge").hidden = !address || !fits;
  document.getElementById("way-forge-long").hidden = !address || fits;
  document.getElementById("open-forge").href = address;
  form.hidden = true;
  result.hidden = false;
  result.focus();
  result.scrollIntoView();
}

// What is typed is kept in this tab, and forgotten when it is closed or received.
function keep(form, data) {
  const typed = [...form.elements].filter((one) => one.name).map((one) => [one.name, one.type === "radio" ? one.checked : one.value]);
  sessionStorage.setItem(`docket:${data.round}`, JSON.stringify(typed));
}

function restore(form, data) {
  const fields = [...form.elements].filter((one) => one.name);
  const kept = JSON.parse(sessionStorage.getItem(`docket:${data.round}`) ?? "[]");
  kept.forEach(([name, value], index) => {
    const field = fields[index];
    if (field?.name !== name) return;
    if (field.type === "radio") field.checked = value;
    else field.value = value;
  });
  tellSubmitted(form, data);
}

function tellSubmitted(form, data) {
  const slug = find(form.elements.municipality.value, data.municipalities);
  document.getElementById("submitted").hidden = !data.submitted.includes(slug);
}

// The desk answers with a receipt, or with what is wrong at each field.
async function send(form, result, values, text, data) {
  const problem = document.getElementById("desk-error");
  const words = data.lang === "da"
    ? { failed: "Der er ikke forbindelse. Intet er sendt. Prøv igen, eller hent filen.", refused: "Den kunne ikke modtages lige nu. Intet er sendt. Vent et minut, og prøv igen." }
    : { failed: "There is no connection. Nothing is sent. Try again, or download the file.", refused: "It could not be received just now. Nothing is sent. Wait a minute and try again." };
  problem.hidden = true;
  let answer;
  try {
    answer = await fetch("/desk", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ round: data.round, file: text }) });
  } catch {
    problem.textContent = words.failed;
    problem.hidden = false;
    return;
  }
  if (answer.status === 201) {
    receipt(form, result, values, text, data, await answer.json());
  } else if (answer.status === 422) {
    const { errors } = await answer.json();
    result.hidden = true;
    form.hidden = false;
    show(form, errors.map(({ pointer, message }) => ({ pointer, message: message[data.lang] })));
  } else {
    problem.textContent = words.refused;
    problem.hidden = false;
  }
}

function receipt(form, result, values, text, data, { reference, received }) {
  sessionStorage.removeItem(`docket:${data.round}`);
  const page = document.getElementById("receipt");
  const name = data.municipalities.find(([slug]) => slug === values["/municipality"])[1];
  const time = new Date(received).toLocaleString(data.lang === "da" ? "da-DK" : "en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: data.zone });
  const told = { name, time, reference, file: text };
  for (const [key, words] of Object.entries(told)) document.getElementById(`receipt-${key}`).textContent = words;
  document.getElementById("print").onclick = () => window.print();
  result.hidden = true;
  page.hidden = false;
  page.focus();
}

function forgeAddress({ kind, address, branch }, path, text) {
  const [file, value] = [path, text].map(encodeURIComponent);
  const base = address.replace(/\/$/, "");
  if (kind === "gitlab") return `${base}/-/new/${branch}?file_name=${file}&content=${value}`;
  return `${base}/${kind === "gitea" ? "_new" : "new"}/${branch}?filename=${file}&value=${value}`;
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function count(form, data) {
  const field = form.elements.motivation;
  const told = document.getElementById("motivation-count");
  const status = document.getElementById("motivation-status");
  const [limit, da] = [data.fields["/motivation"].maxLength, data.lang === "da"];
  let waiting = 0;
  const tell = () => {
    const left = limit - [...field.value].length;
    const number = Math.abs(left).toLocaleString(da ? "da-DK" : "en-GB");
    if (left >= 0) told.textContent = da ? `I kan skrive ${number} tegn mere` : `You can write ${number} more characters`;
    else told.textContent = da ? `I har skrevet ${number} tegn for meget` : `You have written ${number} characters too many`;
    clearTimeout(waiting);
    waiting = setTimeout(() => { status.textContent = told.textContent; }, 1000);
  };
  field.addEventListener("input", tell);
}
