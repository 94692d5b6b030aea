// What Material leaves undone: anything that scrolls sideways can be reached by key.
for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .highlight pre > code")) {
  box.tabIndex = 0;
}

// ... and the search, a dialog, has the name of its field.
const search = document.querySelector(".md-search");
search?.setAttribute("aria-label", search.querySelector("input[type=text]")?.placeholder ?? "");

// ... and where there is room for a sign only, menu and search have a name and a stop for keys.
for (const sign of document.querySelectorAll("label.md-header__button[for=__drawer], label.md-header__button[for=__search]")) {
  const named = document.querySelector(sign.htmlFor === "__search" ? ".md-search" : ".md-nav--primary");
  sign.tabIndex = 0;
  sign.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: named.getAttribute("aria-label") }));
}
