// Two characters on one stage talk with each other: one speaks, the other one listens.
import { get, stream } from "../api.mjs";
import { byId, make } from "../dom.mjs";
import { Sound } from "../sound.mjs";
import { StageView } from "../stage.mjs";
import { DuetBar } from "./duet_bar.mjs";
import { upright } from "./upright.mjs";

/**
 * @typedef {object} Host the page that has the first one on its stage
 * @property {StageView} stage
 * @property {import("../captions.mjs").Captions} captions
 * @property {() => any} character the first one
 * @property {(words: string, wrong?: boolean) => void} tell
 * @property {() => void} begin the stage is for two from now on
 * @property {() => void} end it is the first one's alone again
 *
 * @typedef {import("../heard.mjs").Said & { speaker: number, look: any, begun: boolean }} Spoken
 */

/** How far from the middle each voice is heard, as in films. */
const ASIDE = 0.5;
/** Seconds before the sound at which a face shows what it feels. */
const BEFORE = 0.2;
/** Samples a second of both voices. */
const RATE = 24000;
const SEEDS = 2 ** 31;

export class Duet {
  /** The second one, where two are on the stage. @type {any} */
  other = null;
  /** @type {Spoken[]} */
  said = [];
  sound = Object.assign(new Sound(), { rate: RATE });
  second = new StageView({ face: "face2", still: "still2" });
  /** @type {AbortController | null} */
  #control = null;
  #over = false;
  /** @type {AudioContext | null} */
  #heardBy = null;
  #host;
  #bar;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#bar = new DuetBar({
      start: (topic, turns) => this.start(topic, turns),
      stop: () => this.stop(),
      leave: () => this.leave(),
    });
  }

  get speaking() {
    return this.#control !== null;
  }

  /** Bring a second character on. @param {string} id */
  async open(id) {
    const first = this.#host.character();
    const other = await get(`/characters/${id}`);
    if (this.#host.character() !== first) return;
    this.leave();
    this.other = other;
    this.#host.begin();
    document.body.dataset.duet = "";
    byId("stage").append(
      make("canvas", { id: "face2", width: 512, height: 512, role: "img" }),
      make("img", { id: "still2", alt: "", hidden: true }),
      ...[first, other].map(({ name }, k) => make("p", { id: `label${k}`, className: "label", dir: "auto", textContent: name })),
    );
    this.#bar.show(first.name);
    await this.second.show(other);
  }

  /** @param {string} topic @param {number} turns */
  async start(topic, turns) {
    this.stop();
    const control = (this.#control = new AbortController());
    this.#over = false;
    this.#bar.talking(true);
    this.#host.tell("");
    this.sound.wake();
    const body = { other: this.other.id, topic, turns, seed: Math.floor(Math.random() * SEEDS) };
    try {
      await stream(`/characters/${this.#host.character().id}/duet`, body, (event, parts) => {
        if (this.#control === control) this.#take(event, parts);
      }, control.signal);
    } catch (error) {
      if (this.#control !== control) return;
      this.#host.tell(String(/** @type {any} */ (error).message ?? error), true);
    }
    // The end of the stream is not the end of the sound.
    if (this.#control === control) this.#over = true;
  }

  /** @param {any} event @param {ArrayBuffer[]} parts */
  #take(event, parts) {
    if (event.type === "RUN_ERROR") throw new Error(event.message);
    if (event.type === "SENTENCE") this.#turn(event, parts);
  }

  /** @param {any} event @param {ArrayBuffer[]} parts */
  #turn({ speaker, gap, rate, text, words: spoken, emotion, track, listening }, [pcm, moved, heard]) {
    const { sound } = this, views = [this.#host.stage, this.second];
    if (this.said.length) sound.pause(gap);
    sound.aside = speaker ? ASIDE : -ASIDE;
    const { start, end } = sound.add(pcm, rate);
    this.#listen(views);
    views[speaker].move(track, moved, start);
    const columns = stacked() ? upright(listening.columns) : listening.columns;
    views[1 - speaker].move({ ...listening, columns }, heard, start);
    const { name } = speaker ? this.other : this.#host.character();
    const said = { text, name, start, end, words: spoken, speaker, look: emotion.look, begun: false };
    this.said.push(said);
    this.#host.captions.add(said);
  }

  /** The sound of both is the clock of both. @param {StageView[]} views */
  #listen(views) {
    const { context } = this.sound;
    if (!context || context === this.#heardBy) return;
    this.#heardBy = context;
    for (const { face } of views) face?.listen(context);
  }

  /** Called every frame. @param {number} stamp milliseconds of the page */
  at(stamp) {
    const heard = this.sound.heard(stamp);
    if (!this.speaking || heard === null) return;
    this.#host.captions.at(heard);
    for (const one of this.said) if (!one.begun && one.start - BEFORE <= heard) this.#begin(one);
    if (this.#over && heard >= (this.said.at(-1)?.end ?? 0)) this.#ended();
  }

  /** @param {Spoken} one */
  #begin(one) {
    one.begun = true;
    (one.speaker ? this.second : this.#host.stage).face?.feel(one.look);
    this.#host.captions.whole(`${one.name}: ${one.text}`);
    for (const k of [0, 1]) byId(`label${k}`).classList.toggle("speaks", k === one.speaker);
  }

  /** Nobody speaks any more. */
  #ended() {
    this.#control = null;
    this.said = [];
    this.sound.rest();
    this.#bar.talking(false);
    for (const k of [0, 1]) byId(`label${k}`)?.classList.remove("speaks");
  }

  /** At once; the server makes nothing more. */
  stop() {
    if (!this.speaking) return;
    this.#control?.abort();
    this.#ended();
    this.sound.cut();
    for (const { face } of [this.#host.stage, this.second]) face?.stop();
    this.#host.captions.clear();
  }

  /** The second one goes. */
  leave() {
    if (!this.other) return;
    this.stop();
    this.other = this.#heardBy = null;
    this.second.leave();
    for (const id of ["face2", "still2", "label0", "label1"]) byId(id).remove();
    delete document.body.dataset.duet;
    this.#bar.hide();
    this.#host.captions.clear();
    this.#host.tell("");
    this.#host.end();
  }
}

/** Whether the faces are one above the other; page.css has the same. */
const stacked = () => matchMedia("(max-aspect-ratio: 1/1)").matches;
