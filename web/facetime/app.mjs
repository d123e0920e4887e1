// The page: who is there, what is said, and what the user wants. Everything that must last is on the server.
import { get } from "./api.mjs";
import { Captions } from "./captions.mjs";
import { Composer } from "./composer.mjs";
import { byId } from "./dom.mjs";
import { Drawer } from "./drawer.mjs";
import { Duet } from "./duet/duet.mjs";
import { Meeting } from "./meet.mjs";
import { Film } from "./film.mjs";
import { takePictures } from "./pictures.mjs";
import { keep, prefs } from "./prefs.mjs";
import { StageView } from "./stage.mjs";
import { Talk } from "./talk.mjs";
import { MicButton } from "./voice/mic_button.mjs";
import { PlayedSound } from "./voice/played_sound.mjs";
import { sayEverywhere, words } from "./words.mjs";

const sound = Object.assign(new PlayedSound(), { rate: prefs.rate });
const stage = new StageView();
const captions = new Captions();

/** @param {string} text @param {boolean} [wrong] */
function tell(text, wrong = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("wrong", wrong);
}

/** @type {import("./talk.mjs").Body} */
const body = {
  film: null,
  sound,
  captions,
  tell,
  move: (track, rows, start) => {
    listen();
    stage.move(/** @type {any} */ (track), rows, start);
    stage.wait(false);
  },
  hush: () => stage.face?.stop(),
  feel: (look) => stage.face?.feel(/** @type {any} */ (look)),
  silent: () => {
    byId("wake").hidden = false;
  },
  changed: () => refresh(),
  busy: () => {
    composer.talking(talk.speaking);
    stage.wait(talk.speaking && !talk.run?.said.length);
  },
};
const talk = new Talk(body, words);
const composer = new Composer(
  (message, stamp) => {
    sound.wake();
    byId("wake").hidden = true;
    talk.say(room.character.id, message, stamp);
  },
  () => talk.stop(),
);

const mic = new MicButton({
  character: () => room.character,
  settings: () => room.settings,
  sound: () => body.sound,
  talk,
  stage,
  say: (message) => {
    byId("wake").hidden = true;
    talk.say(room.character.id, message);
  },
  tell,
});

/** @type {import("./drawer.mjs").Room} */
const room = {
  mic,
  character: null,
  settings: { profiles: [], styles: [], presets: [], user: "", limit: 50, profile: "" },
  refresh: (changed) => refresh(changed),
  again: () => {
    sound.wake();
    const last = room.character.turns.at(-1);
    if (last) talk.again(room.character.id, last.message);
  },
  greet: () => greet(),
  duet: (other) => duet.open(other).catch((error) => tell(error.message, true)),
  amounts: () => [stage, duet.second].forEach((view) => view.amounts()),
  relabel: () => {
    sayEverywhere();
    mic.refresh();
    drawer.show();
  },
  gone: () => leave(),
  tell,
};
const drawer = new Drawer(room);
const duet = new Duet({
  stage,
  captions,
  character: () => room.character,
  tell,
  begin: () => {
    talk.stop();
    captions.clear();
    mic.microphone.turn(false);
    composer.hide();
    drawer.toggle(false);
    for (const part of ["more", "wake"]) byId(part).hidden = true;
  },
  end: () => {
    heardBy = null;
    byId("more").hidden = false;
    composer.show();
    refresh();
  },
});
const meeting = new Meeting((id, made) => open(id, made), tell);
takePictures(async (file) => {
  if (document.body.dataset.state === "making") return;
  if (room.character) await leave();
  meeting.look(file);
});

/** The sound that is heard is the clock of the face. */
function listen() {
  const { face } = stage;
  if (face && sound.context && heardBy !== sound.context) {
    face.listen((heardBy = sound.context));
    keep("rate", sound.rate);
  }
}
/** @type {AudioContext | null} */
let heardBy = null;

async function greet() {
  byId("wake").hidden = true;
  await sound.wake();
  talk.greet(room.character.id);
}

/** Sound is allowed after a gesture only, and some browsers answer never: half a second must do. */
async function mayspeak() {
  if (body.film) return navigator.userActivation?.hasBeenActive ?? true;
  await Promise.race([sound.wake().catch(() => {}), new Promise((done) => setTimeout(done, 500))]);
  return sound.running;
}

