// Loads the app, shows how far that is, and says so when it cannot start or has stopped working.
// The page has no inline script, so that a strict content security policy holds: the names stand in its meta elements.
const meta = (key) => document.querySelector(`meta[name="app:${key}"]`)?.content ?? "";
const at = (path) => new URL(path, document.baseURI).href;
// The text that tells of files that did not come: this one has.
document.querySelector(".unstarted")?.remove();
// What a portal asks for in the address comes before what is stored, and storage may be blocked.
const address = new URLSearchParams(location.search);
const preferred = (parameter, key) => {
  const asked = address.get("embed") === "1" ? address.get(parameter) : null;
  try { return asked ?? localStorage.getItem(key); } catch { return asked; }
};
const isChinese = (preferred("lang", "loredesk.language") ?? navigator.language ?? "").toLowerCase().startsWith("zh");
const words = isChinese
  ? {
      loading: "正在加载 Loredesk", stopped: "Loredesk 已停止工作", failed: "Loredesk 无法启动",
      kept: "服务器上的内容不受影响；未保存的文字会保留为草稿。请重新加载页面。若再次发生，请附上下面的详情报告。",
      sandboxed: "此框架的 sandbox 不允许页面拥有自己的源，因此它无法访问服务器。请在 sandbox 中加入 allow-same-origin，或在单独的窗口中打开。",
      old: "此浏览器无法运行 WebAssembly，请更新浏览器。", network: "应用的某个部分没有加载成功，可能刚刚发布了新版本。请重新加载页面。", reload: "重新加载",
    }
  : {
      loading: "Loading Loredesk", stopped: "Loredesk has stopped working", failed: "Loredesk could not start",
      kept: "What is on the server is untouched, and text that was not saved is kept as a draft. Load the page again. If it happens once more, report it with the details below.",
      sandboxed: "The sandbox of this frame gives the page no origin of its own, so it cannot reach its server. Add allow-same-origin to the sandbox, or open the desk in its own window.",
      old: "This browser cannot run WebAssembly. Update it, or use another one.",
      network: "A part of the app did not arrive; a new version may just have been released. Load the page again.", reload: "Load again",
    };

if (address.get("embed") === "1") document.documentElement.dataset.embed = "";
document.documentElement.dataset.theme = preferred("theme", "loredesk.theme") ?? "system";

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const bar = element("progress", { class: "progress", max: "1", "aria-label": words.loading });
const starting = element("div", { class: "starting" }, element("p", { role: "status" }, words.loading), bar);
// A start from the cache is over before anybody has seen a bar.
const timer = setTimeout(() => document.body.append(starting), 150);
const isStarted = () => { clearTimeout(timer); starting.remove(); };
addEventListener("loredesk:started", isStarted);

let isOver = false;
function stop(title, text, detail) {
  if (isOver) return;
  isOver = true;
  isStarted();
  const build = `${meta("js")} · ${navigator.userAgent}`;
  const reload = element("button", { type: "button", class: "button primary" }, words.reload);
  reload.addEventListener("click", () => location.reload());
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.body.append(element("div", { class: "crashed" }, element("main", { class: "notice", role: "alert" },
    element("h1", {}, title), element("p", {}, text), element("pre", { tabindex: "0" }, `${detail}\n${build}`.trim()), reload)));
  // In a frame only where the person is in it.
  if (parent === self || document.hasFocus()) reload.focus();
  // Whoever holds the page in a frame, the server has let in; what went wrong is no secret.
  const holder = location.ancestorOrigins?.[0];
  if (holder && holder !== "null") parent.postMessage({ loredesk: 1, type: "error", message: title }, holder);
}
addEventListener("loredesk:crashed", (event) => stop(words.stopped, words.kept, String(event.detail)));
// A trap, a full memory or an exception that went through the module: nobody tells, and what the module had in hand is lost.
const isOfModule = (error) => error instanceof WebAssembly.RuntimeError || String(error?.stack).includes("wasm");
const onLost = (error) => { if (isOfModule(error)) stop(words.stopped, words.kept, String(error)); };
addEventListener("error", (event) => onLost(event.error));
addEventListener("unhandledrejection", (event) => onLost(event.reason));
addEventListener("loredesk:missing", (event) => stop(words.stopped, words.network, String(event.detail)));

/** The wasm file as a response whose bytes are counted as they come. */
async function download() {
  const response = await fetch(at(meta("wasm")));
  if (!response.ok) throw new Error(`${response.status} ${meta("wasm")}`);
  const total = Number(meta("wasm-bytes"));
  if (!total || !response.body) return response;
  let received = 0;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      received += chunk.byteLength;
      bar.value = Math.min(received / total, 1);
      controller.enqueue(chunk);
    },
  }));
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}

if (self.origin === "null") {
  stop(words.failed, words.sandboxed, "");
} else if (typeof WebAssembly !== "object") {
  stop(words.failed, words.old, "");
} else {
  try {
    const [app, wasm] = await Promise.all([import(at(meta("js"))), download()]);
    await app.default({ module_or_path: wasm });
  } catch (error) {
    stop(words.failed, words.network, String(error));
  }
}
