// Beside the face: the conversation, what is remembered, how the character looks and sounds, who thinks.
import { byId } from "./dom.mjs";
import { conversationPanel } from "./panels/conversation.mjs";
import { duetPanel } from "./panels/duet.mjs";
import { earPanel } from "./panels/ear.mjs";
import { keepPanel } from "./panels/keep.mjs";
import { looksPanel } from "./panels/looks.mjs";
import { memoryPanel } from "./panels/memory.mjs";
import { mindPanel } from "./panels/mind.mjs";

/**
 * @typedef {object} Room what the panels may do
 * @property {any} character as the server told it last
 * @property {any} settings
 * @property {(changed?: any) => void} refresh the character is another now; without one, ask for it
 * @property {() => void} again answer the last message once more
 * @property {(other: string) => void} duet bring another character on the stage, by its id
 * @property {() => void} greet let it be heard
 * @property {() => void} amounts expression or movement were changed
 * @property {() => void} relabel another language of the page
 * @property {import("./voice/mic_button.mjs").MicButton} mic
 * @property {() => void} gone the character was deleted
 * @property {(words: string, wrong?: boolean) => void} tell
 */

const PANELS = [conversationPanel, duetPanel, memoryPanel, looksPanel, mindPanel, earPanel, keepPanel];

export class Drawer {
  #room;
  #box = byId("drawer");

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
    byId("more").addEventListener("click", () => this.toggle());
    this.#box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") this.toggle(false);
    });
  }

  get open() {
    return !this.#box.hidden;
  }

  /** @param {boolean} [open] */
  toggle(open = !this.open) {
    this.#box.hidden = !open;
    byId("more").setAttribute("aria-expanded", String(open));
    if (open) this.show();
    else byId("more").focus();
  }

  /** Show what is known now; where the user types, it stays as it is. */
  show() {
    if (!this.open || !this.#room.character) return;
    const typed = document.activeElement;
    if (typed instanceof HTMLInputElement && this.#box.contains(typed) && typed.type !== "range") return;
    const { scrollTop } = this.#box;
    this.#box.replaceChildren(...PANELS.map((panel) => panel(this.#room)));
    this.#box.scrollTop = scrollTop;
  }
}

