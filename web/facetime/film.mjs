// An answer as a film, where no face can be drawn in the page: its sound is the clock as well.
import { bytes } from "./api.mjs";
import { byId } from "./dom.mjs";

/** Seconds in which an answer is most likely there: so much later in the loop it begins. */
const AHEAD = 0.6;
/** Milliseconds in which a film that is cut off fades. */
const FADE = 200;

/** What `Sound` is for a face that is drawn, this is for one that is filmed. */
export class Film {
  #video = /** @type {HTMLVideoElement} */ (byId("film"));
  #waiting = /** @type {HTMLVideoElement} */ (byId("waiting"));
  /** @type {SourceBuffer | null} */
  #buffer = null;
  /** @type {MediaSource | null} */
  #source = null;
  /** @type {ArrayBuffer[]} */
  #pieces = [];
  #whole = false;
  context = null;
  /** Second of the loop at which the answer begins. */
  #phase = 0;
  /** When the loop is there, and stands. */
  #there = Promise.resolve();
  #timer = 0;

  /** Whether films can be played while they come. */
  static get works() {
    return typeof MediaSource !== "undefined";
  }

  /** The loop in which it waits. @param {{ id: string, look: number }} character */
  async wait(character) {
    // As a whole, for what is streamed cannot be taken back to a second of it.
    const loop = new Blob([await bytes(`/characters/${character.id}/idle.mp4?look=${character.look}`)], { type: "video/mp4" });
    URL.revokeObjectURL(this.#waiting.src);
    this.#waiting.src = URL.createObjectURL(loop);
    this.#waiting.hidden = false;
    await this.#waiting.play().catch(() => {});
    this.#waiting.classList.add("here");
  }

  /**
   * An answer is asked for: the second of the loop at which it begins, where the loop waits for it.
   * @returns {number}
   */
  awaited() {
    this.cut();
    const { currentTime, duration } = this.#waiting;
    clearTimeout(this.#timer);
    this.#phase = duration ? (currentTime + AHEAD) % duration : 0;
    this.#there = new Promise((done) => {
      this.#timer = setTimeout(() => {
        this.#waiting.pause();
        this.#waiting.currentTime = this.#phase;
        done();
      }, 1000 * AHEAD);
    });
    return this.#phase;
  }

  leave() {
    this.cut();
    this.#waiting.hidden = true;
    this.#waiting.classList.remove("here");
    this.#waiting.removeAttribute("src");
  }

  wake() {
    return Promise.resolve();
  }

  get running() {
    return !this.#video.paused;
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.#video.muted = muted;
  }

  /** @returns {number | null} seconds of the film */
  heard() {
    if (!this.#source) return null;
    return this.#video.paused ? null : this.#video.currentTime;
  }

  /**
   * The next sentence; its pictures follow.
   * @param {ArrayBuffer} _ @param {number} __ @param {{ seconds: number, film: { start: number, kind: string } }} event
   */
  add(_, __, { seconds, film }) {
    if (!this.#source) this.#begin(film.kind);
    return { start: film.start, end: film.start + seconds };
  }

  /** @param {string} kind */
  #begin(kind) {
    const source = new MediaSource();
    this.#source = source;
    this.#whole = false;
    this.#video.src = URL.createObjectURL(source);
    this.#video.hidden = false;
    source.addEventListener("sourceopen", () => {
      if (source !== this.#source) return;
      this.#buffer = source.addSourceBuffer(kind);
      this.#buffer.addEventListener("updateend", () => this.#feed());
      this.#feed();
    });
    this.#video.onended = () => this.cut();
    this.#there.then(async () => {
      if (source === this.#source) await this.#video.play();
      this.#video.classList.add("here");
    }).catch(() => {});
  }

  /** @param {ArrayBuffer} piece */
  append(piece) {
    this.#pieces.push(piece);
    this.#feed();
  }

  /** No more pieces come. */
  finish() {
    this.#whole = true;
    this.#feed();
  }

  #feed() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#source?.readyState !== "open") return;
    const piece = this.#pieces.shift();
    if (piece) buffer.appendBuffer(piece);
    else if (this.#whole) this.#source.endOfStream();
  }

  /** The last word was heard; the film goes on until it is where the loop is. */
  rest() {}

  cut() {
    if (!this.#source) return this.#resume();
    this.#source = this.#buffer = null;
    this.#pieces = [];
    const video = this.#video;
    video.pause();
    this.#resume(video.currentTime);
    video.classList.remove("here");
    const shown = video.src;
    setTimeout(() => {
      URL.revokeObjectURL(shown);
      if (this.#source || video.src !== shown) return;
      video.removeAttribute("src");
      video.hidden = true;
    }, FADE);
  }

  /** The loop goes on, from where a film has left it. @param {number} [seconds] of the film that was seen */
  #resume(seconds) {
    const waiting = this.#waiting;
    clearTimeout(this.#timer);
    if (seconds !== undefined && waiting.duration) waiting.currentTime = (this.#phase + seconds) % waiting.duration;
    if (waiting.src) waiting.play().catch(() => {});
  }
}
