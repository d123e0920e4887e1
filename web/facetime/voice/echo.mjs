// What of the microphone's sound is our own loudspeaker. Browsers take most of it away; this is for the rest.
// The page knows what it plays: where the waves of both run alike, nobody else has spoken.
import { level, levels, SILENT, STEP } from "./levels.mjs";

/** Samples a second of the waves that are compared. */
export const COARSE = 4000;
/** Seconds that are compared, and the longest way from the loudspeaker to the microphone. */
export const WINDOW = 0.4;
const LATEST = 0.4;
/** Correlation of waves from which the two are one. */
const SAME = 0.6;
/** Decibels by which speech must be louder than the echo that is expected. */
const LOUDER = 8;
/** Levels of the loudspeaker below this cannot be heard back. */
const AUDIBLE = -55;

/** A wave with fewer samples: the mean of each part. @param {ArrayLike<number>} samples @param {number} count */
export function shrunk(samples, count) {
  const size = samples.length / count;
  return Float32Array.from({ length: count }, (_, k) => {
    let sum = 0;
    const [from, to] = [Math.floor(k * size), Math.max(Math.floor((k + 1) * size), Math.floor(k * size) + 1)];
    for (let at = from; at < to; at++) sum += samples[at] ?? 0;
    return sum / (to - from);
  });
}

/** What is played, on the clock of the sound. */
export class Played {
  /** @type {{ start: number, levels: Float32Array, wave: Float32Array }[]} */
  #parts = [];

  /** @param {ArrayBuffer} pcm 16-bit mono @param {number} rate @param {number} start seconds */
  add(pcm, rate, start) {
    const samples = Float32Array.from(new Int16Array(pcm), (value) => value / 32768);
    const wave = shrunk(samples, Math.max(1, Math.round((samples.length / rate) * COARSE)));
    this.#parts = [...this.#parts.slice(-20), { start, levels: levels(samples, rate), wave }];
  }

  /** Nothing of it is played any more from a moment on. @param {number} at seconds */
  cut(at) {
    for (const part of this.#parts) {
      const kept = Math.max(0, at - part.start);
      part.levels = part.levels.subarray(0, Math.round(kept / STEP));
      part.wave = part.wave.subarray(0, Math.round(kept * COARSE));
    }
  }

  /** Decibels at a moment. @param {number} at seconds */
  at(at) {
    const part = this.#parts.findLast(({ start }) => start <= at);
    return part?.levels[Math.floor((at - part.start) / STEP)] ?? SILENT;
  }

  /** The wave between two moments, at COARSE. @param {number} from @param {number} to seconds */
  wave(from, to) {
    const whole = new Float32Array(Math.round((to - from) * COARSE));
    for (const { start, wave } of this.#parts) {
      const shift = Math.round((start - from) * COARSE);
      for (let k = Math.max(0, -shift); k < wave.length && k + shift < whole.length; k++) whole[k + shift] = wave[k];
    }
    return whole;
  }
}

export class Echo {
  /** Decibels by which it comes back louder or quieter than it was played. */
  gain = -40;
  #out = /** @type {number[]} */ ([]);

  /**
   * The next level of the loudspeaker.
   * @param {number} out decibels
   * @returns {number} decibels that the microphone must exceed to have heard somebody else
   */
  feed(out) {
    this.#out.push(out);
    if (this.#out.length > LATEST / STEP) this.#out.shift();
    const played = Math.max(...this.#out);
    return played < AUDIBLE ? -Infinity : played + this.gain + LOUDER;
  }

  /**
   * Whether what seems to be speech is our own voice; then its gain is known from now on.
   * @param {Float32Array} mic the last WINDOW seconds of the microphone, at COARSE
   * @param {Float32Array} played what was played in that time and a while before and after
   */
  heardItself(mic, played) {
    const { r, gain } = alike(mic, played);
    if (r < SAME) return false;
    this.gain = Math.max(this.gain, gain);
    return true;
  }
}

/**
 * How much a shorter wave runs like a longer one, and by how many decibels it is louder there. Each half
 * is looked for by itself: a busy machine skips some hundredths of what it plays, and what comes after
 * lies elsewhere. So split, .06 s skipped leave .67 and more, and voices of two reach .44.
 * @param {Float32Array} short @param {Float32Array} long
 */
function alike(short, long) {
  const middle = short.length >> 1;
  const halves = [short.subarray(0, middle), short.subarray(middle)].map((part) => {
    const { r, at } = likeness(part, long);
    return { r, energy: energy(part, 0, part.length), gain: level(part) - level(long, at, at + part.length) };
  });
  const whole = halves.reduce((sum, part) => sum + part.energy, 0);
  const loudest = halves.reduce((one, other) => (other.energy > one.energy ? other : one));
  return { r: halves.reduce((sum, part) => sum + part.r * part.energy, 0) / (whole + 1e-12), gain: loudest.gain };
}

/**
 * Where in a longer wave a shorter one runs most alike, and how much: 1 is the same.
 * @param {Float32Array} short @param {Float32Array} long
 */
function likeness(short, long) {
  const own = energy(short, 0, short.length);
  let [best, at] = [0, 0], other = energy(long, 0, short.length);
  for (let lag = 0; lag + short.length <= long.length; lag++) {
    let sum = 0;
    for (let k = 0; k < short.length; k++) sum += short[k] * long[lag + k];
    const r = Math.abs(sum) / Math.sqrt(own * Math.max(other, 1e-9) + 1e-12);
    if (r > best) [best, at] = [r, lag];
    other += long[lag + short.length] ** 2 - long[lag] ** 2;
  }
  return { r: best, at };
}

/** @param {Float32Array} wave @param {number} from @param {number} to */
function energy(wave, from, to) {
  let sum = 0;
  for (let k = from; k < to; k++) sum += wave[k] * wave[k];
  return sum;
}
