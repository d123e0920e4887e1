// Meshes whose corners are counted, not stored: the shaders work their places out.
import { CONSTANTS as C } from "./constants.mjs";

/** @import { Grid } from "./rig.mjs" */
/** @import { Resources } from "./gl.mjs" */

/** Pixels around what moves, for the head does not carry all of it alike: the least that will do is used. */
const MARGINS = [8, 24, 64];

/**
 * @typedef {object} Mesh
 * @property {number[]} corner pixel corner of its first place
 * @property {number} columns
 * @property {number} stride pixels between places
 * @property {number} count of indices
 * @property {WebGLBuffer} indices
 */

/**
 * @param {Resources} resources @param {number[]} low @param {number[]} high pixels
 * @param {number} stride
 * @returns {Mesh}
 */
export function meshOver(resources, low, high, stride) {
  const across = Math.ceil((high[0] - low[0]) / stride), down = Math.ceil((high[1] - low[1]) / stride);
  const list = new Uint32Array(6 * across * down), columns = across + 1;
  for (let y = 0, i = 0; y < down; y++)
    for (let x = 0; x < across; x++, i += 6) {
      const a = y * columns + x, b = a + columns;
      // Both triangles of a square end with its last corner, which tells of all four.
      list.set([a, a + 1, b + 1, b, a, b + 1], i);
    }
  return { corner: low, columns, stride, count: list.length, indices: resources.triangles(list) };
}

/**
 * @typedef {object} Area what the head carries
 * @property {number[]} low pixels
 * @property {number[]} high
 * @property {Mesh[]} meshes over it, each wider than the last
 */

/**
 * Fine meshes over one or two grids, on the places of Python's lattice.
 * @param {Resources} resources @param {readonly Grid[]} grids
 * @returns {Area}
 */
export function areaOf(resources, grids) {
  const low = [0, 1].map((k) => Math.min(...grids.map((g) => [g.left, g.top][k])));
  const high = [0, 1].map((k) => Math.max(...grids.map((g) => endOf(g)[k])));
  const meshes = MARGINS.map((margin) => meshOver(resources, low.map((v) => onLattice(v - margin)), high.map((v) => v + margin), C.FIELD_STRIDE));
  return { low, high, meshes };
}

/** @param {Grid} g */
const endOf = (g) => [g.left + (g.columns - 1) * g.cell, g.top + (g.rows - 1) * g.cell];

/** The next place of the lattice before a pixel corner: the middles of squares of STRIDE pixels. @param {number} w */
const onLattice = (w) => C.FIELD_STRIDE * Math.floor(w / C.FIELD_STRIDE) - C.FIELD_STRIDE / 2;

/**
 * The mesh that covers an area whose parts are carried from `least` to `most` pixels, and where it begins.
 * @param {Area} area @param {readonly number[]} least @param {readonly number[]} most
 * @returns {{ mesh: Mesh, corner: number[] }}
 */
export function carriedMesh({ meshes }, least, most) {
  const spread = Math.max(...[0, 1].map((k) => most[k] - least[k])) / 2 + C.FIELD_STRIDE;
  const mesh = meshes[MARGINS.findIndex((margin) => margin >= spread)] ?? meshes[meshes.length - 1];
  const corner = [0, 1].map((k) => mesh.corner[k] + C.FIELD_STRIDE * Math.round((least[k] + most[k]) / 2 / C.FIELD_STRIDE));
  return { mesh, corner };
}