/** @param {string} id @param {boolean} made it is new: it speaks first */
async function open(id, made = false) {
  meeting.hide();
  duet.leave();
  talk.stop();
  captions.clear();
  tell("");
  if (made) sound.wake();
  try {
    room.character = await get(`/characters/${id}`);
  } catch (error) {
    await leave();
    return tell(String(/** @type {any} */ (error).message), true);
  }
  if (location.hash.slice(1) !== id) history.pushState(null, "", `#${id}`);
  document.body.dataset.state = "talk";
  document.title = room.character.name;
  byId("who-name").textContent = room.character.name;
  byId("who").ariaLabel = `${room.character.name}: ${words("others")}`;
  for (const part of ["who", "mute", "captions-switch", "more"]) byId(part).hidden = false;
  heardBy = null;
  const said = talk.measured.length;
  film.leave();
  Object.assign(body, { sound, film: null });
  await stage.show(room.character);
  composer.show();
  drawer.show();
  if (room.character?.id !== id || room.character.turns.length) return;
  const may = await mayspeak();
  // Whoever was quicker than the greeting is answered instead.
  if (room.character?.id !== id || talk.measured.length > said) return;
  if (may) greet();
  else byId("wake").hidden = false;
}

async function leave() {
  duet.leave();
  talk.stop();
  stage.leave();
  film.leave();
  captions.clear();
  composer.hide();
  mic.microphone.turn(false);
  if (drawer.open) drawer.toggle(false);
  room.character = null;
  document.title = "ChatAnything";
  for (const part of ["who", "mute", "captions-switch", "more", "wake"]) byId(part).hidden = true;
  if (location.hash) history.pushState(null, "", location.pathname);
  await meeting.show();
}

/** @param {any} [changed] the character as it is now; without it the server is asked */
async function refresh(changed) {
  const id = room.character?.id;
  if (!id) return;
  const now = changed ?? (await get(`/characters/${id}`).catch(() => null));
  if (!now || room.character?.id !== id) return;
  const another = now.look !== room.character.look;
  room.character = now;
  drawer.show();
  if (another) {
    heardBy = null;
    await stage.show(now);
  }
}

stage.onframe = (/** @type {{ begun: number, finished: number, mouth: number }} */ frame) => {
  duet.at(frame.begun);
  talk.at(body.sound.heard(frame.begun));
  const run = talk.measured.at(-1);
  if (!run?.scheduled || run.mouth || frame.mouth <= 0.05) return;
  if (run.scheduled < frame.begun) Object.assign(run, { mouth: frame.begun, finished: frame.finished });
};
stage.onfail = () => {
  if (!Film.works) return tell(words("noface"), true);
  // Pictures are made by the server instead, and come as a film.
  talk.stop();
  film.mute(prefs.muted);
  body.sound = body.film = film;
  film.wait(room.character).then(() => (byId("still").hidden = true));
};
const film = new Film();
// A minimised window draws nothing; what was said is over all the same.
setInterval(() => {
  if (!document.hidden && stage.face) return;
  duet.at(performance.now());
  talk.at(body.sound.heard(performance.now()));
}, 200);

byId("who").addEventListener("click", () => leave());
byId("wake").addEventListener("click", () => greet());
byId("mute").addEventListener("click", () => setMuted(!prefs.muted));
byId("captions-switch").addEventListener("click", () => setCaptions(!prefs.captions));
addEventListener("popstate", () => start());
// On a reload, too, history holds what was heard.
addEventListener("pagehide", () => [talk, duet].forEach((one) => one.stop()));

/** @param {boolean} muted */
function setMuted(muted) {
  keep("muted", muted);
  for (const one of [body.sound, duet.sound]) one.mute(muted);
  byId("mute").setAttribute("aria-pressed", String(muted));
}

/** @param {boolean} shown */
function setCaptions(shown) {
  keep("captions", shown);
  byId("captions").hidden = !shown;
  byId("captions-switch").setAttribute("aria-pressed", String(shown));
}

async function start() {
  const id = location.hash.slice(1);
  if (id === room.character?.id) return;
  await (id ? open(id) : leave());
}

sayEverywhere();
setMuted(prefs.muted);
setCaptions(prefs.captions);
get("/settings").then((settings) => {
  room.settings = settings;
  mic.refresh();
  drawer.show();
}, () => {});
await start();
/** For those who measure and test. */
Object.assign(window, { facetime: { talk, stage, sound, room, mic, duet } });
