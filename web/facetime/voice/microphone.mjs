// Hear the user: notice that they speak, stop the character at once, have it listen, and pass on the words.
import { Activity } from "./activity.mjs";
import { Capture } from "./capture.mjs";
import { COARSE, Echo, shrunk, WINDOW } from "./echo.mjs";
import { level, SILENT, STEP } from "./levels.mjs";
import { askServer, BrowserListener } from "./recognise.mjs";
import { Recording } from "./recording.mjs";

/**
 * @typedef {object} Ear what hearing changes
 * @property {(stamp: number) => number} played decibels of our own loudspeaker at a moment of the page
 * @property {(stamp: number, seconds: number) => Float32Array} wave what it played until then, and around
 * @property {() => boolean} talking whether the character speaks
 * @property {() => void} interrupt it stops
 * @property {(begun: boolean) => void} attend the user begins or ends to speak
 * @property {(gesture: "nod" | "lift") => void} gesture what a listener does
 * @property {(words: string) => void} said
 * @property {() => { id: string, language: string }} character
 * @property {() => "server" | "browser"} who
 * @property {(words: string, wrong?: boolean) => void} tell
 * @property {(on: boolean) => void} changed
 */

/** Decibels above the voice so far that count as a rise. */
const RISE = 7;
/** Milliseconds a step by which the microphone's clock may be slower than the page's. */
const DRIFT = 0.001;
/** Seconds between two of them that are answered. */
const BETWEEN = 1.5;

export class Microphone {
  #ear;
  #capture = new Capture();
  #activity = new Activity();
  #echo = new Echo();
  /** @type {Recording | null} */
  #recording = null;
  /** @type {BrowserListener | null} */
  #browser = null;
  #held = false;
  #usual = SILENT;
  #lifted = 0;
  /** The last moment of the microphone, coarsely. @type {Float32Array[]} */
  #lately = [];
  #count = 0;
  #began = Infinity;
  /** When each thing happened, in milliseconds of the page: for whoever measures. @type {Record<string, number>[]} */
  measured = [];

  /** @param {Ear} ear */
  constructor(ear) {
    this.#ear = ear;
  }

  get on() {
    return this.#capture.open;
  }

  /** @param {boolean} on */
  async turn(on) {
    if (!on) {
      this.#capture.stop();
      this.#browser?.stop();
      if (this.#activity.speaking) this.#ear.attend(false);
      this.#activity.reset();
    } else if (!this.on) {
      this.#count = 0;
      this.#began = Infinity;
      await this.#capture.start((samples) => this.#hear(samples));
      this.#recording = new Recording(this.#capture.rate);
    }
    this.#ear.changed(on);
  }

  /** Push to talk: what is said between is said, however quiet. @param {boolean} held */
  async hold(held) {
    if (held === this.#held) return;
    this.#held = held;
    if (held) {
      if (!this.on) await this.turn(true);
      this.#begin(performance.now());
    } else if (this.#recording?.running) this.#end();
  }

  /** @param {Float32Array} samples */
  #hear(samples) {
    const recording = this.#recording;
    if (!recording) return;
    recording.add(samples);
    const stamp = this.#stamp();
    this.#lately = [...this.#lately.slice(1 - WINDOW / STEP), shrunk(samples, COARSE * STEP)];
    const now = level(samples), echo = this.#echo.feed(this.#ear.played(stamp));
    if (this.#held) return;
    const change = this.#activity.feed(now, echo);
    if (change === "start") this.#noticed(stamp);
    else if (change === "end") this.#end();
    else if (change === "pause") this.#ear.gesture("nod");
    else if (this.#activity.speaking) this.#rises(now);
  }

  /**
   * When the sound was there of which we hear: a page that is busy hears of it late and then all at
   * once, but never early.
   */
  #stamp() {
    const since = this.#count++ * STEP * 1000;
    this.#began = Math.min(this.#began + DRIFT, performance.now() - since);
    return this.#began + since;
  }

  /** @param {number} stamp */
  #noticed(stamp) {
    const mic = joined(this.#lately);
    if (this.#echo.heardItself(mic, this.#ear.wave(stamp, mic.length / COARSE))) return this.#activity.reset();
    this.#begin(performance.now());
  }

  /** @param {number} at milliseconds of the page */
  #begin(at) {
    /** @type {Record<string, number>} */
    const run = { noticed: at, talking: Number(this.#ear.talking()) };
    this.measured.push(run);
    if (this.#recording) this.#recording.running = true;
    if (this.#ear.who() === "browser") this.#browser = new BrowserListener(this.#ear.character().language);
    this.#ear.interrupt();
    run.interrupted = performance.now();
    this.#usual = SILENT;
    this.#ear.attend(true);
  }

  /** @param {number} now decibels */
  #rises(now) {
    if (now < this.#activity.room + 10) return;
    const before = this.#usual;
    this.#usual = before === SILENT ? now : before + 0.02 * (now - before);
    if (now < before + RISE || before === SILENT || performance.now() - this.#lifted < 1000 * BETWEEN) return;
    this.#lifted = performance.now();
    this.#ear.gesture("lift");
  }

  async #end() {
    const wav = /** @type {Recording} */ (this.#recording).take(), browser = this.#browser;
    const run = this.measured.at(-1) ?? {};
    run.ended = performance.now();
    this.#browser = null;
    this.#ear.attend(false);
    const { id } = this.#ear.character();
    try {
      const words = browser ? await browser.stop() : await askServer(id, wav);
      run.understood = performance.now();
      if (words && this.#ear.character()?.id === id) this.#ear.said(words);
    } catch (error) {
      this.#ear.tell(String(/** @type {any} */ (error).message ?? error), true);
    }
  }
}

/** @param {Float32Array[]} parts */
function joined(parts) {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
