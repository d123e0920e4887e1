// A character in one file: it is alive without a server, and says what it has to say when it is touched.
import { Captions } from "../captions.mjs";
import { byId } from "../dom.mjs";
import { Sound } from "../sound.mjs";
import { Face } from "../../lib/face.mjs";
import { widened } from "../../lib/rig.mjs";

/** Samples that an AAC decoder may leave before the sound. */
const RUN_IN = 1024;
const told = JSON.parse(byId("told").textContent);
const sound = new Sound();
const captions = new Captions();
let next = 0;
let end = 0;

/** @param {string} text */
async function bytesOf(text) {
  const raw = atob(text);
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {string} text gzip in base64 */
async function unpacked(text) {
  const stream = new Blob([await bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

const halves = (/** @type {ArrayBuffer} */ data) => widened(new Uint16Array(data));

/** @param {Face} face */
async function speak(face) {
  if (!told.lines.length) return;
  const line = told.lines[next++ % told.lines.length];
  sound.cut();
  face.stop();
  await sound.wake(line.rate);
  const context = /** @type {AudioContext} */ (sound.context);
  if (heardBy !== context) face.listen((heardBy = context));
  const decoded = await context.decodeAudioData(await bytesOf(line.sound));
  const { start, end: last } = sound.schedule(withoutRunIn(decoded, context, line));
  end = last;
  face.play({ ...line.track, rows: halves(await bytesOf(line.rows)) }, start);
  face.feel(line.look);
  captions.begin("");
  captions.add({ text: line.text, start, end: last, words: line.words });
  captions.whole(line.text);
}
/** @type {AudioContext | null} */
let heardBy = null;

/** @param {AudioBuffer} decoded @param {AudioContext} context @param {{ samples: number }} line */
function withoutRunIn(decoded, context, { samples }) {
  if (decoded.length - samples < RUN_IN) return decoded;
  const cut = context.createBuffer(1, decoded.length - RUN_IN, decoded.sampleRate);
  cut.copyToChannel(decoded.getChannelData(0).subarray(RUN_IN), 0);
  return cut;
}

async function live() {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("face"));
  const face = await Face.create(canvas, await bytesOf(told.rig), { maxSize: 768 });
  face.idle({ fps: told.idle.fps, rows: halves(await unpacked(told.idle.rows)) }, 0);
  face.feel(told.look);
  face.onframe = (frame) => {
    canvas.classList.add("here");
    const heard = sound.heard(frame.begun);
    if (heard === null) return;
    captions.at(heard);
    if (end && heard > end) sound.rest();
  };
  byId("touch").addEventListener("click", () => speak(face));
  Object.assign(window, { keepsake: { face, sound } });
}

live().catch((error) => {
  byId("status").textContent = String(error.message ?? error);
});
