// Loads the app, shows how far that is, and says so when it cannot start or has stopped working.
// The page has no inline script, so that a strict content security policy holds: the names stand in its meta elements.
const meta = (key) => document.querySelector(`meta[name="app:${key}"]`)?.content ?? "";
const at = (path) => new URL(path, document.baseURI).href;
const isChinese = (() => {
  let stored = null;
  try { stored = localStorage.getItem("loredesk.language"); } catch { /* storage may be blocked */ }
  return (stored ?? navigator.language ?? "").toLowerCase().startsWith("zh");
})();
const words = isChinese
  ? {
      loading: "正在加载 Loredesk", stopped: "Loredesk 已停止工作", failed: "Loredesk 无法启动",
      kept: "服务器上的内容不受影响；未保存的文字会保留为草稿。请重新加载页面。若再次发生，请附上下面的详情报告。",
      old: "此浏览器无法运行 WebAssembly，请更新浏览器。", network: "应用的某个部分没有加载成功，可能刚刚发布了新版本。请重新加载页面。", reload: "重新加载",
    }
  : {
      loading: "Loading Loredesk", stopped: "Loredesk has stopped working", failed: "Loredesk could not start",
      kept: "What is on the server is untouched, and text that was not saved is kept as a draft. Load the page again. If it happens once more, report it with the details below.",
      old: "This browser cannot run WebAssembly. Update it, or use another one.",
      network: "A part of the app did not arrive; a new version may just have been released. Load the page again.", reload: "Load again",
    };

try { document.documentElement.dataset.theme = localStorage.getItem("loredesk.theme") ?? "system"; } catch { /* as the system has it */ }

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
  reload.focus();
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

if (typeof WebAssembly !== "object") {
  stop(words.failed, words.old, "");
} else {
  try {
    const [app, wasm] = await Promise.all([import(at(meta("js"))), download()]);
    await app.default({ module_or_path: wasm });
  } catch (error) {
    stop(words.failed, words.network, String(error));
  }
}
