// The microphone of this machine, a hundredth of a second at a time.

/** @typedef {"insecure" | "unsupported" | "unrecorded" | "unheard"} Cause why there is no microphone */

/**
 * What stands in the way before anybody is asked; null when nothing does.
 * @param {boolean} understood whether there is somebody who understands speech
 * @returns {Cause | null}
 */
export function obstacle(understood) {
  if (!globalThis.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia) return "unsupported";
  if (typeof AudioContext === "undefined" || typeof AudioWorkletNode === "undefined") return "unrecorded";
  return understood ? null : "unheard";
}

export class Capture {
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {AudioContext | null} */
  #context = null;

  /** Samples a second. */
  get rate() {
    return this.#context?.sampleRate ?? 48000;
  }

  get open() {
    return this.#stream !== null;
  }

  /**
   * Ask for the microphone and hear it.
   * @param {(samples: Float32Array) => void} hear
   * @throws {DOMException} when the user or the machine refuses
   */
  async start(hear) {
    const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
    this.#stream = await navigator.mediaDevices.getUserMedia({ audio: wishes });
    try {
      this.#context = new AudioContext({ latencyHint: "interactive" });
      await this.#context.audioWorklet.addModule(new URL("tap.worklet.mjs", import.meta.url));
      const tap = new AudioWorkletNode(this.#context, "chatanything-tap", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
      tap.port.onmessage = ({ data }) => hear(data);
      this.#context.createMediaStreamSource(this.#stream).connect(tap);
      await this.#context.resume();
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#context?.close();
    this.#stream = this.#context = null;
  }
}
