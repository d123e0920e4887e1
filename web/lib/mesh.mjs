// Meshes whose corners are counted, not stored: the shaders work their places out.
import { CONSTANTS as C } from "./constants.mjs";

/** @import { Grid } from "./rig.mjs" */
/** @import { Resources } from "./gl.mjs" */

/** Pixels around what moves, for the head does not carry all of it alike. */
const MARGIN = 8;

/**
 * @typedef {object} Mesh
 * @property {number[]} corner pixel corner of its first place
 * @property {number[]} middle
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
      list.set([a, a + 1, b, b, a + 1, b + 1], i);
    }
  const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  return { corner: low, middle, columns, stride, count: list.length, indices: resources.triangles(list) };
}

/**
 * The fine mesh over one or two grids, on the places of Python's lattice.
 * @param {Resources} resources @param {readonly Grid[]} grids
 */
export function meshAround(resources, grids) {
  const low = [0, 1].map((k) => onLattice(Math.min(...grids.map((g) => [g.left, g.top][k])) - MARGIN));
  const high = [0, 1].map((k) => Math.max(...grids.map((g) => endOf(g)[k])) + MARGIN);
  return meshOver(resources, low, high, C.FIELD_STRIDE);
}

/** @param {Grid} g */
const endOf = (g) => [g.left + (g.columns - 1) * g.cell, g.top + (g.rows - 1) * g.cell];

/** The next place of the lattice before a pixel corner: the middles of squares of STRIDE pixels. @param {number} w */
const onLattice = (w) => C.FIELD_STRIDE * Math.floor(w / C.FIELD_STRIDE) - C.FIELD_STRIDE / 2;

/**
 * Where a mesh begins when its middle was carried by `way` pixels.
 * @param {Mesh} mesh @param {readonly number[]} way
 */
export function carriedCorner(mesh, way) {
  const stride = C.FIELD_STRIDE;
  return [0, 1].map((k) => mesh.corner[k] + stride * Math.round(way[k] / stride));
}
