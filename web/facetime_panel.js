import { api } from "../../scripts/api.js";

/** Id of the tab, and what is kept for it in the browser. */
export const TAB = "chatanything-facetime";

/** @type {HTMLIFrameElement | null} */
let frame = null;
/** Where the page is, and so whose it is. */
let page = "";

/** Whom the user of this page talked with last; a private window remembers nobody. */
function last() {
  try {
    return localStorage.getItem(TAB + page) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} character */
function remember(character) {
  try {
    localStorage.setItem(TAB + page, character);
  } catch {
    // Nothing can be kept here.
  }
}

/** Whom the page shows now. */
const shown = () => frame?.contentWindow?.location.hash.slice(1) ?? "";

/** A sentence in place of the page. */
function paintError(box, error) {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.style.cssText = "margin: 2em 1.5em; font: 14px/1.5 sans-serif; white-space: pre-wrap;";
  const why = error?.message ?? String(error);
  told.textContent =
    `Facetime cannot be shown here: ${why}\n\n` +
    "Look at ComfyUI's log, restart ComfyUI and reload this page.";
  box.replaceChildren(told);
}

/** Where the page of this user is. */
async function findPage() {
  const answer = await api.fetchApi("/chatanything/panel");
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? `${answer.status} ${answer.statusText}`);
  return told.page;
}

/** ComfyUI's own theme: bright letters are on a dark ground. */
function scheme(box) {
  const parts = getComputedStyle(box).color.match(/[\d.]+/g)?.slice(0, 3).map(Number) ?? [0];
  return Math.max(...parts) > 127 ? "dark" : "light";
}

async function fill(box) {
  page = await findPage();
  const made = document.createElement("iframe");
  made.title = "Facetime";
  made.allow = "microphone; autoplay; clipboard-write";
  made.style.cssText = "display: block; width: 100%; height: 100%; border: 0;";
  made.style.colorScheme = scheme(box);
  const id = last();
  made.src = api.apiURL(page) + (id ? `#${id}` : "");
  box.replaceChildren(made);
  frame = made;
}

/** The page as a tab of ComfyUI's side bar. It needs nothing of ComfyUI's page but a box. */
export const facetimeTab = {
  id: TAB,
  icon: "pi pi-comments",
  title: "Facetime",
  tooltip: "Facetime: talk with a character",
  type: "custom",
  render(box) {
    box.style.height = "100%";
    fill(box).catch((error) => paintError(box, error));
  },
  destroy() {
    if (frame) remember(shown());
    frame = null;
  },
};

addEventListener("pagehide", () => frame && remember(shown()));

/** Show a character in the tab, which is opened when it is closed. */
export async function meet(manager, character) {
  if (frame?.contentWindow) {
    frame.contentWindow.location.hash = character;
    return;
  }
  page ||= await findPage();
  remember(character);
  await manager.command.execute(`Workspace.ToggleSidebarTab.${TAB}`);
}
