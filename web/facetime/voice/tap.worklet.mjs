// Runs beside the page's own thread: hands on a hundredth of a second of sound at a time.
/* global AudioWorkletProcessor, registerProcessor, sampleRate */
// @ts-nocheck  TypeScript has no types of what a worklet sees

class Tap extends AudioWorkletProcessor {
  #size = Math.round(sampleRate / 100);
  #part = new Float32Array(this.#size);
  #have = 0;

  /** @param {Float32Array[][]} inputs */
  process([[samples]]) {
    if (!samples) return true;
    for (const value of samples) {
      this.#part[this.#have++] = value;
      if (this.#have < this.#size) continue;
      this.port.postMessage(this.#part, [this.#part.buffer]);
      this.#part = new Float32Array(this.#size);
      this.#have = 0;
    }
    return true;
  }
}
registerProcessor("chatanything-tap", Tap);
