// Whether somebody speaks, from levels alone: louder than the room for long enough.
import { STEP } from "./levels.mjs";

/** Decibels above the room that count as speech, and the least that ever do. */
const ABOVE = 11;
const LEAST = -52;
/** Seconds of speech that count as speaking: shorter are coughs and keys. */
export const SUSTAINED = 0.13;
/** Share of them that must be loud: closures of p and t are not. */
const LOUD = 0.8;
/** Seconds of quiet after which a sentence is over, and after which a listener may nod. */
const OVER = 0.75;
const PAUSE = 0.25;
/** Decibels a second by which the room is thought to become louder, and share of the way down. */
const RISE = 3;
const FALL = 0.15;
const count = (/** @type {number} */ seconds) => Math.round(seconds / STEP);

/** @typedef {"start" | "pause" | "end" | null} Change */

export class Activity {
  /** Whether somebody speaks. */
  speaking = false;
  /** Decibels of the room. */
  room = -60;
  #loud = /** @type {boolean[]} */ ([]);
  #quiet = 0;
  #paused = false;

  /**
   * The next level.
   * @param {number} now decibels @param {number} [echo] what our own loudspeaker may account for
   * @returns {Change} what has changed
   */
  feed(now, echo = -Infinity) {
    this.room = now < this.room ? this.room + FALL * (now - this.room) : Math.min(now, this.room + RISE * STEP);
    const loud = now > Math.max(this.room + ABOVE, LEAST, echo);
    this.#loud.push(loud);
    if (this.#loud.length > count(SUSTAINED)) this.#loud.shift();
    return this.speaking ? this.#goesOn(loud) : this.#begins();
  }

  /** @returns {Change} */
  #begins() {
    const loud = this.#loud.filter(Boolean).length;
    if (this.#loud.length < count(SUSTAINED) || loud < LOUD * this.#loud.length || !this.#loud.at(-1)) return null;
    this.speaking = true;
    this.#quiet = 0;
    this.#paused = false;
    return "start";
  }

  /** @param {boolean} loud @returns {Change} */
  #goesOn(loud) {
    this.#quiet = loud ? 0 : this.#quiet + 1;
    if (loud) this.#paused = false;
    if (this.#quiet >= count(OVER)) {
      this.speaking = false;
      this.#loud = [];
      return "end";
    }
    if (this.#quiet < count(PAUSE) || this.#paused) return null;
    this.#paused = true;
    return "pause";
  }

  /** It was not speech after all. */
  reset() {
    this.speaking = false;
    this.#loud = [];
  }
}
