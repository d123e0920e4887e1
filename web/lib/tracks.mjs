// What a face shows at a moment: endless idle motion, speech laid over it, and a mood. There is no
// switch from one to another, so nothing jumps. Knows no WebGL and no sound.
import { COLUMNS } from "./constants.mjs";
import { AT, checkMotion, clip, frameCount, restingRow, rowAt, WIDTH } from "./pose.mjs";

/** @import { Motion, Row, Column } from "./pose.mjs" */
/** @typedef {{ brow: number, frown: number, lid: number, smile: number }} Mood held beside all motion */
/** @typedef {"mouth" | "blink" | "gaze" | "brows" | "head" | "breath" | "emotion"} Part */
/** @typedef {Partial<Record<Part, number>>} Amounts 1 is natural, 0 off */
/**
 * @typedef {object} Track what speech adds to idle motion
 * @property {Motion} motion
 * @property {number[]} places of its columns in a row
 * @property {number} from seconds of the sound
 * @property {number} to
 * @property {number} shown when it begins to be seen
 * @property {number} until when it begins to fade
 * @property {number} fade seconds of that
 */
/** @typedef {{ motion: Motion, from: number }} Idle */
/** @template T @typedef {{ from: T, to: T, at: number }} Glide */

/** Seconds in which a track comes in and goes out where it is cut. */
const EASE = 0.1;
/** Seconds in which speech fades when its sound stands still. */
const SILENCE = 0.12;
/** Seconds in which a mood, an amount or another idle motion comes. */
const GLIDE = 0.4;

/** @type {Record<Exclude<Part, "emotion">, Column[]>} */
const PARTS = {
  mouth: ["jaw", "wide", "round", "tongue", "teeth"],
  blink: ["blinkLeft", "blinkRight"],
  gaze: ["gazeX", "gazeY"],
  brows: ["browLeft", "browRight"],
  head: ["headX", "headY", "roll", "yaw", "pitch"],
  breath: ["breath"],
};

/** @param {number} t */
function ease(t) {
  const way = Math.min(Math.max(t, 0), 1);
  return way * way * (3 - 2 * way);
}

export class Tracks {
  constructor() {
    /** @type {Idle[]} */
    this.idles = [];
    /** @type {Idle | null} */
    this.current = null;
    /** What was shown beyond the idle motion that has just begun, and when it did. */
    this.beyond = { row: new Float32Array(WIDTH), at: -Infinity };
    /** @type {Track[]} */
    this.tracks = [];
    /** @type {Glide<Float32Array>} brow, frown, lid, smile */
    this.moods = { from: new Float32Array(4), to: new Float32Array(4), at: -Infinity };
    /** @type {Glide<Float32Array>} */
    this.amounts = { from: ones(), to: ones(), at: -Infinity };
    /** What speech added to the last row. */
    this.said = new Float32Array(WIDTH);
    this.heardLast = -Infinity;
    this.presence = { share: 0, at: -Infinity };
    this.row = new Float32Array(WIDTH);
    this.spare = new Float32Array(WIDTH);
  }

  /**
   * Motion of a face that says nothing, whose first row belongs to `from` in seconds of the page.
   * At its end it is played backwards and forwards until another begins.
   * @param {Motion} motion @param {number} from
   */
  idle(motion, from) {
    checkMotion(motion);
    if (motion.columns) throw new Error("Idle motion has all columns.");
    this.idles = [...this.idles.filter((idle) => idle.from < from), { motion, from }].slice(-4);
  }

  /** The second of the page until which idle motion is known. */
  idleUntil() {
    const last = this.idles.at(-1);
    return last ? last.from + (frameCount(last.motion) - 1) / last.motion.fps : -Infinity;
  }

  /**
   * What speech adds to idle motion; its first row belongs to `from` in seconds of the sound.
   * @param {Motion} motion @param {number} from
   */
  play(motion, from) {
    checkMotion(motion);
    const names = motion.columns ?? COLUMNS.map(([name]) => name);
    const places = names.map((name) => AT[/** @type {Column} */ (name)]);
    const to = from + (frameCount(motion) - 1) / motion.fps, shown = Math.max(this.heardLast, from);
    this.tracks.push({ motion, places, from, to, shown, until: Infinity, fade: EASE });
  }

  /** All that is said fades within so many seconds. @param {number} fade */
  stop(fade) {
    for (const track of this.tracks) if (track.until === Infinity) Object.assign(track, { until: this.heardLast, fade: Math.max(fade, 1e-3) });
    this.tracks = this.tracks.filter((track) => track.from < this.heardLast);
  }

  /** Another clock begins: what was said by the last one glides away. @param {number} time seconds of the page */
  changeClock(time) {
    const { beyond, said } = this, left = 1 - ease((time - beyond.at) / GLIDE);
    beyond.row = beyond.row.map((value, k) => left * value + said[k]);
    beyond.at = time;
    said.fill(0);
    this.tracks = [];
    this.heardLast = -Infinity;
  }

