// Paints both eyes of a portrait, when they have changed.
import { CONSTANTS as C } from "./constants.mjs";
import { bind, use } from "./gl.mjs";
import { AT } from "./pose.mjs";

/** @import { GL, Program, Resources } from "./gl.mjs" */
/** @import { RigEye, RigDrawnEye } from "./rig.mjs" */
/** @import { Row } from "./pose.mjs" */
/** @import { Programs } from "./programs.mjs" */
/**
 * @typedef {object} Doubled the portrait with half-pel samples
 * @property {number[]} size
 * @property {WebGLTexture} still as it is
 * @property {WebGLFramebuffer} source what is bent, with its eyes painted anew
 */

/** As Python rounds: halves to even. @param {number} x */
function rounded(x) {
  const near = Math.round(x);
  return Math.abs(x % 1) === 0.5 && near % 2 ? near - 1 : near;
}

/**
 * Gaze and closures that are distinguished: right, down, left eye, right eye.
 * @param {Row} row
 */
export function eyesTold(row) {
  const rest = C.EYE_RESTING_LID * Math.max(row[AT.lid], 0);
  const closures = [row[AT.blinkLeft], row[AT.blinkRight]].map((blink) => rest + (1 - rest) * blink);
  return [row[AT.gazeX], row[AT.gazeY], ...closures].map((part) => rounded(C.EYE_STEPS * part) / C.EYE_STEPS);
}

/** @param {RigEye | RigDrawnEye} eye @returns {eye is RigDrawnEye} */
const isDrawn = (eye) => "reach" in eye;
/** @param {{ origin: number[], x: number[] }} axes */
export const axesOf = (axes) => [...axes.origin, ...axes.x];

/** @param {readonly number[]} a @param {readonly number[]} b */
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

export class EyesPainter {
  /**
   * @param {GL} gl @param {Resources} resources @param {Programs} programs
   * @param {ReadonlyArray<RigEye | RigDrawnEye>} eyes @param {Doubled} doubled
   */
  constructor(gl, resources, programs, eyes, doubled) {
    this.gl = gl;
    this.programs = programs;
    this.doubled = doubled;
    this.shown = "0,0,0,0";
    this.living = /** @type {RigEye[]} */ (eyes.filter((eye) => !isDrawn(eye)));
    this.drawn = eyes.filter(isDrawn).map((eye) => ({ eye, maps: mapsOf(resources, eye) }));
    const boxes = eyes.map((eye) => eye.box);
    this.both = boxes.length ? [0, 1, 2, 3].map((k) => (k < 2 ? Math.min : Math.max)(...boxes.map((box) => box[k]))) : [0, 0, 0, 0];
    this.apart = boxes.length < 2 || !overlap(boxes[0], boxes[1]);
    this.lines = this.living.length ? linesOf(resources, this.living) : null;
  }

  /** @param {Row} row */
  show(row) {
    const told = eyesTold(row), key = told.join();
    if (key === this.shown || !(this.living.length || this.drawn.length)) return;
    this.shown = key;
    const { gl, doubled } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, doubled.source);
    gl.viewport(0, 0, doubled.size[0], doubled.size[1]);
    if (this.drawn.length) this.paintDrawn(told);
    else this.paintLiving(told);
  }

  /** @param {readonly number[]} told */
  paintLiving(told) {
    const { gl, living, programs } = this;
    bind(gl, [this.doubled.still, /** @type {WebGLTexture} */ (this.lines)]);
    if (!this.apart) return this.paint(programs.eyes({ lids: true, both: true }), this.both, 0, told);
    living.forEach((eye, k) => this.paint(programs.eyes({ lids: told[2 + k] > 0, both: false }), eye.box, k, told));
  }

  /** @param {Program} program @param {readonly number[]} box @param {number} which @param {readonly number[]} told */
  paint(program, box, which, told) {
    const { gl, living } = this, [x, y, left, right] = told;
    use(gl, program, { still: 0, lines: 1, size: this.doubled.size, flipped: false, both: this.both, box, which, gaze: [x, y] });
    living.forEach((eye, k) => use(gl, program, eyeUniforms(eye, k, k ? right : left)));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** @param {readonly number[]} told */
  paintDrawn(told) {
    const { gl, programs, doubled } = this, box = { size: doubled.size, flipped: false };
    bind(gl, [doubled.still]);
    use(gl, programs.copy, { ...box, still: 0, box: this.both });
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.ONE, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    this.drawn.forEach(({ eye, maps }, k) => {
      if (!told[2 + k]) return;
      bind(gl, maps);
      const { axes, line, ground, ink } = eye, closure = told[2 + k];
      use(gl, programs.drawnEye, { ...box, edges: 0, reach: 1, box: eye.box, axes: axesOf(axes), unit: axes.unit, line, closure, ground, ink });
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    });
    gl.disable(gl.BLEND);
  }
}

/** @param {RigEye} eye @param {number} k @param {number} closure */
function eyeUniforms(eye, k, closure) {
  const { axes, pixels, radius, iris, box, lidless, looks, white } = eye;
  const told = { axes: axesOf(axes), unit: axes.unit, pixels, radius, closure, iris, box, lidless, looks, white };
  const named = Object.entries(told).map(([name, value]) => [`eyes[${k}].${name}`, value]);
  return Object.fromEntries([...named, ...eye.skin.map((rgb, i) => [`eyes[${k}].skin[${i}]`, rgb])]);
}

/** Lid lines and the colour above them, two rows an eye. @param {Resources} resources @param {readonly RigEye[]} eyes */
function linesOf(resources, eyes) {
  const count = C.FIELD_TABLE_COUNT, lines = new Float32Array(4 * count * 2 * eyes.length);
  eyes.forEach((eye, k) => {
    lines.set(eye.lines.data, 8 * k * count);
    for (let i = 0; i < count; i++) lines.set(eye.above.data.subarray(3 * i, 3 * i + 3), 4 * ((2 * k + 1) * count + i));
  });
  return resources.texture("four", count, 2 * eyes.length, lines);
}

/** @param {Resources} resources @param {RigDrawnEye} eye */
function mapsOf(resources, eye) {
  const edges = resources.texture("two", C.FIELD_TABLE_COUNT, 1, eye.edges.data);
  return [edges, resources.texture("red", eye.reach.shape[1], eye.reach.shape[0], eye.reach.data)];
}
