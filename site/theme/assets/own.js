// A sender's own answer. The private link's token stands in the fragment and leaves the address at
// once; this tab keeps it, so that Reload, Back and Forward find the answer again.

import { byId } from "./form/dom.js";

const NAME = "docket:token";
const place = byId("own");
const problem = byId("own-failed");
let token = "";

function remembered() {
  try {
    return sessionStorage.getItem(NAME) ?? "";
  } catch {
    return token;
  }
}

function remember(value) {
  token = value;
  try {
    sessionStorage.setItem(NAME, value);
  } catch {
    // A window that keeps nothing: the link itself leads here again.
  }
}

// What the desk tells, in the page's place; the page stays as it is where there is no answer.
async function ask(fields, { focus = true } = {}) {
  const body = new URLSearchParams({ ...fields, part: "1" });
  problem.hidden = true;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body });
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error(answer.status);
    place.innerHTML = await answer.text();
    if (answer.ok) remember(fields.token.split("#").pop().trim());
    show(focus);
  } catch {
    problem.textContent = place.dataset.failed;
    problem.hidden = false;
  }
}

function show(focus) {
  for (const button of place.querySelectorAll("[data-do]")) button.hidden = false;
  document.title = document.title.replace(/^[^–]*/, `${place.querySelector("h1").textContent} `);
  if (!focus) return;
  (place.querySelector("[aria-invalid], #receipt") ?? place).focus({ preventScroll: true });
  scrollTo(0, 0);
}

function begin() {
  const given = location.hash.slice(1);
  if (given) history.replaceState(null, "", location.pathname);
  const found = given || remembered();
  if (found) ask({ token: found, do: history.state?.do ?? "" }, { focus: Boolean(given) });
  else show(false);
}

// What asks this page is answered in it; what leads to the form goes there.
place.addEventListener("submit", (event) => {
  if (new URL(event.target.action).pathname !== location.pathname) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target, event.submitter));
  if (fields.do === "withdraw") history.pushState({ do: "withdraw" }, "");
  else history.replaceState(null, "");
  ask(fields);
});
place.addEventListener("click", async ({ target: { dataset } }) => {
  if (dataset.do === "print") print();
  if (dataset.do !== "copy") return;
  await navigator.clipboard.writeText(byId("link").textContent);
  byId("copied").textContent = place.dataset.copied;
});
addEventListener("popstate", ({ state }) => token && ask({ token, do: state?.do ?? "" }));
addEventListener("hashchange", begin);
begin();