  /** @param {Mood} mood @param {number} time seconds of the page */
  feel({ brow, frown, lid, smile }, time) {
    const to = Float32Array.of(brow, frown, lid, smile);
    if (!to.every(Number.isFinite)) throw new Error("A mood has the numbers brow, frown, lid and smile.");
    this.moods = { from: glided(this.moods, time), to, at: time };
  }

  /** @param {Amounts} amounts @param {number} time seconds of the page */
  setAmounts(amounts, time) {
    const to = Float32Array.from(this.amounts.to);
    for (const [part, amount] of Object.entries(amounts)) {
      if (!(amount >= 0 && amount <= 2)) throw new Error(`The amount of ${part} is 0 to 2, not ${amount}.`);
      if (part === "emotion") to[WIDTH] = amount;
      else for (const name of PARTS[/** @type {keyof typeof PARTS} */ (part)]) to[AT[name]] = amount;
    }
    this.amounts = { from: glided(this.amounts, time), to, at: time };
  }

  /**
   * What is shown at `time` of the page, when `heard` of the sound is heard; null when it stands.
   * The row is filled again by the next call.
   * @param {number} time @param {number | null} heard
   * @returns {Row}
   */
  at(time, heard) {
    const { row, said } = this, share = this.presentAt(time, heard);
    said.fill(0);
    if (heard !== null) this.heardLast = heard;
    this.tracks = this.tracks.filter((track) => track.to > this.heardLast && track.until + track.fade > this.heardLast);
    for (const track of this.tracks) addTrack(said, track, this.heardLast, share);
    const idle = this.idleAt(time);
    for (let k = 0; k < WIDTH; k++) row[k] = idle[k] + said[k];
    const amounts = glided(this.amounts, time), mood = glided(this.moods, time);
    for (let k = 0; k < WIDTH; k++) row[k] *= amounts[k];
    [AT.browLeft, AT.browRight, AT.frown, AT.lid, AT.smile].forEach((place, k) => (row[place] += amounts[WIDTH] * mood[Math.max(k - 1, 0)]));
    clip(row);
    return row;
  }

  /** How far speech is shown: it fades while its sound stands. @param {number} time @param {number | null} heard */
  presentAt(time, heard) {
    const { presence } = this, way = (heard === null ? -1 : 1) * (time - presence.at) / SILENCE;
    presence.share = Math.min(Math.max(presence.share + (way || 0), 0), 1);
    presence.at = time;
    return ease(presence.share);
  }

  /** @param {number} time */
  idleAt(time) {
    const { beyond, spare } = this, next = this.idles.findLast((idle) => idle.from <= time) ?? this.idles[0] ?? null;
    if (next !== this.current) {
      const before = this.idleRow(this.current, time, new Float32Array(WIDTH)), after = this.idleRow(next, time, spare);
      beyond.row = before.map((value, k) => value - after[k]);
      beyond.at = time;
      this.current = next;
    }
    return this.idleRow(next, time, spare);
  }

  /** @param {Idle | null} idle @param {number} time @param {Row} out */
  idleRow(idle, time, out) {
    if (idle) rowAt(idle.motion, toAndFro((time - idle.from) * idle.motion.fps, frameCount(idle.motion) - 1), out);
    else out.set(restingRow());
    const left = 1 - ease((time - this.beyond.at) / GLIDE);
    if (left > 0) for (let k = 0; k < WIDTH; k++) out[k] += left * this.beyond.row[k];
    return out;
  }
}

const ones = () => new Float32Array(WIDTH + 1).fill(1);

/** @param {Glide<Float32Array>} glide @param {number} time */
function glided({ from, to, at }, time) {
  const way = ease((time - at) / GLIDE);
  return from.map((value, k) => value + (to[k] - value) * way);
}

/** @param {number} frame @param {number} last */
function toAndFro(frame, last) {
  if (frame <= last || last === 0) return Math.min(frame, last);
  const way = frame % (2 * last);
  return way <= last ? way : 2 * last - way;
}

/** @param {Float32Array} said @param {Track} track @param {number} heard @param {number} share */
function addTrack(said, track, heard, share) {
  if (heard <= track.from) return;
  const { motion, places } = track, width = places.length, at = (heard - track.from) * motion.fps, i = Math.floor(at);
  const seen = ease((heard - track.shown) / EASE) * ease((track.to - heard) / EASE) * (1 - ease((heard - track.until) / track.fade));
  for (let k = 0; k < width; k++) {
    const a = motion.rows[i * width + k], b = motion.rows[(i + 1) * width + k] ?? a;
    said[places[k]] += share * seen * (a + (b - a) * (at - i));
  }
}
