// @ts-check
// A portal page to try: serve this folder from any origin that the desk's portal_origins list, and open it with the desk's address:
// http://127.0.0.1:9000/?desk=http://127.0.0.1:8484/
const asked = new URLSearchParams(location.search);
const address = new URL(asked.get("desk") ?? "/", location.href);
await import(new URL("embed.js", address).href);

const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const desk = document.createElement("loredesk-desk");
desk.setAttribute("src", address.href);
for (const name of ["connection", "dataset", "view", "theme", "lang"]) {
  const value = asked.get(name);
  if (value !== null) desk.setAttribute(name, value);
}

for (const name of ["ready", "navigated", "height", "changed", "error"]) {
  desk.addEventListener(`loredesk-${name}`, (event) => {
    const line = document.createElement("li");
    line.textContent = `${name} ${JSON.stringify(/** @type {CustomEvent} */ (event).detail)}`;
    find("#log").prepend(line);
  });
}
// The portal's own title and address follow the desk: a reload of the portal comes back to the same place.
desk.addEventListener("loredesk-navigated", ({ detail }) => {
  find("#where").textContent = detail.title;
  history.replaceState(null, "", `${location.pathname}${location.search}#${encodeURIComponent(detail.path)}`);
});
const before = decodeURIComponent(location.hash.slice(1));
if (before.startsWith("/")) desk.navigate({ path: before });

find("#theme").addEventListener("change", ({ target }) => desk.setAttribute("theme", /** @type {HTMLSelectElement} */ (target).value));
find("#language").addEventListener("change", ({ target }) => desk.setAttribute("lang", /** @type {HTMLSelectElement} */ (target).value));
for (const button of document.querySelectorAll("button[data-view]")) {
  button.addEventListener("click", () => desk.navigate({ view: /** @type {any} */ (button).dataset.view }));
}
find("#ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("query"));
  desk.navigate({ view: "retrieval", query });
});
find("#desk").append(desk);

export {};
