// The programs of a context: compiled when first needed, shared by all characters on it.
import { DRAWN_EYE, eyeShader } from "./eye_shaders.mjs";
import { program } from "./gl.mjs";
import { BOX, COPY, DOUBLED } from "./glsl.mjs";
import { BENT, BROW_MESH, HEAD_MESH, interiorShader, LAYERS, MOUTH_MESH, SQUARES } from "./head_shaders.mjs";

/** @import { GL, Program } from "./gl.mjs" */

export class Programs {
  /** @param {GL} gl */
  constructor(gl) {
    this.gl = gl;
    /** @type {Map<string, Program>} */
    this.made = new Map();
  }

  /** @param {string} name @param {string} vertex @param {() => string} fragment */
  kept(name, vertex, fragment) {
    const known = this.made.get(name) ?? program(this.gl, vertex, fragment());
    this.made.set(name, known);
    return known;
  }

  get head() { return this.kept("head", HEAD_MESH, () => SQUARES); }
  get brows() { return this.kept("brows", BROW_MESH, () => BENT); }
  get mouth() { return this.kept("mouth", MOUTH_MESH, () => LAYERS); }
  get copy() { return this.kept("copy", BOX, () => COPY); }
  get doubled() { return this.kept("doubled", BOX, () => DOUBLED); }
  get drawnEye() { return this.kept("drawn eye", BOX, () => DRAWN_EYE); }

  /** @param {Parameters<typeof eyeShader>[0]} parts */
  eyes(parts) { return this.kept(`eyes ${parts.lids} ${parts.both}`, BOX, () => eyeShader(parts)); }

  /** @param {Parameters<typeof interiorShader>[0]} parts */
  interior(parts) { return this.kept(`interior ${parts.flat} ${parts.teeth}`, BOX, () => interiorShader(parts)); }
}
