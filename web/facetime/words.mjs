// The page's words, in the languages of the browser.
import de from "./words/de.mjs";
import en from "./words/en.mjs";
import es from "./words/es.mjs";
import fr from "./words/fr.mjs";
import ja from "./words/ja.mjs";
import zh from "./words/zh.mjs";
import { byId } from "./dom.mjs";
import { prefs } from "./prefs.mjs";

/** @type {Record<string, Record<string, string>>} */
export const LANGUAGES = { en, zh, ja, fr, de, es };
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi"];

/** The language that is shown: the one that was chosen, else the first of the browser's that we have. */
export function language() {
  if (prefs.language in LANGUAGES) return prefs.language;
  const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  return wanted.find((tag) => tag in LANGUAGES) ?? "en";
}

/**
 * The words for a key, with what stands in braces filled in.
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
export function words(key, values = {}) {
  const text = LANGUAGES[language()][key] ?? en[/** @type {keyof typeof en} */ (key)] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Put the words into the page's fixed parts. */
export function sayEverywhere() {
  const root = document.documentElement;
  root.lang = language();
  const asked = new URLSearchParams(location.search).get("dir");
  const first = navigator.language.toLowerCase().split("-")[0];
  root.dir = asked === "rtl" || (RIGHT_TO_LEFT.includes(first) && !prefs.language) ? "rtl" : "ltr";
  byId("meet-label").textContent = words("meet");
  byId("concept").placeholder = words("concept");
  byId("drop-words").textContent = words("drop");
  byId("hint").textContent = words("hint");
  byId("message").placeholder = words("message");
  byId("message").ariaLabel = words("messageLabel");
  byId("wake-words").textContent = words("wake");
  for (const [id, key] of [["mute", "mute"], ["captions-switch", "captions"], ["more", "more"], ["who", "others"], ["choose", "choose"]]) {
    byId(id).ariaLabel = byId(id).title = words(key);
  }
  document.querySelector("#meet .go")?.setAttribute("aria-label", words("go"));
}
