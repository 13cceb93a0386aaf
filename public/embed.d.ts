// The types of embed.js. Copy this file beside your portal's sources, or refer to it.

/** A place in the desk, named by its parts. What is left out is as it is now, or the first there is. */
export interface Target {
  /** A whole path as `loredesk-navigated` told it; then nothing else counts. */
  path?: string;
  /** Id of a connection of the desk's configuration. */
  connection?: string;
  /** The page. Without one, the documents of the knowledge base. */
  view?: "knowledge-bases" | "documents" | "pipeline" | "retrieval" | "metadata" | "settings" | "about";
  /** Id of a knowledge base. */
  dataset?: string;
  /** Id of a document of it. */
  document?: string;
  /** Id of a chunk of that document. */
  chunk?: string;
  /** What to ask, with the view `retrieval`. */
  query?: string;
}

/** The desk has started, or was loaded again. */
export interface Ready {
  /** The version of the desk. */
  version: string;
}

/** The desk is somewhere else, or its page has got its title. */
export interface Navigated {
  /** The path below the desk's address, to be given back to `navigate({ path })`. */
  path: string;
  /** The title of the page, in the desk's language. */
  title: string;
  view: "knowledge-bases" | "documents" | "pipeline" | "retrieval" | "metadata" | "settings" | "about" | null;
  connection: string | null;
  dataset: string | null;
  document: string | null;
  chunk: string | null;
}

/** The height that the desk would have without a limit, in pixels. The element follows by itself. */
export interface Height {
  height: number;
}

/** Something was changed, here or on the server, and what is shown of it elsewhere is old. */
export interface Changed {
  resources: ("knowledge-bases" | "documents" | "chunks" | "metadata" | "tags")[];
}

/** Something went wrong; a sentence in the desk's language. */
export interface Problem {
  message: string;
}

/** `<loredesk-desk src connection dataset view theme lang title>` */
export declare class LoredeskDesk extends HTMLElement {
  /** Goes to a place in the desk. Before it is ready, the last place that was asked for counts. */
  navigate(target: Target): void;
  /** Whether the desk has started. */
  readonly ready: boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    "loredesk-desk": LoredeskDesk;
  }
  interface HTMLElementEventMap {
    "loredesk-ready": CustomEvent<Ready>;
    "loredesk-navigated": CustomEvent<Navigated>;
    "loredesk-height": CustomEvent<Height>;
    "loredesk-changed": CustomEvent<Changed>;
    "loredesk-error": CustomEvent<Problem>;
  }
}
