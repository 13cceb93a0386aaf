// Loads the app: the two names are in the page's meta elements, because the page has no inline script.
const name = (key) => document.querySelector(`meta[name="app:${key}"]`).content;
const at = (path) => new URL(path, document.baseURI).href;
const app = await import(at(name("js")));
await app.default({ module_or_path: at(name("wasm")) });
