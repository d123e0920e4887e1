// What can be taken away, and the end of a character.
import { addressOf, post } from "../api.mjs";
import { make } from "../dom.mjs";
import { words } from "../words.mjs";
import { button, section } from "./parts.mjs";

/** @param {import("../drawer.mjs").Room} room */
export function keepPanel(room) {
  const { id, look, name, turns } = room.character;
  const link = (/** @type {string} */ file, /** @type {string} */ key) =>
    make("a", { className: "small", href: addressOf(`/characters/${id}/${file}?look=${look}`), download: "", textContent: words(key) });
  const films = turns.length ? [button(words("film"), () => film(room, false)), button(words("films"), () => film(room, true))] : [];
  const parts = [link("page.html", "page"), link("card.png", "card"), ...(room.settings.workflow ? [link("workflow.json", "workflow")] : []), ...films];
  return section(
    words("keep"),
    make("p", { className: "row" }, ...parts),
    make("p", { className: "row" }, button(words("delete"), () => remove(room, id, name), "small danger")),
  );
}

/** @param {import("../drawer.mjs").Room} room @param {boolean} whole */
async function film(room, whole) {
  const { id, name } = room.character;
  room.tell(words("filming"));
  try {
    const made = await (await post(`/characters/${id}/film`, { whole })).blob();
    const address = URL.createObjectURL(made);
    make("a", { href: address, download: `${name}.mp4` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    room.tell("");
  } catch (error) {
    room.tell(String(/** @type {any} */ (error).message), true);
  }
}

/** @param {import("../drawer.mjs").Room} room @param {string} id @param {string} name */
async function remove(room, id, name) {
  if (!confirm(words("sure", { name }))) return;
  try {
    await post(`/characters/${id}/forget`, {});
    room.gone();
  } catch (error) {
    room.tell(String(/** @type {any} */ (error).message), true);
  }
}
