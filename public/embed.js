// @ts-check
// <loredesk-desk>: puts the desk into a page of a portal. See docs/embedding.md; the types are in embed.d.ts.
//
// A page loads this file from the desk's own address and needs nothing else. The desk speaks only with the origins that its
// configuration lists, and this element only with the desk that it holds.

/** The version of the protocol, and the mark of its messages. */
const PROTOCOL = 1;
/** How long a desk may take to start before something is said, in milliseconds. */
const PATIENCE = 20_000;

const WORDS = {
  en: {
    title: "Knowledge bases",
    silent: "The desk does not answer. Its server may be down, or it may not allow this page to hold it.",
    open: "Open the desk in its own window",
    noAddress: "The desk has no address: set the attribute src.",
  },
  zh: {
    title: "知识库",
    silent: "知识库管理没有应答。服务器可能已停止，或不允许此页面嵌入。",
    open: "在单独的窗口中打开",
    noAddress: "没有地址：请设置属性 src。",
  },
};

// The frame scrolls by itself once it is as high as the window: so what the desk lays over its page stays in sight, and of a list of
// ten thousand documents only the rows in view are made. A page sets its own limits with min-height and max-height on the element.
const STYLE = `
  :host { display: block; position: relative; min-height: min(360px, 100dvh); max-height: 100dvh; overflow: hidden; }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; min-height: inherit; border: 0; }
  .note { position: absolute; inset: 0 0 auto; display: flex; flex-wrap: wrap; gap: 4px 12px; padding: 12px 16px; font: 14px/20px system-ui, sans-serif; background: Canvas; color: CanvasText; border: 1px solid; }
  .note p { margin: 0; }
  .note a { color: LinkText; }
`;

/** @typedef {import("./embed.d.ts").Target} Target */

class LoredeskDesk extends HTMLElement {
  static observedAttributes = ["src", "connection", "dataset", "view", "theme", "lang", "title"];

