// Who understands what is said: our server with a model of the user's own, or the browser.
import { postSound } from "../api.mjs";

/** @returns {any} */
const Recognition = () => /** @type {any} */ (globalThis).SpeechRecognition ?? /** @type {any} */ (globalThis).webkitSpeechRecognition;

/** @typedef {"server" | "browser"} Who */

/**
 * Everybody who could listen, the best first: a model of the user's own keeps what is said at home.
 * @param {{ listener?: string }} settings
 * @returns {Who[]}
 */
export function listeners(settings) {
  return [...(settings.listener ? /** @type {Who[]} */ (["server"]) : []), ...(Recognition() ? /** @type {Who[]} */ (["browser"]) : [])];
}

/** @param {string} character @param {ArrayBuffer} wav @returns {Promise<string>} */
export async function askServer(character, wav) {
  const answer = await postSound(`/characters/${character}/transcribe`, wav);
  return (await answer.json()).text;
}

/** The browser hears by itself, and may send what it hears to its maker. */
export class BrowserListener {
  #own;
  /** @type {Promise<string>} */
  heard;

  /** @param {string} language */
  constructor(language) {
    const own = (this.#own = new (Recognition())());
    Object.assign(own, { lang: language, continuous: true, interimResults: false });
    let text = "";
    this.heard = new Promise((done, fail) => {
      own.onresult = (/** @type {any} */ event) => {
        for (let k = event.resultIndex; k < event.results.length; k++) text += event.results[k][0].transcript;
      };
      own.onerror = (/** @type {any} */ event) => (["no-speech", "aborted"].includes(event.error) ? done(text) : fail(new Error(event.error)));
      own.onend = () => done(text.trim());
    });
    this.heard.catch(() => {});
    own.start();
  }

  stop() {
    this.#own.stop();
    return this.heard;
  }
}
