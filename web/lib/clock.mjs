// What time it is: of the sound that is heard, or of the page.

/** @typedef {{ heard(stamp: number): number | null }} Clock seconds at a frame's stamp; null while it stands */

/** Steps of a clock that are taken for noise; a larger one is believed. */
const LEAP = 0.1;
/** Share of a new reading in the smoothed one. */
const FRESH = 0.1;

/** The clock of an AudioContext, as it is heard. */
export class SoundClock {
  /** @param {AudioContext} context */
  constructor(context) {
    this.context = context;
    /** @type {number | null} seconds that the sound is ahead of the page */
    this.ahead = null;
    this.last = -Infinity;
  }

  /**
   * Seconds of the context that are heard at `stamp`, as requestAnimationFrame gives it; it never
   * goes back. Null while the context does not run.
   * @param {number} stamp milliseconds
   * @returns {number | null}
   */
  heard(stamp) {
    if (this.context.state !== "running") {
      this.ahead = null;
      return null;
    }
    const { contextTime, performanceTime } = this.context.getOutputTimestamp?.() ?? {};
    const now = performanceTime ? /** @type {number} */ (contextTime) + (stamp - performanceTime) / 1000 : this.smoothed(stamp);
    this.last = Math.max(now, this.last);
    return this.last;
  }

  /** `currentTime` moves in steps of a hundredth of a second: what it is on the average. @param {number} stamp */
  smoothed(stamp) {
    const { context } = this, late = context.outputLatency || context.baseLatency || 0;
    const ahead = context.currentTime - late - stamp / 1000;
    const known = this.ahead !== null && Math.abs(ahead - this.ahead) < LEAP ? this.ahead : ahead;
    this.ahead = known + FRESH * (ahead - known);
    return stamp / 1000 + this.ahead;
  }
}

/** Seconds of the page, for a face that is not heard. @type {Clock} */
export const PAGE_CLOCK = { heard: (stamp) => stamp / 1000 };
