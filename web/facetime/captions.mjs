// What is said, word by word as it is heard; and once, whole, for screen readers.
import { byId, make } from "./dom.mjs";
import { wordEnds } from "./heard.mjs";

/** @typedef {{ start: number, nodes: HTMLElement[], name?: string }} Line what is shown at once, and who says it */

export class Captions {
  #box = byId("captions");
  #spoken = byId("spoken");
  #mine = byId("mine");
  /** @type {{ at: number, node: HTMLElement }[]} */
  #waiting = [];
  /** @type {Line[]} */
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
    const lines = linesOf(nodes, this.#waiting.slice(-nodes.length));
    this.#lines.push(...lines.map((line) => ({ ...line, name: said.name })));
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
    const { nodes, name } = this.#lines[number];
    this.#box.replaceChildren(...nodes);
    // Where two talk, the line above says who does.
    if (name !== undefined) this.#mine.textContent = name;
  }
}

/** Characters of what is shown at once: about two lines. */
const ROOM = 88;

/**
 * A long sentence in parts that fit, each from when its first word is heard.
 * @param {HTMLElement[]} nodes @param {{ at: number }[]} times
 */
function linesOf(nodes, times) {
  const lengths = nodes.map((node) => node.textContent?.length ?? 0);
  const whole = lengths.reduce((sum, one) => sum + one, 0);
  // Parts of equal length: nobody is left with a single word.
  const room = whole / Math.ceil(whole / ROOM) + 6;
  /** @type {Line[]} */
  const lines = [];
  let left = 0;
  nodes.forEach((node, k) => {
    if (!lines.length || left < lengths[k]) {
      lines.push({ start: times[k].at, nodes: [] });
      left = room;
    }
    lines.at(-1)?.nodes.push(node);
    left -= lengths[k];
  });
  return lines;
}
