// A face on a canvas. This is what a page uses:
//
//   import { Face } from "./lib/face.mjs";
//   const face = await Face.create(canvas, await (await fetch(url)).arrayBuffer(), { maxSize: 768 });
//   face.idle(motion, from);        // rows of all COLUMNS; `from` in face.time(), seconds
//   face.listen(audioContext);      // from now on its sound is the clock of speech
//   face.play(motion, startTime);   // what speech adds; `startTime` in seconds of that clock
//   face.stop(0.12);                // whatever is said fades, idle motion goes on
//   face.feel({ brow, frown, lid, smile });   face.setAmounts({ head: 0.5 });
//   face.onframe = ({ row, heard, begun, finished }) => ...;   face.onfail = (error) => ...;
//   face.dispose();
//
// A motion is { fps, rows: Float32Array, columns?: names, lead?: seconds }: see pose.mjs and
// rig/motion_rows.py. `lead` seconds of a speech track lie before its `startTime`. Before `listen`
// the clock is the page's: performance.now() / 1000. Nothing ever jumps: what ends fades, and what
// begins comes in. `onfail` means that nothing can be drawn any more (no WebGL2, or the graphics card
// was lost again and again): show a video.
import { PAGE_CLOCK, SoundClock } from "./clock.mjs";
import { Painter } from "./painter.mjs";
import { readRig } from "./rig.mjs";
import { Stage } from "./stage.mjs";
import { Tracks } from "./tracks.mjs";

/** @import { Clock } from "./clock.mjs" */
/** @import { Motion, Row } from "./pose.mjs" */
/** @import { Rig } from "./rig.mjs" */
/** @import { Amounts, Mood } from "./tracks.mjs" */
/**
 * @typedef {object} Options
 * @property {number} [maxSize] pixels of the longer side of what is drawn, 1024 when left out
 * @property {number} [fps] most pictures a second; 0 for as many as the screen shows
 *
 * @typedef {object} Frame one picture
 * @property {Row} row what it shows
 * @property {number} time seconds of the page for which it was drawn: when it should be finished
 * @property {number | null} heard the same in seconds of the clock of speech; null when it stands
 * @property {number} begun milliseconds of the page
 * @property {number} finished when the graphics card had it done
 * @property {number} script milliseconds that JavaScript took
 */

const LARGEST = 1024;
/** The same where there is no graphics card. */
const LARGEST_SOFTWARE = 768;
/** Seconds in which speech fades that is stopped. */
const FADE = 0.12;
/** Milliseconds by which a frame may come early and still be due. */
const EARLY = 2;
/** Most milliseconds that a picture is drawn ahead of its time. */
const AHEAD = 100;
/** Share that the last picture has in how long one takes. */
const LATEST = 0.1;

