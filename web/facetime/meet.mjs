// Who shall it be? A concept is typed and its character appears; those known already are below.
import { addressOf, get, stream } from "./api.mjs";
import { byId, make } from "./dom.mjs";
import { base64, LARGEST } from "./pictures.mjs";
import { words } from "./words.mjs";

/** Those of the list that are shown; all stay on disk. */
const SHOWN = 12;

export class Meeting {
  /** @param {(id: string, made: boolean) => void} chosen @param {(words: string, wrong?: boolean) => void} tell */
  constructor(chosen, tell) {
    this.chosen = chosen;
    this.tell = tell;
    byId("meet").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      const concept = byId("concept").value.trim();
      if (concept) this.make({ concept }, concept);
    });
  }

  async show() {
    document.body.dataset.state = "meet";
    byId("meet").hidden = false;
    byId("concept").focus();
    const known = await get("/characters").catch(() => []);
    byId("known").replaceChildren(...known.slice(0, SHOWN).map((/** @type {any} */ one) => this.#known(one)));
  }

  hide() {
    byId("meet").hidden = true;
  }

  /** @param {{ id: string, name: string, concept: string }} one */
  #known(one) {
    const picture = make("img", { src: addressOf(`/characters/${one.id}/portrait.png`), alt: "", loading: "lazy" });
    const name = make("span", { textContent: one.name, dir: "auto" });
    return make("li", {}, make("button", { type: "button", title: one.concept, onclick: () => this.chosen(one.id, false) }, picture, name));
  }

  /** Meet whom a picture shows; what is typed says more of them. @param {File} file */
  async look(file) {
    if (file.size > LARGEST) return this.tell(words("large"), true);
    const concept = byId("concept").value.trim();
    await this.make({ concept, picture: await base64(file), file: file.name }, concept || file.name);
  }

  /** @param {{ concept: string, picture?: string, file?: string }} wanted @param {string} called */
  async make(wanted, called) {
    this.hide();
    document.body.dataset.state = "making";
    byId("mine").textContent = called;
    this.tell(words("making"));
    let id = "";
    try {
      await stream("/characters", wanted, (event) => {
        if (event.type === "STAGE") this.tell(words(event.stage));
        else if (event.type === "CHARACTER") id = event.character.id;
        else if (event.type === "RUN_ERROR") throw new Error(event.message);
      });
      byId("concept").value = "";
      this.tell("");
      this.chosen(id, true);
    } catch (error) {
      byId("mine").textContent = "";
      await this.show();
      this.tell(String(/** @type {any} */ (error).message ?? error), true);
    }
  }
}
