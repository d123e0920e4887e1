// A motion is rows of numbers, one row a frame; a row may lie between two of them.
import { COLUMNS } from "./constants.mjs";

/** @typedef {Float32Array} Row one number for each of COLUMNS */
/**
 * @typedef {object} Motion
 * @property {number} fps rows a second
 * @property {Float32Array} rows
 * @property {readonly string[]} [columns] what a row holds; all of COLUMNS when left out
 */
/**
 * @typedef {"jaw" | "wide" | "round" | "closed" | "tongue" | "teeth" | "blinkLeft" | "blinkRight"
 *   | "gazeX" | "gazeY" | "browLeft" | "browRight" | "frown" | "lid" | "smile"
 *   | "headX" | "headY" | "roll" | "yaw" | "pitch" | "breath"} Column
 */

/** Numbers in a row. */
export const WIDTH = COLUMNS.length;
/** Where each number stands in a row. */
export const AT = /** @type {Readonly<Record<Column, number>>} */ (
  Object.freeze(Object.fromEntries(COLUMNS.map(([name], k) => [name, k])))
);

/** A face that does nothing, with its mouth shut. @returns {Row} */
export function restingRow() {
  const row = new Float32Array(WIDTH);
  row[AT.closed] = 1;
  return row;
}

/** Bring every number into its range. @param {Row} row */
export function clip(row) {
  for (let k = 0; k < WIDTH; k++) row[k] = Math.min(Math.max(row[k], COLUMNS[k][1]), COLUMNS[k][2]);
}

/**
 * Frames of a motion.
 * @param {Motion} motion
 */
export function frameCount({ rows, columns }) {
  return rows.length / (columns?.length ?? WIDTH);
}

/**
 * Raise an Error when a motion cannot be played.
 * @param {Motion} motion
 */
export function checkMotion(motion) {
  const unknown = motion.columns?.filter((name) => !(name in AT)) ?? [];
  if (unknown.length) throw new Error(`A motion has no ${unknown.join(", ")}. It has ${Object.keys(AT).join(", ")}.`);
  const frames = frameCount(motion);
  if (!Number.isInteger(frames) || frames < 1) throw new Error(`${motion.rows.length} numbers are no whole rows of ${motion.columns?.length ?? WIDTH}.`);
  if (!(motion.fps >= 1 && motion.fps <= 240)) throw new Error(`A motion has 1 to 240 rows a second, not ${motion.fps}.`);
  if (!motion.rows.every(Number.isFinite)) throw new Error("A motion has finite numbers only.");
}

/**
 * The row of a whole motion at a frame that may lie between two.
 * @param {Motion} motion @param {number} frame @param {Row} [out]
 * @returns {Row}
 */
export function rowAt(motion, frame, out = new Float32Array(WIDTH)) {
  const last = frameCount(motion) - 1, at = Math.min(Math.max(frame, 0), last);
  const i = Math.floor(at), way = at - i, a = i * WIDTH, b = way ? a + WIDTH : a;
  for (let k = 0; k < WIDTH; k++) out[k] = motion.rows[a + k] + (motion.rows[b + k] - motion.rows[a + k]) * way;
  return out;
}

/**
 * How much of a mouth can be seen to differ from rest, 0 to about 1.
 * @param {Row} row
 */
export function mouthSeen(row) {
  const free = 1 - row[AT.closed];
  return Math.max(row[AT.jaw] * free, 0.3 * Math.abs(row[AT.wide]) * free, 0.5 * row[AT.round]);
}
