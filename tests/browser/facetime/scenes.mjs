// What a user does in the page, scene by scene; prints what was seen as one line of JSON.
//
// node scenes.mjs SCENE ADDRESS [MORE...]

import { open, pageOf, ready, until } from "./page.mjs";

const [scene, address, ...more] = process.argv.slice(2);
const browser = await open(scene !== "film");

const meet = async (page, concept) => {
  await page.goto(address);
  await page.fill("#concept", concept);
  await page.press("#concept", "Enter");
  const id = await until(page, () => window.facetime?.room.character?.id);
  await ready(page, id);
  return id;
};
const say = async (page, message) => {
  await page.fill("#message", message);
  await page.press("#message", "Enter");
};
const spoken = (page) => until(page, () => document.querySelector("#captions span.heard") && window.facetime.talk.run?.said[0]?.text);
/** Its mouth has opened, and the server has written the turn down. */
const answered = (page) => until(page, () => window.facetime.talk.measured.at(-1).finished && window.facetime.talk.run?.over !== false, undefined, 60_000);
const turns = (page) => page.evaluate(() => fetch(`/chatanything/facetime/characters/${window.facetime.room.character.id}`).then((r) => r.json()).then((c) => c.turns));

const SCENES = {
  /** Markup in the concept, in the message and so in the reply is shown as text and runs nothing. */
  async markup() {
    const page = await pageOf(browser);
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>';
    await meet(page, `${evil} teapot`);
    await say(page, `My name is ${evil}.`);
    await spoken(page);
    await page.click("#more");
    await until(page, () => document.querySelector("#drawer .asked"));
    const seen = await page.evaluate(() => ({
      pwned: window.pwned ?? null,
      images: document.querySelectorAll("img:not(#still)").length,
      scripts: document.querySelectorAll("script:not([src])").length,
      asked: document.querySelector("#drawer .asked").textContent,
      mine: document.querySelector("#mine").textContent,
    }));
    return { ...seen, complaints: page.complaints };
  },

  /** Three browsers (processes of their own), three characters, all talking at once. */
  async three() {
    const others = await Promise.all([open(), open()]);
    const pages = await Promise.all([browser, ...others].map((one) => pageOf(one)));
    const ids = [];
    for (const [k, page] of pages.entries()) ids.push(await meet(page, ["grumpy teapot", "old fisherman", "red apple"][k]));
    await Promise.all(pages.map((page, k) => say(page, `Hello, I am number ${k}.`)));
    await Promise.all(pages.map(answered));
    const kept = await Promise.all(pages.map(turns));
    const contexts = await Promise.all(pages.map((page) => page.evaluate(() => document.querySelectorAll("canvas").length)));
    await Promise.all(others.map((one) => one.close()));
    return { ids, messages: kept.map((all) => all.map((turn) => turn.message)), contexts, complaints: pages.flatMap((p) => p.complaints) };
  },

  /** A key stops the character; history holds what was heard; the next message is answered. */
  async interrupt() {
    const page = await pageOf(browser);
    await meet(page, "grumpy teapot");
    await say(page, "Tell me a story.");
    await spoken(page);
    await page.waitForTimeout(500);
    const heard = await page.evaluate(() => [...document.querySelectorAll("#captions span.heard")].map((s) => s.textContent).join(""));
    await page.press("#message", "W");
    const stopped = await page.evaluate(() => window.facetime.talk.speaking);
    await page.waitForTimeout(800);
    const after = await turns(page);
    const closed = await page.evaluate(() => {
      const { row } = window.facetime.stage.face.frame;
      return row[0];
    });
    await say(page, "Who are you?");
    await answered(page);
    return { heard, stopped, jaw: closed, turns: after, all: (await turns(page)).length, complaints: page.complaints };
  },

  /** A drawing is dropped on the page while somebody talks: whom it shows is met, and painted anew. */
  async drop() {
    const page = await pageOf(browser);
    const first = await meet(page, "grumpy teapot");
    await say(page, "Tell me a story.");
    await spoken(page);
    const dropped = (type, name, text) => page.evaluate(([kind, file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file, { type: "image/svg+xml" }));
      dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, [type, name, text]);
    await dropped("dragover", "x.svg", "");
    const shown = await page.isVisible("#drop");
    await dropped("drop", "shy_logo.svg", more[0]);
    const id = await until(page, (old) => window.facetime.room.character?.id !== old && window.facetime.room.character?.id, first);
    await ready(page, id);
    const hidden = await page.isHidden("#drop");
    const met = await page.evaluate(() => window.facetime.room.character.concept);
    await say(page, "Who are you?");
    await answered(page);
    if (more[1]) await page.screenshot({ path: more[1] });
    await page.click("#who");
    await page.setInputFiles("#picture", { name: "broken.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    const told = await until(page, () => document.querySelector("#status.wrong")?.textContent);
    return { shown, hidden, met, told, state: await page.evaluate(() => document.body.dataset.state), complaints: page.complaints };
  },

  /** A reload in the middle of a sentence: history holds what was heard, and the face is back. */
  async reload() {
    const page = await pageOf(browser);
    const id = await meet(page, "grumpy teapot");
    await say(page, "Tell me a story.");
    await spoken(page);
    await page.reload();
    await ready(page, id);
    const kept = await turns(page);
    await say(page, "Go on.");
    await answered(page);
    return { turns: kept, all: (await turns(page)).length, complaints: page.complaints };
  },

  /** The server is away when a message is sent, and comes back: it is answered once. */
  async restart() {
    const page = await pageOf(browser);
    const id = await meet(page, "grumpy teapot");
    console.error("met");
    await new Promise((done) => process.stdin.once("data", done));
    await say(page, "Are you still there?");
    await page.waitForTimeout(300);
    const waiting = await page.textContent("#status");
    console.error("sent");
    await answered(page);
    return { id, waiting, messages: (await turns(page)).map((turn) => turn.message) };
  },

  /** A device that does not play: nothing waits in it to come all at once later. */
  async silent() {
    const page = await pageOf(browser);
    // Headless Chromium never holds sound back, so that it has to be said.
    await page.addInitScript(() => {
      Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
      AudioContext.prototype.resume = () => new Promise(() => {});
    });
    await page.goto(address);
    await page.fill("#concept", "grumpy teapot");
    await page.press("#concept", "Enter");
    await until(page, () => document.querySelector("#face.here"));
    await until(page, () => !document.querySelector("#wake").hidden);
    await say(page, "Who are you?");
    await until(page, () => window.facetime.talk.run?.over);
    const moving = await page.evaluate(() => window.facetime.stage.face.tracks.tracks.length);
    await until(page, () => !window.facetime.talk.speaking);
    const wake = await page.isVisible("#wake");
    const unheard = await page.evaluate(() => document.querySelectorAll("#captions span:not(.heard)").length);
    return { moving, wake, unheard, all: (await turns(page)).length, complaints: page.complaints };
  },

  /** Whoever is quicker than the greeting is answered instead. */
  async quick() {
    const page = await pageOf(browser);
    await page.addInitScript(() => {
      // A device that takes its time to wake.
      const { resume } = AudioContext.prototype;
      AudioContext.prototype.resume = function () {
        return new Promise((done) => setTimeout(() => done(resume.call(this).catch(() => {})), 300));
      };
      const state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state");
      const began = performance.now();
      Object.defineProperty(AudioContext.prototype, "state", {
        get() { return performance.now() - began < 4000 ? "suspended" : state.get.call(this); },
      });
    });
    await page.goto(address);
    await page.fill("#concept", "grumpy teapot");
    await page.press("#concept", "Enter");
    await page.waitForSelector("#composer:not([hidden])");
    await say(page, "Who are you?");
    await answered(page);
    const mine = await page.textContent("#mine");
    const kept = await turns(page);
    return { mine, turns: kept.map((turn) => [turn.message, turn.interrupted]), complaints: page.complaints };
  },

  /** Another character is met while one talks: the first falls silent, and nothing of it is left. */
  async another() {
    const page = await pageOf(browser);
    await meet(page, "grumpy teapot");
    await say(page, "Tell me a story.");
    await spoken(page);
    await page.click("#who");
    const left = await page.evaluate(() => ({
      speaking: window.facetime.talk.speaking,
      captions: document.querySelector("#captions").textContent,
      face: window.facetime.stage.face !== null,
    }));
    await page.fill("#concept", "red apple");
    await page.press("#concept", "Enter");
    const first = await until(page, () => window.facetime.room.character?.concept === "red apple" && window.facetime.talk.run?.said[0]?.text);
    const greeting = await page.evaluate(() => window.facetime.room.character.greeting);
    await page.goBack();
    await until(page, () => document.body.dataset.state === "meet");
    return { left, greets: greeting.startsWith(first), complaints: page.complaints };
  },

  /** A browser that draws no faces gets films. */
  async film() {
    const page = await pageOf(browser);
    await page.goto(address);
    await page.fill("#concept", "grumpy teapot");
    await page.press("#concept", "Enter");
    await until(page, () => document.querySelector("#waiting.here"), undefined, 60_000);
    await page.evaluate(() => window.facetime.talk.stop());
    await page.waitForTimeout(3000);
    await page.evaluate(watchSeams);
    await say(page, "Who are you?");
    await until(page, () => document.querySelector("#captions span.heard") && document.querySelector("#film.here"), undefined, 60_000);
    const moments = [];
    for (let k = 0; k < 3; k++) {
      moments.push(await page.evaluate(() => document.querySelector("#film").currentTime));
      await page.waitForTimeout(300);
    }
    if (more[0]) await page.screenshot({ path: more[0] });
    await until(page, () => !window.facetime.talk.speaking, undefined, 60_000);
    const heard = await page.evaluate(() => [...document.querySelectorAll("#captions span:not(.heard)")].length);
    const seams = await until(page, () => window.seams.length > 1 && window.seams, undefined, 60_000);
    return { moments, seams, unheard: heard, all: (await turns(page)).length, complaints: page.complaints };
  },

  /** The file that can be taken away, opened without any network. */
  async keepsake() {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const asked = [];
    const complaints = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`file://${more[0]}`);
    await until(page, () => document.querySelector("canvas.here"));
    const still = await page.evaluate(() => [...window.keepsake.face.frame.row]);
    await page.waitForTimeout(1500);
    const later = await page.evaluate(() => [...window.keepsake.face.frame.row]);
    await page.click("#touch");
    await until(page, () => document.querySelector("#captions span.heard"));
    const jaw = await until(page, () => {
      const { row } = window.keepsake.face.frame;
      return row[0] * (1 - row[3]) > 0.1 ? row[0] : 0;
    });
    const text = await page.textContent("#captions");
    return { asked: asked.length, complaints, moved: later.some((v, k) => v !== still[k]), jaw, text };
  },
};

/** In the page: how much the loop and the film differ, in levels of 255, where one takes over from the other. */
function watchSeams() {
  const film = document.querySelector("#film"), waiting = document.querySelector("#waiting");
  const pixels = (video) => {
    const pen = Object.assign(document.createElement("canvas"), { width: 128, height: 128 }).getContext("2d");
    pen.drawImage(video, 0, 0, 128, 128);
    return pen.getImageData(0, 0, 128, 128).data;
  };
  const apart = (a, b) => a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;
  window.seams = [];
  film.addEventListener("playing", () => window.seams.push(apart(pixels(film), pixels(waiting))), { once: true });
  film.addEventListener("ended", () => {
    const last = pixels(film);
    waiting.addEventListener("seeked", () => waiting.requestVideoFrameCallback(() => window.seams.push(apart(last, pixels(waiting)))), { once: true });
  }, { once: true });
}

try {
  console.log(JSON.stringify(await SCENES[scene]()));
} finally {
  await browser.close();
}
process.exit(0);
