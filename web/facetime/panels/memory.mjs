// What is remembered of the user: shown, added to, forgotten.
import { post } from "../api.mjs";
import { make } from "../dom.mjs";
import { words } from "../words.mjs";
import { button, section } from "./parts.mjs";

/** @param {import("../drawer.mjs").Room} room */
export function memoryPanel(room) {
  const facts = /** @type {string[]} */ (room.character.memory);
  const keep = async (/** @type {string[]} */ kept) => {
    try {
      const talk = await (await post(`/characters/${room.character.id}/memory`, { facts: kept })).json();
      room.refresh({ ...room.character, ...talk });
    } catch (error) {
      room.tell(String(/** @type {any} */ (error).message), true);
    }
  };
  const rows = facts.map((fact, number) => {
    const gone = button("×", () => keep(facts.filter((_, k) => k !== number)), "");
    gone.ariaLabel = `${words("forget")}: ${fact}`;
    return make("li", { className: "fact" }, make("span", { dir: "auto", textContent: fact }), gone);
  });
  const list = rows.length ? make("ul", {}, ...rows) : make("p", { className: "note", textContent: words("forgotten") });
  return section(words("memory"), list, addition(facts, keep));
}

/** @param {string[]} facts @param {(kept: string[]) => void} keep */
function addition(facts, keep) {
  const input = make("input", { type: "text", maxLength: 300, dir: "auto", placeholder: words("fact"), ariaLabel: words("fact") });
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    const fact = input.value.trim();
    input.blur();
    keep([...facts, fact]);
  };
  return make("form", { onsubmit: add }, make("p", { className: "row" }, input, button(words("add"), add)));
}
