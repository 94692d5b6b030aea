// On every page: the search, fetched when somebody comes to its field.

const field = document.getElementById("search");

field?.addEventListener("focus", async () => (await import("./search.js")).start(field), { once: true });
field?.form.addEventListener("submit", (event) => event.preventDefault());
