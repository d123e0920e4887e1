// Sound that knows what it plays, so that the microphone can tell it from the user.
import { Sound } from "../sound.mjs";
import { Played } from "./echo.mjs";
import { SILENT } from "./levels.mjs";

/** Seconds by which what is played is told early: browsers say when it is heard within some hundredths. */
const AHEAD = 0.1;
/** Seconds within which a microphone hears what was played. */
const EARLIER = 0.6;
const LATER = 0.2;

export class PlayedSound extends Sound {
  #played = new Played();

  /** @param {ArrayBuffer} pcm @param {number} rate */
  add(pcm, rate) {
    const { start, end } = super.add(pcm, rate);
    this.#played.add(pcm, rate, start);
    return { start, end };
  }

  cut() {
    this.#played.cut(this.context?.currentTime ?? 0);
    super.cut();
  }

  /** Decibels that leave the loudspeaker at a moment. @param {number} stamp milliseconds of the page */
  level(stamp) {
    const heard = this.heard(stamp);
    return heard === null ? SILENT : this.#played.at(heard + AHEAD);
  }

  /** What was played until a moment, and a little before and after. @param {number} stamp @param {number} seconds */
  wave(stamp, seconds) {
    const heard = this.heard(stamp);
    return heard === null ? new Float32Array(0) : this.#played.wave(heard - seconds - EARLIER, heard + LATER);
  }
}
