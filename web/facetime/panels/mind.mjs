// Who answers, how long, and what the user is called.
import { post } from "../api.mjs";
import { make } from "../dom.mjs";
import { keep, prefs } from "../prefs.mjs";
import { LANGUAGES, words } from "../words.mjs";
import { button, choice, section, slider } from "./parts.mjs";

const LENGTH = { min: 10, max: 150, step: 5 };

/** @param {import("../drawer.mjs").Room} room */
export function mindPanel(room) {
  const { settings } = room;
  const profiles = settings.profiles.map((/** @type {string} */ name) => [name, name]);
  const user = make("input", { type: "text", maxLength: 60, dir: "auto", value: settings.user, autocomplete: "nickname" });
  user.addEventListener("change", () => choose(room, { user: user.value }));
  const tongues = Object.entries(LANGUAGES).map(([tag, told]) => /** @type {[string, string]} */ ([tag, told.name]));
  return section(
    words("mind"),
    choice(words("answers"), [["", words("offline")], ...profiles], settings.profile, (profile) => choose(room, { profile })),
    finder(room),
    slider(words("length"), settings.limit, LENGTH, () => {}, (limit) => choose(room, { limit })),
    make("label", {}, words("user"), user),
    choice(words("language"), [["", "…"], ...tongues], prefs.language, (tag) => {
      keep("language", tag);
      room.relabel();
    }),
  );
}

/** Language-model servers of this machine are looked for when somebody asks. @param {import("../drawer.mjs").Room} room */
function finder(room) {
  const found = make("p", { className: "row" });
  const look = async () => {
    const servers = await (await post("/servers", {})).json().catch(() => []);
    const offers = servers.flatMap((/** @type {any} */ { program, models }) =>
      models.slice(0, 6).map((/** @type {string} */ model) =>
        button(words("use", { model }), () => choose(room, { program, model }, "/servers/use")),
      ),
    );
    found.replaceChildren(...(offers.length ? offers : [make("span", { className: "note", textContent: words("none") })]));
  };
  found.append(button(words("find"), look));
  return found;
}

/** @param {import("../drawer.mjs").Room} room @param {object} body @param {string} [path] */
async function choose(room, body, path = "/settings") {
  try {
    room.settings = await (await post(path, body)).json();
    room.refresh(room.character);
  } catch (error) {
    room.tell(String(/** @type {any} */ (error).message), true);
  }
}
