// One turn after the other: ask, hear the answer sentence by sentence, be cut off at any moment.
import { ServerError, post, stream } from "./api.mjs";
import { heardText } from "./heard.mjs";

/**
 * @typedef {object} Body what shows an answer
 * @property {any} sound a Sound, or a Film
 * @property {import("./film.mjs").Film | null} film where no face can be drawn
 * @property {import("./captions.mjs").Captions} captions
 * @property {(track: object, rows: ArrayBuffer, start: number) => void} move lays speech over the face
 * @property {() => void} hush whatever the face says fades away
 * @property {(look: Record<string, number>) => void} feel
 * @property {(words: string, wrong?: boolean) => void} tell
 * @property {() => void} silent nothing can be heard here before a gesture
 * @property {() => void} changed the conversation has another turn
 * @property {() => void} busy whether something is said has changed
 */

/**
 * @typedef {object} Run
 * @property {string} turn
 * @property {string} who
 * @property {AbortController} control
 * @property {import("./heard.mjs").Said[]} said
 * @property {boolean} over no more sentences come
 * @property {boolean} kept it belongs to the history, as a greeting does not
 * @property {number} mute since when its sound stands still, in milliseconds; 0 when it runs
 * @property {Record<string, number>} times milliseconds, for whoever measures
 */

/** Milliseconds that a sound is waited for. */
const PATIENCE = 3000;
const TRIES = 80;
const waitBefore = (/** @type {number} */ attempt) => Math.min(100 * 2 ** attempt, 500);

export class Talk {
  /** @type {Run | null} */
  run = null;
  /** Times of every turn of this page. @type {Record<string, number>[]} */
  measured = [];
  #body;
  #words;

  /** @param {Body} body @param {(key: string) => string} words */
  constructor(body, words) {
    this.#body = body;
    this.#words = words;
  }

  /** @param {string} who @param {string} message @param {number} [stamp] when Enter was pressed */
  say(who, message, stamp) {
    return this.#hold(who, "say", { message }, message, stamp);
  }

  /** It speaks first. @param {string} who */
  greet(who) {
    return this.#hold(who, "greet", {}, "");
  }

  /** Another answer to the last message. @param {string} who @param {string} message */
  again(who, message) {
    return this.#hold(who, "again", {}, message);
  }

  /**
   * @param {string} who @param {"say" | "greet" | "again"} how @param {object} body
   * @param {string} message @param {number} [stamp]
   */
  async #hold(who, how, body, message, stamp = performance.now()) {
    const heard = this.#cut();
    /** @type {Run} */
    const run = {
      turn: crypto.randomUUID?.() ?? randomId(),
      who,
      control: new AbortController(),
      said: [],
      over: false,
      kept: how !== "greet",
      mute: 0,
      times: { asked: stamp },
    };
    this.run = run;
    this.measured.push(run.times);
    this.#body.captions.begin(message);
    this.#body.tell("");
    this.#body.busy();
    const film = this.#body.film ? { film: this.#body.film.awaited() } : {};
    const whole = { ...body, ...film, turn: run.turn, ...(heard ? { heard } : {}) };
    try {
      await this.#asked(run, `/characters/${who}/${how}`, whole);
      run.over = true;
      if (this.run === run) this.at(this.#body.sound.heard(performance.now()));
    } catch (error) {
      if (/** @type {any} */ (error).name === "AbortError" || this.run !== run) return;
      this.run = null;
      this.#body.sound.cut();
      this.#body.tell(String(/** @type {any} */ (error).message ?? error), true);
      this.#body.busy();
    } finally {
      this.#body.changed();
    }
  }

