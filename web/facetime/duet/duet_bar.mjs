// Where a topic is typed for two who talk with each other, in place of the message.
import { byId } from "../dom.mjs";
import { words } from "../words.mjs";

const TURNS = [2, 4, 6, 8, 12, 20, 40];
const FIRST = "6";

export class DuetBar {
  #talking = false;
  #name = "";

  /** @param {{ start: (topic: string, turns: number) => void, stop: () => void, leave: () => void }} does */
  constructor(does) {
    const topic = byId("topic"), turns = byId("duet-turns");
    turns.append(...TURNS.map((count) => new Option(`${count}×`, String(count))));
    turns.value = FIRST;
    byId("duet").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      if (this.#talking) does.stop();
      else if (topic.value.trim()) does.start(topic.value.trim(), Number(turns.value));
    });
    byId("duet").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      if (this.#talking) does.stop();
      else does.leave();
    });
    topic.addEventListener("input", () => this.#fit());
    byId("duet-back").addEventListener("click", () => does.leave());
  }

  /** @param {string} name whom one goes back to */
  show(name) {
    this.#name = name;
    byId("duet").hidden = false;
    this.talking(false);
    byId("topic").focus({ preventScroll: true });
  }

  hide() {
    byId("duet").hidden = true;
  }

  /** @param {boolean} talking */
  talking(talking) {
    this.#talking = talking;
    this.#fit();
  }

  #fit() {
    const go = byId("duet-go"), topic = byId("topic"), turns = byId("duet-turns"), back = byId("duet-back");
    go.classList.toggle("stop", this.#talking);
    go.disabled = !this.#talking && !topic.value.trim();
    go.ariaLabel = go.title = words(this.#talking ? "stop" : "duetGo");
    topic.placeholder = topic.ariaLabel = words("duetTopic");
    turns.ariaLabel = turns.title = words("duetTurns");
    back.ariaLabel = back.title = words("duetBack", { name: this.#name });
  }
}
