// The button beside the message: a click has the character listen, holding it is push to talk.
import { byId } from "../dom.mjs";
import { keep, prefs } from "../prefs.mjs";
import { words } from "../words.mjs";
import { obstacle } from "./capture.mjs";
import { Microphone } from "./microphone.mjs";
import { lift, nod } from "./gestures.mjs";
import { listeners } from "./recognise.mjs";

/** Milliseconds after which a press is push to talk. */
const HELD = 350;
/** Share of its glances that a listener keeps. */
const ATTENTIVE = { gaze: 0.15 };

/**
 * @typedef {object} Page what the microphone needs of it
 * @property {() => any} character
 * @property {() => any} settings
 * @property {() => { level?: (stamp: number) => number, wave?: (stamp: number, seconds: number) => Float32Array, context: AudioContext | null, wake: () => Promise<unknown> }} sound
 * @property {import("../talk.mjs").Talk} talk
 * @property {import("../stage.mjs").StageView} stage
 * @property {(message: string) => void} say
 * @property {(words: string, wrong?: boolean) => void} tell
 */

export class MicButton {
  #page;
  #button = byId("mic");
  microphone;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    const { talk, stage, tell } = page;
    this.microphone = new Microphone({
      played: (stamp) => page.sound().level?.(stamp) ?? -100,
      wave: (stamp, seconds) => page.sound().wave?.(stamp, seconds) ?? new Float32Array(0),
      talking: () => talk.speaking,
      interrupt: () => talk.stop(),
      attend: (begun) => (begun ? stage.face?.setAmounts(ATTENTIVE) : stage.amounts()),
      gesture: (kind) => this.#gesture(kind),
      said: (text) => page.say(text),
      character: page.character,
      who: () => this.who ?? "server",
      tell,
      changed: (on) => this.#shown(on),
    });
    this.#listen();
  }

  /** Who listens: whom the user chose, else the best there is. @returns {import("./recognise.mjs").Who | null} */
  get who() {
    const known = listeners(this.#page.settings());
    return known.find((one) => one === prefs.listener) ?? known[0] ?? null;
  }

  /** Why there is no microphone; null when there is one. */
  get cause() {
    return obstacle(this.who !== null);
  }

  /** Something that decides about it has changed. */
  refresh() {
    this.#button.hidden = this.cause !== null;
    if (this.cause && this.microphone.on) this.microphone.turn(false);
    this.#shown(this.microphone.on);
  }

  /** @param {string} who */
  choose(who) {
    keep("listener", who);
    this.refresh();
  }

  /** @param {"nod" | "lift"} kind */
  #gesture(kind) {
    const { face } = this.#page.stage, { context } = this.#page.sound();
    if (!face || !context || this.#page.talk.speaking) return;
    face.play(kind === "nod" ? nod(4 + 2 * Math.random()) : lift(), context.currentTime + 0.05);
  }

  #listen() {
    /** @type {any} */
    let timer = 0;
    let held = false;
    const down = () => {
      held = false;
      timer = setTimeout(() => {
        held = true;
        this.#tried(() => this.microphone.hold(true));
      }, HELD);
    };
    const up = () => {
      clearTimeout(timer);
      if (held) this.#tried(() => this.microphone.hold(false));
    };
    this.#button.addEventListener("pointerdown", down);
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) this.#button.addEventListener(name, up);
    this.#button.addEventListener("click", () => {
      if (!held) this.#tried(() => this.microphone.turn(!this.microphone.on));
      held = false;
    });
    addEventListener("pagehide", () => this.microphone.turn(false));
  }

  /** @param {() => Promise<void>} work */
  async #tried(work) {
    this.#page.sound().wake();
    try {
      await work();
      if (this.microphone.on && this.who === "browser") this.#page.tell(words("micBrowserNote"));
    } catch (error) {
      const refused = /** @type {any} */ (error).name === "NotAllowedError";
      this.#page.tell(words(refused ? "micRefused" : "micMissing"), true);
    }
  }

  /** @param {boolean} on */
  #shown(on) {
    this.#button.setAttribute("aria-pressed", String(on));
    this.#button.ariaLabel = this.#button.title = words(on ? "micOff" : "micOn");
  }
}
