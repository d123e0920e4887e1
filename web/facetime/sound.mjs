// Sound is the clock. Sentences are laid one after the other on the audio clock, by a cursor.

const FADE = 0.03;
/** Seconds between now and the first sound of an answer: a device that sleeps takes a moment. */
const START = 0.015;
const NEXT = 0.005;
/** Level that is heard, of 1, and seconds of silence that are left before it where an answer begins. */
const AUDIBLE = 0.003;
const LEFT = 0.01;
/** The same for a device that has only just been woken: its first tenth of a second may be swallowed. */
const FRESH = 0.12;

export class Sound {
  /** @type {AudioContext | null} */
  context = null;
  /** Samples a second of the voice that spoke last: the next one is likely to have the same. */
  rate = 22050;
  /** Where the next sound is heard: -1 on the left alone, 0 in the middle, 1 on the right alone. */
  aside = 0;
  /** @type {GainNode | null} */
  #out = null;
  /** @type {GainNode | null} */
  #gain = null;
  /** @type {AudioBufferSourceNode[]} */
  #nodes = [];
  #cursor = 0;
  #muted = false;

  /**
   * Make ready to sound; called within a gesture, for without one browsers stay silent.
   * A buffer of another rate than the context's is stretched with straight lines, so the context
   * has the voice's own.
   * @param {number} [rate]
   */
  wake(rate) {
    if (!this.context || (rate && this.context.sampleRate !== rate)) {
      this.cut();
      this.context?.close();
      this.rate = rate ?? this.rate;
      this.context = new AudioContext({ latencyHint: "interactive", sampleRate: this.rate });
      this.#out = this.context.createGain();
      this.#out.gain.value = this.#muted ? 0 : 1;
      this.#out.connect(this.context.destination);
      this.#gain = this.#fresh();
      this.#cursor = 0;
    }
    return this.context.state === "running" ? Promise.resolve() : this.context.resume();
  }

  get running() {
    return this.context?.state === "running";
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.#muted = muted;
    if (this.#out && this.context) this.#out.gain.setTargetAtTime(muted ? 0 : 1, this.context.currentTime, FADE / 3);
  }

  #fresh() {
    const { context } = this;
    if (!context || !this.#out) return null;
    const gain = context.createGain();
    gain.connect(this.#out);
    return gain;
  }

  /**
   * What is heard at a frame's stamp, in seconds of the audio clock; null while that stands still.
   * `currentTime` moves in steps and runs ahead of the loudspeaker.
   * @param {number} stamp milliseconds, as of `performance.now()`
   */
  heard(stamp) {
    const { context } = this;
    if (!context || context.state !== "running") return null;
    const { contextTime, performanceTime } = context.getOutputTimestamp?.() ?? {};
    if (!performanceTime || contextTime === undefined) {
      return context.currentTime - (context.outputLatency || context.baseLatency || 0);
    }
    return contextTime + (stamp - performanceTime) / 1000;
  }

  /**
   * Schedule mono 16-bit sound behind what is scheduled.
   * @param {ArrayBuffer} pcm
   * @param {number} rate
   */
  add(pcm, rate) {
    if (!this.context || this.context.sampleRate !== rate) this.wake(rate);
    const context = /** @type {AudioContext} */ (this.context);
    const data = new Int16Array(pcm);
    const buffer = context.createBuffer(1, Math.max(data.length, 1), rate);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < data.length; i++) channel[i] = data[i] / 32768;
    // Nobody waits for the silence in which an answer begins.
    return this.schedule(buffer, this.#cursor ? 0 : silenceOf(channel, rate));
  }

  /**
   * @param {AudioBuffer} buffer at the rate of the context
   * @param {number} [skipped] seconds of it that are left out
   * @returns {{ start: number, end: number }} seconds of the audio clock
   */
  schedule(buffer, skipped = 0) {
    const context = /** @type {AudioContext} */ (this.context);
    const margin = context.currentTime < 2 * FRESH ? FRESH : START;
    const least = context.currentTime + (this.#cursor ? NEXT : margin);
    // On a whole sample: between two, every sample would be blended with its neighbour.
    const heard = Math.ceil(Math.max(least, this.#cursor) * buffer.sampleRate) / buffer.sampleRate;
    const start = heard - skipped;
    const node = context.createBufferSource();
    node.buffer = buffer;
    const placed = this.#placed(node);
    node.start(heard, skipped);
    node.onended = () => {
      this.#nodes = this.#nodes.filter((one) => one !== node);
      placed.disconnect();
    };
    this.#nodes.push(node);
    this.#cursor = start + buffer.duration;
    return { start, end: this.#cursor };
  }

  /** @param {AudioNode} node @returns {AudioNode} what leads to the loudspeaker */
  #placed(node) {
    const gain = /** @type {GainNode} */ (this.#gain);
    if (!this.aside) {
      node.connect(gain);
      return node;
    }
    const panner = new StereoPannerNode(gain.context, { pan: this.aside });
    node.connect(panner).connect(gain);
    return panner;
  }

  /** Silence behind what is scheduled. @param {number} seconds */
  pause(seconds) {
    if (this.#cursor) this.#cursor += seconds;
  }

  /** An answer is over: the next one starts afresh. */
  rest() {
    this.#cursor = 0;
  }

  /** Everything that sounds or waits fades out at once. */
  cut() {
    const { context } = this;
    const gain = this.#gain;
    this.#cursor = 0;
    if (!context || !gain) return;
    const now = context.currentTime;
    gain.gain.setValueAtTime(1, now);
    gain.gain.linearRampToValueAtTime(0, now + FADE);
    for (const node of this.#nodes) {
      try {
        node.stop(now + FADE);
      } catch {
        // It has not begun.
      }
    }
    this.#nodes = [];
    this.#gain = this.#fresh();
    setTimeout(() => gain.disconnect(), 200);
  }
}

/**
 * Seconds of silence, in whole samples, with which a sound begins.
 * @param {Float32Array} channel @param {number} rate
 */
function silenceOf(channel, rate) {
  const first = channel.findIndex((value) => Math.abs(value) > AUDIBLE);
  return Math.max(first - Math.round(LEFT * rate), 0) / rate;
}
