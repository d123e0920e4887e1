// Who listens to the user, or why nobody does.
import { make } from "../dom.mjs";
import { prefs } from "../prefs.mjs";
import { words } from "../words.mjs";
import { listeners } from "../voice/recognise.mjs";
import { choice, section } from "./parts.mjs";

const CAUSES = { insecure: "micInsecure", unsupported: "micUnsupported", unrecorded: "micUnrecorded", unheard: "micUnheard" };

/** @param {import("../drawer.mjs").Room} room */
export function earPanel(room) {
  const { mic, settings } = room;
  if (mic.cause) return section(words("ear"), make("p", { className: "note", textContent: words(CAUSES[/** @type {keyof typeof CAUSES} */ (mic.cause)]) }));
  const known = listeners(settings);
  const options = known.map((who) => /** @type {[string, string]} */ ([who, words(who === "server" ? "micServer" : "micBrowser")]));
  const note = make("p", { className: "note", textContent: words(mic.who === "browser" ? "micBrowserNote" : "micHow") });
  const chosen = known.includes(/** @type {any} */ (prefs.listener)) ? prefs.listener : known[0];
  return section(words("ear"), choice(words("micWho"), options, chosen, (who) => {
    mic.choose(who);
    room.refresh(room.character);
  }), note);
}
