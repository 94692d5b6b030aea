// What Material leaves undone: anything that scrolls sideways can be reached by key.
for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .highlight pre > code")) {
  box.tabIndex = 0;
}
