// The place to type. While the character talks, a key stops it: one need not wait to be heard.
import { byId } from "./dom.mjs";
import { words } from "./words.mjs";

export class Composer {
  /**
   * @param {(message: string, stamp: number) => void} send
   * @param {() => void} stop
   */
  constructor(send, stop) {
    const box = byId("message");
    const sent = (/** @type {number} */ stamp) => {
      const message = box.value.trim();
      if (!message) return;
      box.value = "";
      this.#fit();
      send(message, stamp);
    };
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      // The Enter that chooses a word of an input method sends nothing.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        sent(event.timeStamp);
      } else if (event.key === "Escape") stop();
      else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) stop();
    });
    box.addEventListener("compositionstart", stop);
    box.addEventListener("input", () => this.#fit());
    byId("composer").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      if (this.#talking && !box.value.trim()) stop();
      else sent(event.timeStamp);
    });
    this.#fit();
  }

  #talking = false;

  /** @param {boolean} talking */
  talking(talking) {
    this.#talking = talking;
    this.#fit();
  }

  show() {
    byId("composer").hidden = false;
    byId("message").focus({ preventScroll: true });
  }

  hide() {
    byId("composer").hidden = true;
  }

  #fit() {
    const button = byId("send");
    const empty = !byId("message").value.trim();
    button.classList.toggle("stop", this.#talking && empty);
    button.disabled = empty && !this.#talking;
    button.ariaLabel = words(this.#talking && empty ? "stop" : "send");
  }
}
