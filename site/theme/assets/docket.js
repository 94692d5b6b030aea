// What Material leaves undone: anything that scrolls sideways can be reached by key.
for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .highlight pre > code")) {
  box.tabIndex = 0;
}

// ... and the search, a dialog, has the name of its field.
const search = document.querySelector(".md-search");
search?.setAttribute("aria-label", search.querySelector("input[type=text]")?.placeholder ?? "");
