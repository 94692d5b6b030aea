// What Material leaves undone: anything that scrolls sideways can be reached by key.
for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .highlight pre > code")) {
  box.tabIndex = 0;
}

// ... and the search, a dialog, has the name of its field.
const search = document.querySelector(".md-search");
const query = search?.querySelector("input[type=text]");
search?.setAttribute("aria-label", query?.placeholder ?? "");

// ... and where there is room for a sign only, menu and search have a name and a stop for keys.
const DIALOGS = { __drawer: ".md-nav--primary", __search: ".md-search" };
for (const [id, dialog] of Object.entries(DIALOGS)) {
  for (const sign of document.querySelectorAll(`label.md-header__button[for=${id}]`)) {
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = document.querySelector(dialog).getAttribute("aria-label");
    sign.tabIndex = 0;
    sign.append(name);
  }
}
