// Everything that was said, and the ways that it took.
import { post } from "../api.mjs";
import { make } from "../dom.mjs";
import { words } from "../words.mjs";
import { button, section } from "./parts.mjs";

/** @param {import("../drawer.mjs").Room} room */
export function conversationPanel(room) {
  const { turns, branches } = room.character;
  const list = make("ol", { className: "turns" }, ...turns.map((/** @type {any} */ turn, /** @type {number} */ k) => turnOf(room, turn, k)));
  // The latest is what one wants to see.
  requestAnimationFrame(() => (list.scrollTop = list.scrollHeight));
  const parts = turns.length ? [list] : [make("p", { className: "note", textContent: words("nothing") })];
  if (branches.length) parts.push(branchChoice(room));
  return section(words("conversation"), ...parts);
}

/** @param {import("../drawer.mjs").Room} room @param {any} turn @param {number} number */
function turnOf(room, turn, number) {
  const last = number === room.character.turns.length - 1;
  const tools = last
    ? [button(words("again"), () => room.again())]
    : [button(words("back"), () => change(room, "back", { turns: number + 1 }))];
  if (turn.interrupted) tools.push(make("span", { className: "note", textContent: words("broken") }));
  return make(
    "li",
    { className: "turn" },
    make("p", { className: "asked", dir: "auto", textContent: turn.message }),
    make("p", { className: "told", dir: "auto", textContent: turn.reply }),
    make("div", { className: "tools" }, ...tools),
  );
}

/** @param {import("../drawer.mjs").Room} room */
function branchChoice(room) {
  const choice = make("select", {
    onchange: () => choice.value && change(room, "branch", { number: Number(choice.value) }),
  });
  choice.append(new Option("…", ""));
  room.character.branches.forEach((/** @type {any} */ branch, /** @type {number} */ number) => {
    const label = words("branch", { turns: String(branch.turns), last: branch.last.slice(0, 40) });
    choice.append(new Option(label, String(number)));
  });
  return make("label", { className: "ways" }, words("branches"), choice);
}

/** @param {import("../drawer.mjs").Room} room @param {string} how @param {object} body */
async function change(room, how, body) {
  try {
    const talk = await (await post(`/characters/${room.character.id}/${how}`, body)).json();
    room.refresh({ ...room.character, ...talk });
  } catch (error) {
    room.tell(String(/** @type {any} */ (error).message), true);
  }
}
