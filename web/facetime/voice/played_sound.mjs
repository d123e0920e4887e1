// Sound that knows what it plays, so that the microphone can tell it from the user.
import { Sound } from "../sound.mjs";
import { Played } from "./echo.mjs";

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

  /** Decibels that leave the loudspeaker now. */
  get level() {
    return this.#played.at(this.heard(performance.now()));
  }
}
