// Displacement fields on coarse grids: mix channels, and turn forward into backward. The same as
// talking_head/warp/displacement.py, to which a test holds it.
import { CONSTANTS as C } from "./constants.mjs";

/** @import { GridFields, Grid } from "./rig.mjs" */

/** Fields that are mixed by weights and turned around; arrays are (rows, columns, 2), in pixels. */
export class Basis {
  /** @param {GridFields} told */
  constructor({ grid, fields }) {
    /** @type {Grid} */
    this.grid = grid;
    this.fields = fields.data;
    this.forward = new Float32Array(2 * grid.rows * grid.columns);
    this.back = new Float32Array(this.forward.length);
    this.next = new Float32Array(this.forward.length);
  }

  /**
   * Where each point came from by these weights.
   * @param {ArrayLike<number>} weights
   */
  backward(weights) {
    this.mix(weights);
    return this.inverse();
  }

  /**
   * Put the sum of the channels times `weights` in `forward`.
   * @param {ArrayLike<number>} weights
   */
  mix(weights) {
    const { forward, fields } = this, size = forward.length;
    forward.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k];
      if (weight) for (let i = 0, j = k * size; i < size; i++, j++) forward[i] += Math.fround(fields[j] * weight);
    }
  }

  /** Most that the mixed field pushes neighbours towards each other, in pixels a pixel. */
  squeeze() {
    const { forward, grid: { columns, rows, cell } } = this;
    let least = 0;
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const i = 2 * (y * columns + x);
        if (x + 1 < columns) least = Math.min(least, forward[i + 2] - forward[i]);
        if (y + 1 < rows) least = Math.min(least, forward[i + 2 * columns + 1] - forward[i + 1]);
      }
    return -least / cell;
  }

  /** Make what would fold the skin move no further than it gives way. */
  soften() {
    const squeeze = this.squeeze();
    if (squeeze <= C.FIELD_STEEPEST) return;
    const share = C.FIELD_STEEPEST / squeeze;
    for (let i = 0; i < this.forward.length; i++) this.forward[i] *= share;
  }

  /** Fixed-point iteration, relaxed when it overshoots; see Basis.inverse in Python. */
  inverse() {
    const { forward, back } = this;
    for (let i = 0; i < back.length; i++) back[i] = -forward[i];
    for (let round = 0, last = Infinity, share = 1; round < C.FIELD_MOST_ROUNDS; round++) {
      const change = this.read();
      if (change > C.FIELD_SLOW * last) share = C.FIELD_RELAXED;
      this.step(share);
      if (change <= C.FIELD_ERROR) break;
      last = change;
    }
    return this.back;
  }

  /** Read `forward` at `back` into `next`; gives the most by which they differ. */
  read() {
    const { forward, back, next, grid: { columns, rows, cell } } = this, right = columns - 1, low = rows - 1;
    let change = 0;
    for (let y = 0, i = 0; y < rows; y++)
      for (let x = 0; x < columns; x++, i += 2) {
        const u = Math.min(Math.max(x + back[i] / cell, 0), right), v = Math.min(Math.max(y + back[i + 1] / cell, 0), low);
        const x0 = u | 0, y0 = v | 0, fx = u - x0, fy = v - y0;
        const a = 2 * (y0 * columns + x0), b = x0 < right ? a + 2 : a, under = y0 < low ? 2 * columns : 0;
        for (let c = 0; c < 2; c++) {
          const top = forward[a + c] + (forward[b + c] - forward[a + c]) * fx;
          const foot = forward[a + under + c] + (forward[b + under + c] - forward[a + under + c]) * fx;
          next[i + c] = top + (foot - top) * fy;
          const off = Math.abs(back[i + c] + next[i + c]);
          if (off > change) change = off;
        }
      }
    return change;
  }

  /** @param {number} share of the change that is made */
  step(share) {
    const { back, next } = this;
    for (let i = 0; i < back.length; i++) back[i] -= share * (back[i] + next[i]);
  }
}
