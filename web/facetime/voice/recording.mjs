// What is said, from a moment before it was noticed on, as a WAV file.

/** Seconds before speech was noticed that belong to it, and the most that is kept. */
const BEFORE = 0.5;
const LONGEST = 60;

export class Recording {
  /** @type {Float32Array[]} */
  #parts = [];
  #have = 0;
  #rate;
  /** Whether everything is kept, or the last moment only. */
  running = false;

  /** @param {number} rate samples a second */
  constructor(rate) {
    this.#rate = rate;
  }

  /** @param {Float32Array} samples */
  add(samples) {
    this.#parts.push(samples);
    this.#have += samples.length;
    const room = this.#rate * (this.running ? LONGEST : BEFORE);
    while (this.#have - this.#parts[0].length >= room) this.#have -= /** @type {Float32Array} */ (this.#parts.shift()).length;
  }

  /** Everything since `running`, and the moment before it; then it begins anew. */
  take() {
    const wav = wavOf(this.#parts, this.#rate);
    this.#parts = [];
    this.#have = 0;
    this.running = false;
    return wav;
  }
}

/** A WAV file, 16-bit mono. @param {Float32Array[]} parts @param {number} rate */
export function wavOf(parts, rate) {
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new ArrayBuffer(44 + 2 * count);
  const view = new DataView(bytes);
  const text = (/** @type {number} */ at, /** @type {string} */ word) => [...word].forEach((c, k) => view.setUint8(at + k, c.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + 2 * count, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * count, true);
  let at = 44;
  for (const part of parts) {
    for (const value of part) {
      view.setInt16(at, Math.max(-1, Math.min(1, value)) * 32767, true);
      at += 2;
    }
  }
  return bytes;
}