export class Face {
  /**
   * @param {HTMLCanvasElement} canvas which shows nothing else
   * @param {ArrayBuffer | Rig} rig @param {Options} [options]
   * @returns {Promise<Face>}
   * @throws {Error} when the rig cannot be read, or the browser has no WebGL2
   */
  static async create(canvas, rig, options = {}) {
    const told = rig instanceof ArrayBuffer ? await readRig(rig) : rig;
    const picture = await createImageBitmap(told.picture, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
    return new Face(canvas, told, picture, options);
  }

  /** @param {HTMLCanvasElement} canvas @param {Rig} rig @param {ImageBitmap} picture @param {Options} options */
  constructor(canvas, rig, picture, { maxSize = LARGEST, fps = 0 }) {
    this.canvas = canvas;
    this.rig = rig;
    this.picture = picture;
    this.maxSize = maxSize;
    /** Most pictures a second; 0 for as many as the screen shows. */
    this.fps = fps;
    this.tracks = new Tracks();
    /** @type {Clock} */
    this.clock = PAGE_CLOCK;
    /** @type {((frame: Frame) => void) | null} */
    this.onframe = null;
    /** @type {((error: Error) => void) | null} */
    this.onfail = null;
    /** @type {Painter | null} */
    this.painter = null;
    /** @type {Frame | null} */
    this.frame = null;
    this.began = performance.now();
    this.last = -Infinity;
    /** Milliseconds until a picture is finished: so far ahead it is drawn. */
    this.ahead = 0;
    this.screen = screenOf(canvas);
    this.stage = Stage.shared();
    this.stage.add(this);
  }

  /** Seconds of the page since this face was made: the time of idle motion. @param {number} [stamp] */
  time(stamp = performance.now()) {
    return (stamp - this.began) / 1000;
  }

  /** The sound of an AudioContext is the clock of speech. @param {AudioContext} context */
  listen(context) {
    this.clock = new SoundClock(context);
    this.tracks.changeClock(this.time());
  }

  /** @param {Motion} motion with all columns @param {number} [from] seconds of `time()` of its first row */
  idle(motion, from = this.time()) {
    this.tracks.idle(motion, from);
  }

  /** Seconds of `time()` until which idle motion is known; it is played to and fro after that. */
  idleUntil() {
    return this.tracks.idleUntil();
  }

  /** @param {Motion & { lead?: number }} motion @param {number} startTime seconds of the clock of speech */
  play(motion, startTime) {
    this.tracks.play(motion, startTime - (motion.lead ?? 0));
  }

  /** @param {number} [fade] seconds */
  stop(fade = FADE) {
    this.tracks.stop(fade);
  }

  /** @param {Mood} mood held beside all motion, from now on */
  feel(mood) {
    this.tracks.feel(mood, this.time());
  }

  /** How much of each part is shown: 1 is natural. @param {Amounts} amounts */
  setAmounts(amounts) {
    this.tracks.setAmounts(amounts, this.time());
  }

  /** Give everything back; the canvas keeps the last picture. */
  dispose() {
    this.stage.remove(this);
    this.painter?.dispose();
    this.painter = null;
    this.picture.close();
  }

  /** @param {Stage} stage */
  prepare(stage) {
    const largest = stage.software ? Math.min(this.maxSize, LARGEST_SOFTWARE) : this.maxSize;
    const scale = Math.min(largest / Math.max(...this.rig.size), 1);
    this.painter = new Painter(stage.gl, stage.programs, this.rig, this.picture, scale);
    const [width, height] = ([this.canvas.width, this.canvas.height] = this.painter.drawnSize);
    Object.assign(stage.canvas, { width, height });
    this.painter.warm();
  }

  /** Show the portrait as it is while there is no context. */
  async hold() {
    this.painter = null;
    const still = await createImageBitmap(this.picture);
    if (!this.painter) this.screen.transferFromImageBitmap(still);
  }

  /** @param {number} stamp */
  due(stamp) {
    return this.painter !== null && (!this.fps || stamp - this.last >= 1000 / this.fps - EARLY);
  }

  /** @param {number} stamp */
  draw(stamp) {
    const { painter, stage } = this, begun = performance.now(), seen = stamp + this.ahead;
    if (!painter) return;
    const time = this.time(seen), heard = this.clock.heard(seen);
    const row = this.tracks.at(time, heard), [width, height] = painter.drawnSize;
    if (stage.canvas.width !== width) stage.canvas.width = width;
    if (stage.canvas.height !== height) stage.canvas.height = height;
    painter.draw(row);
    this.screen.transferFromImageBitmap(stage.canvas.transferToImageBitmap());
    this.last = stamp;
    this.frame = { row, time, heard, begun, finished: NaN, script: performance.now() - begun };
  }

  /** @param {number} finished */
  finish(finished) {
    if (!this.frame) return;
    this.ahead += LATEST * (Math.min(finished - this.frame.begun, AHEAD) - this.ahead);
    this.onframe?.({ ...this.frame, row: this.frame.row.slice(), finished });
  }

  /** @param {Error} error */
  fail(error) {
    this.dispose();
    this.onfail?.(error);
  }
}

/** @param {HTMLCanvasElement} canvas */
function screenOf(canvas) {
  const screen = canvas.getContext("bitmaprenderer", { alpha: true });
  if (!screen) throw new Error("This canvas shows something else already. Give the face one of its own.");
  return screen;
}