  /**
   * Ask until the server answers: while it is away or starts again, the same turn is sent again and
   * answered once.
   * @param {Run} run @param {string} path @param {object} body
   */
  async #asked(run, path, body) {
    for (let attempt = 0; ; attempt++) {
      try {
        let finished = false;
        const hear = (/** @type {any} */ event, /** @type {ArrayBuffer[]} */ parts, /** @type {number} */ at) => {
          finished ||= event.type === "RUN_FINISHED";
          if (this.run === run) this.#take(run, event, parts, at);
        };
        await stream(path, body, hear, run.control.signal);
        if (finished) return;
        throw new TypeError("The answer broke off.");
      } catch (error) {
        if (!(error instanceof TypeError) || attempt >= TRIES || this.run !== run) throw error;
        this.#body.tell(this.#words("waiting"));
        await new Promise((done) => setTimeout(done, waitBefore(attempt)));
        if (run.control.signal.aborted) throw new DOMException("", "AbortError");
      }
    }
  }

  /** @param {Run} run @param {any} event @param {ArrayBuffer[]} parts @param {number} at */
  #take(run, event, parts, at) {
    run.times.first ??= at;
    if (event.type === "EMOTION") this.#body.feel(event.look);
    else if (event.type === "SENTENCE") this.#sentence(run, event, parts, at);
    else if (event.type === "FILM") this.#body.film?.append(parts[0]);
    else if (event.type === "RUN_ERROR") throw new ServerError(event.message, 500);
    else if (event.type === "RUN_FINISHED") {
      this.#body.film?.finish();
      this.#body.captions.whole(event.text);
      this.#body.feel(event.emotion.look);
      this.#body.tell("");
    }
  }

  /** @param {Run} run @param {any} event @param {ArrayBuffer[]} parts @param {number} at */
  #sentence(run, event, parts, at) {
    const before = run.said[event.number];
    // Told again by a server that came back: what was said already is not said twice.
    if (before?.text === event.text) return;
    if (before) this.#silence(run);
    const { start, end } = this.#body.sound.add(parts[0], event.rate, event);
    const said = { text: event.text, start, end, words: event.words };
    run.said.push(said);
    if (event.track) this.#body.move(event.track, parts[1], start);
    this.#body.captions.add(said);
    run.times.sentence ??= at;
    run.times.scheduled ??= performance.now();
    run.times.onset ??= start + (event.words[0]?.[1] ?? 0);
  }

  /** @param {Run} run */
  #silence(run) {
    this.#body.sound.cut();
    this.#body.hush();
    this.#body.captions.clear();
    run.said = [];
  }

  /** Called every frame. @param {number | null} heard seconds of the audio clock */
  at(heard) {
    const { run } = this;
    if (!run) return;
    if (heard === null) return this.#unheard(run);
    run.mute = 0;
    this.#body.captions.at(heard);
    // The end of the stream is not the end of the sound.
    if (run.over && heard >= (run.said.at(-1)?.end ?? 0)) {
      this.run = null;
      this.#body.sound.rest();
      this.#body.busy();
    }
  }

  /** A device that does not play: what waits for it would all come at once later. @param {Run} run */
  #unheard(run) {
    if (!run.said.length) return;
    run.mute ||= performance.now();
    if (performance.now() - run.mute < PATIENCE || !run.over) return;
    this.run = null;
    this.#body.sound.cut();
    this.#body.hush();
    this.#body.captions.at(Infinity);
    this.#body.silent();
    this.#body.busy();
  }

  /** Whether something is said, or will be. */
  get speaking() {
    return this.run !== null;
  }

  /** Stop talking; the server is told how much was heard. */
  stop() {
    const { run } = this;
    const heard = this.#cut();
    if (!run) return;
    this.#body.busy();
    if (!heard) return;
    post(`/characters/${run.who}/heard`, heard, { keepalive: true }).then(
      () => this.#body.changed(),
      () => {},
    );
  }

  /** End the run; what was heard of it, unless that is all, or it belongs to no history. */
  #cut() {
    const { run } = this;
    if (!run) return null;
    const at = this.#body.sound.heard(performance.now()) ?? 0;
    this.run = null;
    run.control.abort();
    this.#body.sound.cut();
    this.#body.hush();
    if (!run.kept) return null;
    return { turn: run.turn, text: heardText(run.said, at) };
  }
}

/** An id for a turn, where the page is not secure enough for randomUUID. */
const randomId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
