// The page with a microphone; prints what was seen as one line of JSON.
//
// node voice.mjs SCENE ADDRESS PICTURES [SOUND of the fake microphone]

import { join } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS, pageOf, ready, SOFTWARE, until as sooner } from "./page.mjs";

const [scene, address, pictures, sound] = process.argv.slice(2);
const fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", ...(sound ? [`--use-file-for-fake-audio-capture=${sound}%noloop`] : [])];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...SOFTWARE, ...fake] });
const until = (page, what, argument) => sooner(page, what, argument, 120_000);

/** In the page: what leaves the loudspeaker can be measured. */
function tapOutput() {
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (target, ...more) {
    if (target instanceof AudioDestinationNode) {
      const seen = target.context.createAnalyser();
      seen.fftSize = 256;
      window.loudspeaker = seen;
      connect.call(this, seen);
      window.ownSound = this;
    }
    return connect.call(this, target, ...more);
  };
}

/** In the page: when the loudspeaker and the mouth were last seen moving, from now on. */
function watch() {
  const seen = (window.seen = { sound: 0, mouth: 0 });
  const part = new Float32Array(256);
  setInterval(() => {
    window.loudspeaker?.getFloatTimeDomainData(part);
    if (part.some((value) => Math.abs(value) > 0.002)) seen.sound = performance.now();
  }, 4);
  const { stage } = window.facetime;
  const before = stage.onframe;
  stage.onframe = (frame) => {
    if (frame.mouth > 0.05) seen.mouth = frame.finished;
    before(frame);
  };
}

async function meet(page, concept) {
  await page.addInitScript(tapOutput);
  await page.goto(address);
  await page.fill("#concept", concept);
  await page.press("#concept", "Enter");
  const id = await until(page, () => window.facetime?.room.character?.id);
  await ready(page, id, 120_000);
  return id;
}
const say = async (page, message) => {
  await page.fill("#message", message);
  await page.press("#message", "Enter");
};
const turns = (page) => page.evaluate(() => fetch(`/chatanything/facetime/characters/${window.facetime.room.character.id}`).then((r) => r.json()).then((c) => c.turns));
const starts = (page) => page.evaluate(() => window.facetime.mic.microphone.measured);

const SCENES = {
  /** A recorded voice cuts in while the character talks; its words are answered. */
  async barge() {
    const page = await pageOf(browser);
    await meet(page, "grumpy teapot");
    await page.evaluate(watch);
    await say(page, "Tell me a long story about your life.");
    await until(page, () => window.facetime.talk.run?.said.length && window.seen.mouth);
    await page.click("#mic");
    await page.screenshot({ path: join(pictures, "microphone.png"), timeout: 120_000 });
    await until(page, () => window.facetime.mic.microphone.measured.length);
    const gestures = await page.evaluate(() => {
      const { face } = window.facetime.stage;
      const before = face.play.bind(face);
      window.gestures = [];
      face.play = (motion, at) => {
        if (motion.columns.length < 3) window.gestures.push(motion.columns.join());
        before(motion, at);
      };
      return { ...window.seen };
    });
    await page.waitForTimeout(700);
    const [first, seen] = [(await starts(page))[0], await page.evaluate(() => ({ ...window.seen }))];
    await until(page, () => window.facetime.mic.microphone.measured[0].understood);
    await until(page, () => window.facetime.room.character.turns.length >= 2);
    return { all: await starts(page), first, seen, gestures, listened: await page.evaluate(() => window.gestures), turns: await turns(page), complaints: page.complaints };
  },

  /** The microphone hears our own loudspeaker, a moment later, and nothing else. */
  async itself() {
    const page = await pageOf(browser);
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        const own = window.ownSound, { context } = own;
        const [way, far, end] = [context.createDelay(1), context.createGain(), context.createMediaStreamDestination()];
        way.delayTime.value = 0.08;
        far.gain.value = 0.3;
        own.connect(way).connect(far).connect(end);
        return end.stream;
      };
    });
    await meet(page, "grumpy teapot");
    await page.evaluate(watch);
    await say(page, "Who are you?");
    await until(page, () => window.facetime.talk.run?.said.length);
    await page.click("#mic");
    await until(page, () => !window.facetime.talk.speaking);
    await say(page, "Tell me a long story about your life.");
    await until(page, () => window.facetime.talk.run?.said.length);
    await until(page, () => !window.facetime.talk.speaking);
    const heard = await page.evaluate(() => window.facetime.mic.microphone.on);
    return { heard, starts: await starts(page), turns: await turns(page), complaints: page.complaints };
  },

  /** Each of the four causes, shown in the drawer in place of the microphone. */
  async causes() {
    const told = {};
    const breakings = {
      insecure: () => Object.defineProperty(window, "isSecureContext", { value: false }),
      unsupported: () => Object.defineProperty(navigator, "mediaDevices", { value: undefined }),
      unrecorded: () => delete window.AudioWorkletNode,
      unheard: () => {
        delete window.SpeechRecognition;
        delete window.webkitSpeechRecognition;
      },
    };
    for (const [cause, breaking] of Object.entries(breakings)) {
      const page = await pageOf(browser);
      await page.addInitScript(breaking);
      await meet(page, "grumpy teapot");
      await page.click("#more");
      await until(page, () => document.querySelector("#drawer section"));
      const text = await page.evaluate(() => [...document.querySelectorAll("#drawer section")].find((one) => one.querySelector("h2").textContent === "Listening").querySelector("p").textContent);
      told[cause] = { text, hidden: await page.locator("#mic").isHidden() };
      if (cause === "unheard") {
        await page.evaluate(() => [...document.querySelectorAll("#drawer h2")].find((one) => one.textContent === "Listening").scrollIntoView());
        await page.screenshot({ path: join(pictures, "unheard.png"), timeout: 120_000 });
      }
      await page.close();
    }
    return told;
  },
};

try {
  console.log(JSON.stringify(await SCENES[scene]()));
} finally {
  await browser.close();
}
