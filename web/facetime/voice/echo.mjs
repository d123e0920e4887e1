// What of the microphone's sound is our own loudspeaker. Browsers take most of it away; this is for the rest.
// The page knows what it plays: where the levels of the microphone rise and fall as those of the
// loudspeaker did a moment ago, nobody else has spoken.
import { levels, SILENT, STEP } from "./levels.mjs";

const count = (/** @type {number} */ seconds) => Math.round(seconds / STEP);
/** Seconds that are compared, and the longest way from the loudspeaker to the microphone. */
const WINDOW = 0.5;
const LATEST = 0.3;
/** Correlation of levels from which the two are one. */
const SAME = 0.75;
/** The same once the gain is known: louder than that, only a loudspeaker that was turned up is an echo. */
const WINDOW_KNOWN = 0.2;
const SAME_KNOWN = 0.95;
/** Decibels below the loudest that still tell the gain, and by which that may seem to vary. */
const LOUD = 15;
const STEADY = 3;
/** Decibels by which speech must be louder than the echo that is expected. */
const LOUDER = 8;
/** Levels of the loudspeaker below this cannot be heard back. */
const AUDIBLE = -55;
const FLOOR = -70;

/** What is played, on the clock of the sound. */
export class Played {
  /** @type {{ start: number, levels: Float32Array }[]} */
  #parts = [];

  /** @param {ArrayBuffer} pcm 16-bit mono @param {number} rate @param {number} start seconds */
  add(pcm, rate, start) {
    const samples = Float32Array.from(new Int16Array(pcm), (value) => value / 32768);
    this.#parts = [...this.#parts.slice(-20), { start, levels: levels(samples, rate) }];
  }

  /** Nothing of it is played any more from a moment on. @param {number} at seconds */
  cut(at) {
    for (const part of this.#parts) {
      const kept = Math.max(0, Math.round((at - part.start) / STEP));
      if (kept < part.levels.length) part.levels = part.levels.subarray(0, kept);
    }
  }

  /** Decibels that are heard at a moment. @param {number | null} at seconds */
  at(at) {
    if (at === null) return SILENT;
    const part = this.#parts.findLast(({ start }) => start <= at);
    return part?.levels[Math.floor((at - part.start) / STEP)] ?? SILENT;
  }
}

export class Echo {
  /** Decibels by which it comes back louder or quieter than it was played. */
  gain = -40;
  #known = false;
  #mic = /** @type {number[]} */ ([]);
  #out = /** @type {number[]} */ ([]);

  /**
   * The next levels of both.
   * @param {number} mic @param {number} out decibels
   * @returns {number} decibels that the microphone must exceed to have heard somebody else
   */
  feed(mic, out) {
    this.#mic.push(mic);
    this.#out.push(out);
    const most = count(WINDOW + LATEST);
    if (this.#mic.length > most) this.#mic.shift();
    if (this.#out.length > most) this.#out.shift();
    const played = Math.max(...this.#out.slice(-count(LATEST)));
    return played < AUDIBLE ? -Infinity : played + this.gain + LOUDER;
  }

  /** Whether what seems to be speech is our own voice; then its gain is known from now on. */
  heardItself() {
    const size = Math.min(count(this.#known ? WINDOW_KNOWN : WINDOW), this.#mic.length);
    const mic = this.#mic.slice(-size).map(floored);
    let best = { r: 0, out: /** @type {number[]} */ ([]) };
    for (let lag = 0; lag <= Math.min(count(LATEST), this.#out.length - size); lag++) {
      const out = this.#played(size, lag), r = correlation(mic, out);
      if (r > best.r) best = { r, out };
    }
    const loudest = Math.max(...best.out, SILENT);
    if (loudest < AUDIBLE || best.r < (this.#known ? SAME_KNOWN : SAME)) return false;
    const gains = mic.map((value, k) => value - best.out[k]).filter((_, k) => best.out[k] > loudest - LOUD);
    gains.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => gains[Math.floor(share * (gains.length - 1))];
    if (this.#known && at(0.9) - at(0.1) > STEADY) return false;
    this.gain = this.#known ? Math.max(this.gain, at(0.5)) : at(0.5);
    this.#known = true;
    return true;
  }

  /** @param {number} size @param {number} lag */
  #played(size, lag) {
    const end = this.#out.length - lag;
    return this.#out.slice(end - size, end).map(floored);
  }
}

const floored = (/** @type {number} */ value) => Math.max(value, FLOOR);

/** @param {number[]} a @param {number[]} b */
function correlation(a, b) {
  const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [x, y] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [p, q] = [a[k] - x, b[k] - y];
    ab += p * q;
    aa += p * p;
    bb += q * q;
  }
  return aa && bb ? ab / Math.sqrt(aa * bb) : 0;
}
