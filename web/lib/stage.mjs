// The one WebGL2 context of a page, on which all its faces are drawn in turn. A picture is begun
// only when the last one is finished: the browser's own queue is a tenth of a second long. A context
// that is lost comes back, or is made anew.
import { Programs } from "./programs.mjs";

/** @import { GL } from "./gl.mjs" */
/**
 * @typedef {object} Player a face
 * @property {(stage: Stage) => void} prepare make everything on the graphics card anew
 * @property {() => void} hold what was shown is gone with the context, which may come back
 * @property {(stamp: number) => boolean} due whether a picture is wanted now
 * @property {(stamp: number) => void} draw
 * @property {(finished: number) => void} finish the picture is done; milliseconds of the page
 * @property {(error: Error) => void} fail nothing can be drawn any more
 */

/** Milliseconds after which a lost context is not waited for. */
const PATIENCE = 10_000;
/** Milliseconds within which another loss is one too many. */
const AGAIN = 60_000;
/** Milliseconds between looks at a picture that is not finished. */
const LOOK_EVERY = 4;
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

export class Stage {
  /** @type {Stage | null} */
  static #shared = null;

  /** The page's own. @throws {Error} when it has no WebGL2 */
  static shared() {
    return (Stage.#shared ??= new Stage());
  }

  constructor() {
    /** @type {Set<Player>} */
    this.faces = new Set();
    /** @type {WebGLSync | null} */
    this.flight = null;
    /** @type {Player[]} */
    this.flying = [];
    /** @type {number[]} */
    this.losses = [];
    this.asked = 0;
    const { canvas, gl } = openContext();
    /** Never shown itself: what is drawn on it is handed to the canvases of faces. */
    this.canvas = canvas;
    this.gl = gl;
    this.programs = new Programs(gl);
    this.renderer = rendererOf(gl);
    this.watch();
  }

  /** Whether there is no graphics card. */
  get software() {
    return SOFTWARE.test(this.renderer);
  }

  watch() {
    const { canvas } = this;
    canvas.addEventListener("webglcontextlost", (event) => this.lose(canvas, event));
    canvas.addEventListener("webglcontextrestored", () => canvas === this.canvas && this.restore());
  }

  /** @param {OffscreenCanvas} canvas @param {Event} event */
  lose(canvas, event) {
    event.preventDefault();
    if (canvas !== this.canvas) return;
    this.flight = null;
    this.flying = [];
    const now = performance.now();
    this.losses = [...this.losses.filter((at) => now - at < AGAIN), now];
    for (const face of this.faces) face.hold();
    setTimeout(() => this.gl.isContextLost() && canvas === this.canvas && this.reopen(), PATIENCE);
  }

  reopen() {
    try {
      Object.assign(this, openContext());
      this.renderer = rendererOf(this.gl);
      this.watch();
      this.restore();
    } catch (error) {
      this.fail(/** @type {Error} */ (error));
    }
  }

  restore() {
    if (this.losses.length > 2) return this.fail(new Error("The graphics card gives up again and again. Ask for a video instead."));
    this.programs = new Programs(this.gl);
    for (const face of this.faces) face.prepare(this);
    this.ask();
  }

  /** A face that is made after this has a stage of its own. @param {Error} error */
  fail(error) {
    if (Stage.#shared === this) Stage.#shared = null;
    for (const face of [...this.faces]) face.fail(error);
  }

  /** @param {Player} face */
  add(face) {
    this.faces.add(face);
    if (!this.gl.isContextLost()) face.prepare(this);
    this.ask();
  }

  /** @param {Player} face */
  remove(face) {
    this.faces.delete(face);
    this.flying = this.flying.filter((other) => other !== face);
  }

  /** Come back at the next frame of the page. */
  ask() {
    if (this.asked || !this.faces.size) return;
    this.asked = requestAnimationFrame((stamp) => {
      this.asked = 0;
      // First, so that an error in what a page does with a picture stops no face.
      this.ask();
      this.tick(stamp);
    });
  }

  /** @param {number} stamp */
  tick(stamp) {
    if (this.gl.isContextLost() || !this.landed()) return;
    const due = [...this.faces].filter((face) => face.due(stamp));
    for (const face of due) face.draw(stamp);
    if (!due.length) return;
    this.flying = due;
    this.flight = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
    setTimeout(() => this.look(), LOOK_EVERY);
  }

  look() {
    if (!this.landed()) setTimeout(() => this.look(), LOOK_EVERY);
  }

  /** Whether the last picture is finished. */
  landed() {
    const { gl, flight } = this;
    if (!flight) return true;
    if (gl.clientWaitSync(flight, 0, 0) === gl.TIMEOUT_EXPIRED) return false;
    gl.deleteSync(flight);
    this.flight = null;
    for (const face of this.flying) face.finish(performance.now());
    return true;
  }
}

/** @throws {Error} when the browser has no WebGL2 */
function openContext() {
  const canvas = new OffscreenCanvas(1, 1);
  const told = { alpha: true, antialias: false, depth: false, stencil: false };
  const gl = /** @type {GL | null} */ (canvas.getContext("webgl2", told));
  if (!gl) throw new Error("This browser has no WebGL2, so no face can be drawn in it. Ask for a video instead.");
  return { canvas, gl };
}

/** @param {GL} gl */
function rendererOf(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}
