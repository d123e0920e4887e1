// What is said, word by word as it is heard; and once, whole, for screen readers.
import { byId, make } from "./dom.mjs";
import { wordEnds } from "./heard.mjs";

export class Captions {
  #box = byId("captions");
  #spoken = byId("spoken");
  #mine = byId("mine");
  /** @type {{ at: number, node: HTMLElement }[]} */
  #waiting = [];
  /** @type {{ start: number, nodes: HTMLElement[] }[]} */
  #lines = [];
  #shown = -1;

  /** A new answer begins; `message` is what the user said, empty when nothing. @param {string} message */
  begin(message) {
    this.clear();
    this.#mine.textContent = message;
  }

  clear() {
    this.#box.replaceChildren();
    this.#spoken.textContent = "";
    this.#mine.textContent = "";
    this.#waiting = [];
    this.#lines = [];
    this.#shown = -1;
  }

  /** @param {import("./heard.mjs").Said} said */
  add(said) {
    const ends = wordEnds(said.text, said.words);
    let from = 0;
    const nodes = said.words.flatMap(([, at], k) => {
      const last = k === said.words.length - 1;
      const end = last ? said.text.length : ends[k];
      if (end <= from) return [];
      const node = make("span", { textContent: said.text.slice(from, end) });
      from = end;
      this.#waiting.push({ at: said.start + at, node });
      return [node];
    });
    if (!nodes.length) {
      const node = make("span", { textContent: said.text });
      nodes.push(node);
      this.#waiting.push({ at: said.start, node });
    }
    this.#lines.push({ start: said.start, nodes });
    if (this.#shown < 0) this.#show(0);
  }

  /** The whole answer, read out by a screen reader once. @param {string} text */
  whole(text) {
    this.#spoken.textContent = text;
  }

  /** @param {number} heard seconds of the audio clock */
  at(heard) {
    while (this.#waiting.length && this.#waiting[0].at <= heard) {
      /** @type {any} */ (this.#waiting.shift()).node.className = "heard";
    }
    let now = this.#shown;
    while (now + 1 < this.#lines.length && this.#lines[now + 1].start - 0.15 <= heard) now++;
    if (now !== this.#shown) this.#show(now);
  }

  /** @param {number} number */
  #show(number) {
    this.#shown = number;
    this.#box.replaceChildren(...this.#lines[number].nodes);
  }
}
