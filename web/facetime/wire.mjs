// Events out of a streamed answer: four bytes of length, as much JSON, then the bytes of its payloads.

/**
 * @typedef {{ type: string, payload?: number[], [field: string]: any }} WireEvent
 */

const LARGEST = 64_000_000;

/** Collects bytes and gives out whole events. */
export class Unpacker {
  #have = new Uint8Array(0);
  #text = new TextDecoder();

  /**
   * @param {Uint8Array} bytes
   * @returns {Generator<[WireEvent, ArrayBuffer[]]>}
   */
  *take(bytes) {
    const joined = new Uint8Array(this.#have.length + bytes.length);
    joined.set(this.#have);
    joined.set(bytes, this.#have.length);
    this.#have = joined;
    for (let event = this.#next(); event; event = this.#next()) yield event;
  }

  /** @returns {[WireEvent, ArrayBuffer[]] | null} */
  #next() {
    const have = this.#have;
    if (have.length < 4) return null;
    const size = new DataView(have.buffer, have.byteOffset).getUint32(0, true);
    if (size > LARGEST) throw new Error("The answer of the server cannot be read.");
    if (have.length < 4 + size) return null;
    const event = JSON.parse(this.#text.decode(have.subarray(4, 4 + size)));
    let at = 4 + size;
    /** @type {number[]} */
    const sizes = event.payload ?? [];
    if (have.length < sizes.reduce((sum, one) => sum + one, at)) return null;
    const parts = sizes.map((one) => have.slice(at, (at += one)).buffer);
    this.#have = have.subarray(at);
    return [event, parts];
  }
}
