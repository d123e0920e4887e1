// How loud sound is, a hundred times a second.

/** Seconds of one level. */
export const STEP = 0.01;
/** Decibels that count as nothing. */
export const SILENT = -100;

/** Decibels of full scale of some samples in [-1, 1]. @param {ArrayLike<number>} samples */
export function level(samples, from = 0, to = samples.length) {
  let sum = 0;
  for (let k = from; k < to; k++) sum += samples[k] * samples[k];
  return to > from ? Math.max(SILENT, 10 * Math.log10(sum / (to - from) + 1e-12)) : SILENT;
}

/** Every level of a sound. @param {ArrayLike<number>} samples @param {number} rate */
export function levels(samples, rate) {
  const size = rate * STEP;
  const count = Math.floor(samples.length / size);
  return Float32Array.from({ length: count }, (_, k) => level(samples, Math.round(k * size), Math.round((k + 1) * size)));
}
