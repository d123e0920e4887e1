// A character alone on a transparent page, for streaming programs: it says what it says elsewhere.
//
//   stage?character=ID[&captions=1][&sound=0][&ground=1]
import { addressOf, follow, get } from "./api.mjs";
import { Captions } from "./captions.mjs";
import { byId } from "./dom.mjs";
import { Sound } from "./sound.mjs";
import { StageView } from "./stage.mjs";

const asked = new URLSearchParams(location.search);
const sound = new Sound();
const stage = new StageView();
const captions = new Captions();
/** @type {AudioContext | null} */
let heardBy = null;
/** @type {{ text: string, start: number, end: number, words: any }[]} */
let said = [];

function hush() {
  sound.cut();
  stage.face?.stop();
  captions.clear();
  said = [];
}

/** @param {any} event @param {ArrayBuffer[]} parts */
function take(event, parts) {
  if (event.type === "RUN_STARTED" || event.type === "CUT") hush();
  else if (event.type === "EMOTION") stage.face?.feel(event.look);
  else if (event.type === "RUN_FINISHED") stage.face?.feel(event.emotion.look);
  else if (event.type === "SENTENCE") speak(event, parts);
}

/** @param {any} event @param {ArrayBuffer[]} parts */
function speak(event, [pcm, rows]) {
  const { start, end } = sound.add(pcm, event.rate);
  if (stage.face && sound.context && heardBy !== sound.context) stage.face.listen((heardBy = sound.context));
  stage.move(event.track, rows, start);
  const line = { text: event.text, start, end, words: event.words };
  said.push(line);
  captions.add(line);
}

stage.onframe = (/** @type {{ begun: number }} */ frame) => {
  const heard = sound.heard(frame.begun);
  if (heard === null) return;
  captions.at(heard);
  if (said.length && heard > /** @type {any} */ (said.at(-1)).end + 2) captions.clear();
};
stage.onfail = () => tell("This browser cannot draw the face.");

/** @param {string} words */
const tell = (words) => (byId("status").textContent = words);

/** @param {any} character */
async function show(character) {
  document.title = character.name;
  const mask = `url("${addressOf(`/characters/${character.id}/cutout.png?look=${character.look}`)}")`;
  for (const part of asked.get("ground") ? [] : ["face", "still"]) byId(part).style.maskImage = mask;
  heardBy = null;
  await stage.show(character);
}

async function start() {
  const id = asked.get("character") ?? "";
  byId("captions").hidden = !asked.get("captions");
  sound.mute(asked.get("sound") === "0");
  // In a streaming program no gesture is needed; elsewhere a click lets it be heard.
  sound.wake().catch(() => {});
  addEventListener("pointerdown", () => sound.wake());
  const root = `/characters/${id}`;
  let look = -1;
  for (;;) {
    try {
      const character = await get(root);
      if (character.look !== look) await show(character);
      look = character.look;
      tell("");
      await follow(`${root}/follow`, take);
    } catch (error) {
      tell(String(/** @type {any} */ (error).message ?? error));
    }
    hush();
    await new Promise((done) => setTimeout(done, 1000));
  }
}

/** For those who measure and test. */
Object.assign(window, { alone: { stage, sound, get said() { return said; } } });
start();
