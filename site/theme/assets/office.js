// What a choice would mean, beside the form, as it changes. Without this there is a button for it.

const form = document.querySelector("form[data-preview]");
const place = document.getElementById("preview");
let last = 0;

async function show() {
  last += 1;
  const mine = last;
  const body = new FormData(form);
  body.set("do", "part");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  const text = answer ? await answer.text() : "";
  if (mine !== last) return;
  if (!answer?.ok) return place.replaceChildren(); // nothing is better than what was true before
  const made = new DOMParser().parseFromString(text, "text/html");
  place.replaceChildren(...made.body.childNodes);
}

if (form && place) form.addEventListener("change", show);
