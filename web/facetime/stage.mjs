// The face on the stage: its picture at once, alive as soon as it can be drawn.
import { Face } from "../lib/face.mjs";
import { mouthSeen } from "../lib/pose.mjs";
import { widened } from "../lib/rig.mjs";
import { addressOf, bytes } from "./api.mjs";
import { byId } from "./dom.mjs";
import { prefs } from "./prefs.mjs";
import { words } from "./words.mjs";

/** Seconds of idle motion that are asked for at once, and what is left when more is. */
const STRETCH = 60;
const LEFT = 25;
/** Pixels of the longer side; a page has no use for more than it shows. */
const LARGEST = 768;
/** Pictures a second in a window that is not in front: others may need the machine. */
const ASIDE = 15;
/** The same while it only breathes and its answer is awaited, where pictures are made by the processor. */
const CALM = 8;

/** Ids of what shows a face, and of what its colours are stretched over. */
const ALONE = { face: "face", still: "still", backdrop: "backdrop" };

export class StageView {
  /** @type {Face | null} */
  face = null;
  /** Called with each picture. @type {(frame: any) => void} */
  onframe = () => {};
  /** Called when no face can be drawn here. @type {() => void} */
  onfail = () => {};
  #character = "";
  #asking = false;
  #waits = false;

  #ids;

  /** @param {{ face: string, still: string, backdrop?: string }} [ids] */
  constructor(ids = ALONE) {
    this.#ids = ids;
    addEventListener("blur", () => this.#pace());
    addEventListener("focus", () => this.#pace());
    setInterval(() => this.#moreIdle(), 2000);
  }

  /** @param {{ id: string, look: number, name: string, emotion: any, drawn: boolean }} character */
  async show(character) {
    const root = `/characters/${character.id}`;
    const { face, still: picture, backdrop } = this.#ids, still = byId(picture);
    this.#character = character.id;
    await pictureIn(still, addressOf(`${root}/portrait.png?look=${character.look}`));
    if (this.#character !== character.id) return;
    if (backdrop) tintBackdrop(still, byId(backdrop));
    still.hidden = false;
    still.classList.add("here");
    byId(face).setAttribute("aria-label", words("face", { name: character.name }));
    if (!character.drawn) return this.onfail();
    try {
      const rig = await bytes(`${root}/rig?look=${character.look}`);
      if (this.#character === character.id) await this.#live(rig, character);
    } catch (error) {
      console.warn(error);
      if (this.#character === character.id) this.onfail();
    }
  }

  /** @param {ArrayBuffer} rig @param {{ id: string, emotion: any }} character */
  async #live(rig, character) {
    const old = this.face, { face: shown, still } = this.#ids;
    // A canvas that shows one face cannot be given to another.
    const canvas = /** @type {HTMLCanvasElement} */ (byId(shown).cloneNode());
    const face = await Face.create(canvas, rig, { maxSize: LARGEST });
    if (this.#character !== character.id) return face.dispose();
    old?.dispose();
    this.face = face;
    face.feel(character.emotion.look);
    this.amounts();
    this.#pace();
    await this.#moreIdle();
    face.onframe = (frame) => {
      if (!canvas.isConnected) {
        byId(shown).replaceWith(canvas);
        canvas.classList.add("here");
        byId(still).hidden = true;
      }
      this.onframe({ ...frame, mouth: mouthSeen(frame.row) });
    };
    face.onfail = () => this.onfail();
  }

  leave() {
    this.#character = "";
    this.face?.dispose();
    this.face = null;
    byId(this.#ids.face).classList.remove("here");
    byId(this.#ids.still).classList.remove("here");
    byId(this.#ids.still).hidden = true;
  }

  /** @param {{ fps: number, lead: number, columns: string[] }} track @param {ArrayBuffer} rows @param {number} start */
  move({ fps, lead, columns }, rows, start) {
    this.face?.play({ fps, lead, columns, rows: widened(new Uint16Array(rows)) }, start);
  }

  /** How much is shown, as the user wants it. */
  amounts() {
    const { expression, motion } = prefs;
    this.face?.setAmounts({ emotion: expression, brows: expression, head: motion, gaze: motion, breath: motion });
  }

  /**
   * While an answer is made, a face without a graphics card leaves the processor to it.
   * @param {boolean} waiting
   */
  wait(waiting) {
    this.#waits = waiting;
    this.#pace();
  }

  #pace() {
    const { face } = this;
    if (!face) return;
    if (this.#waits && face.stage.software) face.fps = CALM;
    else face.fps = document.hasFocus() ? 0 : ASIDE;
  }

  async #moreIdle() {
    const { face } = this;
    if (!face || this.#asking) return;
    const known = face.idleUntil();
    if (known - face.time() > LEFT) return;
    // After hours in the background the face goes on from now; what was missed is not lived again.
    const from = known > face.time() ? known : Math.floor(face.time());
    this.#asking = true;
    try {
      const path = `/characters/${this.#character}/idle?from=${from.toFixed(2)}&seconds=${STRETCH}`;
      const rows = widened(new Uint16Array(await bytes(path)));
      if (this.face === face) face.idle({ fps: 25, rows }, from);
    } catch {
      // The server is away: what is known is played to and fro until it is back.
    } finally {
      this.#asking = false;
    }
  }
}

/** @param {HTMLImageElement} picture @param {string} address */
async function pictureIn(picture, address) {
  picture.src = address;
  await picture.decode();
}

/** A few pixels of the portrait, from which the browser stretches a soft ground. @param {HTMLImageElement} picture @param {HTMLElement} ground */
function tintBackdrop(picture, ground) {
  const small = document.createElement("canvas");
  small.width = small.height = 4;
  const pen = small.getContext("2d");
  if (!pen) return;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, 4, 4);
  ground.style.backgroundImage = `url(${small.toDataURL()})`;
}