  /** @type {HTMLIFrameElement} */ #frame = document.createElement("iframe");
  /** The one rule that changes: the height. @type {CSSStyleSheet} */ #height = new CSSStyleSheet();
  /** The desk's address, with a slash at its end. @type {URL | null} */ #base = null;
  /** Where to go once the desk is there. @type {Target | null} */ #wanted = null;
  #isReady = false;
  #isChanging = false;
  #patience = 0;
  // Between two steps nothing is told: with half a percent, what the desk knows is at most 4 px off in a window of 800.
  #watch = new IntersectionObserver((entries) => this.#tellVisible(entries[entries.length - 1]), {
    threshold: Array.from({ length: 201 }, (_, step) => step / 200),
  });
  /** @param {MessageEvent} event */
  #onMessage = (event) => this.#hear(event);
  #onResize = () => this.#lookAgain();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style, this.#height];
  }

  connectedCallback() {
    addEventListener("message", this.#onMessage);
    addEventListener("resize", this.#onResize);
    this.#start();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#onMessage);
    removeEventListener("resize", this.#onResize);
    clearTimeout(this.#patience);
    this.#watch.disconnect();
    this.#frame.remove();
    this.#isReady = false;
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === "src") return this.#start();
    if (name === "theme") return this.#say("theme", { theme: this.#theme });
    if (name === "title" || name === "lang") this.#frame.title = this.#title;
    if (name === "lang") return this.#say("language", { language: this.#language });
    if (name === "title" || this.#isChanging) return;
    // Attributes that are set together are one way to go.
    this.#isChanging = true;
    queueMicrotask(() => {
      this.#isChanging = false;
      this.navigate(this.#place());
    });
  }

  /**
   * Goes to a place in the desk. Before it is ready, the last place that was asked for counts.
   * @param {Target} target
   */
  navigate(target) {
    if (this.#isReady) this.#say("navigate", { ...target });
    else this.#wanted = { ...target };
  }

  /** Whether the desk has started. */
  get ready() {
    return this.#isReady;
  }

  get #theme() {
    return this.getAttribute("theme") || "system";
  }

  get #language() {
    return this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || navigator.language;
  }

  get #words() {
    return this.#language.toLowerCase().startsWith("zh") ? WORDS.zh : WORDS.en;
  }

  get #title() {
    return this.getAttribute("title") || this.#words.title;
  }

  /** The place that the attributes name. @returns {Target} */
  #place() {
    /** @type {Record<string, string>} */
    const place = {};
    for (const name of ["connection", "dataset", "view"]) {
      const value = this.getAttribute(name);
      if (value) place[name] = value;
    }
    return place;
  }

  #start() {
    this.#isReady = false;
    this.#frame.remove();
    this.#note(null);
    this.#base = this.#address();
    if (!this.#base) return this.#fail(this.#words.noAddress, null);
    // A place that was asked for before the desk was there comes before that of the attributes.
    if (!this.#wanted && Object.keys(this.#place()).length > 0) this.#wanted = this.#place();
    const address = new URL(this.#path(this.#wanted), this.#base);
    address.searchParams.set("embed", "1");
    // Known from the first moment, so that nothing flashes in other colours.
    if (this.hasAttribute("theme")) address.searchParams.set("theme", this.#theme);
    if (this.hasAttribute("lang")) address.searchParams.set("lang", this.#language);
    this.#frame = document.createElement("iframe");
    this.#frame.title = this.#title;
    this.#frame.allow = "clipboard-write";
    this.#frame.src = address.href;
    this.shadowRoot?.append(this.#frame);
    this.#watch.disconnect();
    this.#watch.observe(this.#frame);
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#fail(this.#words.silent, address), PATIENCE);
  }

  /** The desk's address: that of its start page, on the web, with a slash at its end. */
  #address() {
    try {
      const base = new URL(this.getAttribute("src") ?? "", document.baseURI);
      if (!this.getAttribute("src") || !/^https?:$/.test(base.protocol)) return null;
      base.search = base.hash = "";
      if (!base.pathname.endsWith("/")) base.pathname += "/";
      return base;
    } catch {
      return null;
    }
  }

  /**
   * Where the frame begins: the place itself where its parts are enough for an address, else the start page. A wrong part only leads
   * to the desk's own "nothing here".
   * @param {Target | null} place
   */
  #path(place) {
    if (!place?.connection || place.path || place.document || place.query) return "";
    const parts = [place.connection, "knowledge-bases"];
    if (place.dataset && place.view !== "knowledge-bases") parts.push(place.dataset, place.view ?? "documents");
    this.#wanted = null;
    return parts.map(encodeURIComponent).join("/");
  }

  /**
   * @param {string} type
   * @param {object} fields
   */
  #say(type, fields) {
    if (this.#isReady && this.#base) {
      this.#frame.contentWindow?.postMessage({ ...fields, loredesk: PROTOCOL, type }, this.#base.origin);
    }
  }

  /** @param {MessageEvent} event */
  #hear(event) {
    const isOurs = event.source === this.#frame.contentWindow && event.source !== null && event.origin === this.#base?.origin;
    const message = event.data;
    if (!isOurs || typeof message !== "object" || message?.loredesk !== PROTOCOL) return;
    const { loredesk: _, type, ...detail } = message;
    switch (type) {
      case "ready": this.#greet(); break;
      case "height": this.#setHeight(detail.height); break;
      case "error": clearTimeout(this.#patience); break;
      case "navigated": case "changed": break;
      // Of a newer desk.
      default: return;
    }
    this.dispatchEvent(new CustomEvent(`loredesk-${type}`, { detail, bubbles: true, composed: true }));
  }

  /** The desk has started, or was loaded again. */
  #greet() {
    this.#isReady = true;
    clearTimeout(this.#patience);
    this.#note(null);
    if (this.hasAttribute("theme")) this.#say("theme", { theme: this.#theme });
    if (this.hasAttribute("lang")) this.#say("language", { language: this.#language });
    if (this.#wanted) this.#say("navigate", this.#wanted);
    this.#wanted = null;
    this.#lookAgain();
  }

  /** @param {unknown} height */
  #setHeight(height) {
    if (typeof height === "number" && height >= 0 && height < 1e6) this.#height.replaceSync(`:host { height: ${Math.ceil(height)}px; }`);
  }

  #lookAgain() {
    this.#watch.disconnect();
    if (this.#frame.isConnected) this.#watch.observe(this.#frame);
  }

  /**
   * Tells the desk which part of it is in sight, so that dialogs and messages come up there.
   * @param {IntersectionObserverEntry} entry
   */
  #tellVisible({ boundingClientRect: whole, intersectionRect: seen, isIntersecting }) {
    if (!isIntersecting) return;
    const limit = getComputedStyle(this).maxHeight;
    const most = limit.endsWith("px") ? parseFloat(limit) : innerHeight;
    const above = Math.max(0, Math.round(seen.top - whole.top));
    const below = Math.max(0, Math.round(whole.bottom - seen.bottom));
    this.#say("visible", { above, below, most: Math.round(most) });
  }

  /**
   * @param {string} message
   * @param {URL | null} address
   */
  #fail(message, address) {
    this.#note(message, address);
    this.dispatchEvent(new CustomEvent("loredesk-error", { detail: { message }, bubbles: true, composed: true }));
  }

  /**
   * Says something above the frame, or takes it away.
   * @param {string | null} message
   * @param {URL | null} [address]
   */
  #note(message, address = null) {
    this.shadowRoot?.querySelector(".note")?.remove();
    if (message === null) return;
    const note = document.createElement("div");
    note.className = "note";
    note.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = message;
    note.append(text);
    if (address) {
      const link = document.createElement("a");
      address.search = "";
      link.href = address.href;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = this.#words.open;
      note.append(link);
    }
    this.shadowRoot?.append(note);
  }
}

if (!customElements.get("loredesk-desk")) customElements.define("loredesk-desk", LoredeskDesk);

export { LoredeskDesk };
