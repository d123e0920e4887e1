// How the character looks, sounds and moves.
import { post } from "../api.mjs";
import { make } from "../dom.mjs";
import { keep, prefs } from "../prefs.mjs";
import { words } from "../words.mjs";
import { button, choice, section, slider } from "./parts.mjs";

const RANGE = { min: 0, max: 2, step: 0.05 };

/** @param {import("../drawer.mjs").Room} room */
export function looksPanel(room) {
  const styles = /** @type {string[]} */ (room.settings.styles).map((name) => /** @type {[string, string]} */ ([name, name]));
  const presets = /** @type {string[]} */ (room.settings.presets).map((name) => /** @type {[string, string]} */ ([name, words(name)]));
  const style = choice(words("style"), [["", words("styleOwn")], ...styles], "", () => {});
  const paint = () => change(room, "portrait", { style: style.querySelector("select").value, seed: Math.floor(Math.random() * 2 ** 31) });
  const preset = choice(words("preset"), [["", words("presetOwn")], ...presets], presetOf(room.character), async (value) => {
    if (await change(room, "voice", { preset: value })) room.greet();
  });
  return section(
    words("looks"),
    ...(room.character.painted === "picture" ? [make("p", { className: "note", textContent: words("given") })] : [style, make("p", { className: "row" }, button(words("paint"), paint))]),
    preset,
    make("p", { className: "row" }, button(words("hear"), () => room.greet())),
    ...["expression", "motion"].map((name) =>
      slider(words(name), prefs[/** @type {"motion"} */ (name)], RANGE, (value) => {
        keep(/** @type {"motion"} */ (name), value);
        room.amounts();
      }),
    ),
  );
}

/** The preset that its voice has, by what is told of it. @param {{ voice: string[] }} character */
function presetOf({ voice }) {
  return /^Shaped as (\w+)\.$/.exec(voice.at(-1) ?? "")?.[1] ?? "";
}

/** @param {import("../drawer.mjs").Room} room @param {string} how @param {object} body */
async function change(room, how, body) {
  room.tell(words(how));
  try {
    room.refresh(await (await post(`/characters/${room.character.id}/${how}`, body)).json());
    room.tell("");
    return true;
  } catch (error) {
    room.tell(String(/** @type {any} */ (error).message), true);
    return false;
  }
}
