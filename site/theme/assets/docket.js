// What Material leaves undone: anything that scrolls sideways can be reached by key.
for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .highlight pre > code")) {
  box.tabIndex = 0;
}

// ... and the search, a dialog, has the name of its field.
const search = document.querySelector(".md-search");
search?.setAttribute("aria-label", search.querySelector("input[type=text]")?.placeholder ?? "");

// ... and where there is room for a sign only, menu and search are buttons for keys as well.
for (const sign of document.querySelectorAll("label.md-header__button[for=__drawer], label.md-header__button[for=__search]")) {
  sign.tabIndex = 0;
  sign.setAttribute("role", "button");
  sign.setAttribute("aria-label", document.querySelector(sign.htmlFor === "__search" ? ".md-search" : ".md-nav--primary").getAttribute("aria-label"));
}
