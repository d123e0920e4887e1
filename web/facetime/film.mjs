// An answer as a film, where no face can be drawn in the page: its sound is the clock as well.
import { addressOf } from "./api.mjs";
import { byId } from "./dom.mjs";

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

  /** Whether films can be played while they come. */
  static get works() {
    return typeof MediaSource !== "undefined";
  }

  /** The loop in which it waits. @param {{ id: string, look: number }} character */
  async wait(character) {
    this.#waiting.src = addressOf(`/characters/${character.id}/idle.mp4?look=${character.look}`);
    this.#waiting.hidden = false;
    await this.#waiting.play().catch(() => {});
    this.#waiting.classList.add("here");
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
    if (this.#video.ended) return Infinity;
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
    this.#video.play().then(() => this.#video.classList.add("here"), () => {});
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

  rest() {
    this.cut();
  }

  cut() {
    if (!this.#source) return;
    this.#source = this.#buffer = null;
    this.#pieces = [];
    this.#video.pause();
    this.#video.classList.remove("here");
    URL.revokeObjectURL(this.#video.src);
    this.#video.removeAttribute("src");
    this.#video.hidden = true;
  }
}
