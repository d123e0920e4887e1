// Who else could come on the stage, and what two said last.
import { get } from "../api.mjs";
import { make } from "../dom.mjs";
import { words } from "../words.mjs";
import { button, choice, section } from "./parts.mjs";

/** What was shown last stays until it is known anew: the drawer does not jump. */
const shown = { id: "", box: make("div") };

/** @param {import("../drawer.mjs").Room} room */
export function duetPanel(room) {
  const { id } = room.character;
  if (shown.id !== id) Object.assign(shown, { id, box: make("div") });
  fill(room, id, shown.box);
  return section(words("duet"), shown.box);
}

/** @param {import("../drawer.mjs").Room} room @param {string} id @param {HTMLElement} box */
async function fill(room, id, box) {
  try {
    const [known, { duet }] = await Promise.all([get("/characters"), get(`/characters/${id}/duet`)]);
    const others = known.filter((/** @type {any} */ one) => one.id !== id);
    box.replaceChildren(...(others.length ? [inviting(room, others, duet?.other)] : [noteOf("duetNone")]), ...(duet ? [lastOf(duet)] : []));
  } catch {
    // The server is away; what was known stays.
  }
}

/** @param {import("../drawer.mjs").Room} room @param {any[]} others @param {string} [last] */
function inviting(room, others, last) {
  let chosen = others.some(({ id }) => id === last) ? String(last) : others[0].id;
  const options = others.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]));
  return make("div", {}, choice(words("duetWho"), options, chosen, (id) => (chosen = id)), button(words("duetBring"), () => room.duet(chosen)));
}

/** @param {{ topic: string, turns: { name: string, text: string }[] }} duet */
function lastOf({ topic, turns }) {
  const said = turns.map(({ name, text }) => make("li", { dir: "auto" }, make("b", { textContent: `${name}: ` }), text));
  return make("details", { className: "last" }, make("summary", { dir: "auto", textContent: words("duetLast", { topic }) }), make("ol", { className: "turns" }, ...said));
}

/** @param {string} key */
const noteOf = (key) => make("p", { className: "note", textContent: words(key) });
