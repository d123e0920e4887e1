// A talk of many turns in one page: what was drawn, what was heard, and the memory it took.
//
// node long_talk.mjs ADDRESS ID TURNS WHOLE: of TURNS the first WHOLE are heard to their end.

import { MESSAGES } from "./messages.mjs";
import { open, pageOf, ready, until } from "./page.mjs";

const [address, id, turns, whole] = process.argv.slice(2);
const browser = await open();
// The recorder is a worklet of its own, which the page's policy forbids.
const page = await pageOf(browser, { bypassCSP: true });
await page.addInitScript(watchSound);
const memory = [];
try {
  await page.goto(`${address}#${id}`);
  await ready(page, id);
  await page.evaluate(record);
  const probe = await page.context().newCDPSession(page);
  const used = async () => {
    await page.keyboard.press("Escape"); // the sound of a sentence that is still being said is no leak
    await page.waitForTimeout(500);
    await probe.send("HeapProfiler.collectGarbage");
    return (await probe.send("Runtime.getHeapUsage")).usedSize;
  };
  for (let turn = 0; turn < Number(turns); turn++) {
    await page.fill("#message", MESSAGES[turn % MESSAGES.length]);
    await page.press("#message", "Enter");
    if (turn < Number(whole)) await until(page, () => !window.facetime.talk.speaking, undefined, 120_000);
    else await until(page, () => window.facetime.talk.measured.at(-1).finished, undefined, 60_000);
    if (turn + 1 === Number(whole)) {
      await page.waitForTimeout(20_000);
      await page.evaluate(() => (window.recording.over = true));
    }
    if (turn === 0) await page.waitForTimeout(20_000);
    if (turn % 10 === 9 || turn + 1 === Number(turns)) memory.push([turn + 1, await used()]);
  }
  const seen = await page.evaluate(() => ({ frames: window.recording.frames, sound: window.compared(), turns: window.facetime.talk.measured.length }));
  const kept = await page.evaluate((id) => fetch(`/chatanything/facetime/characters/${id}`).then((r) => r.json()).then((c) => c.turns.length), id);
  console.log(JSON.stringify({ ...seen, kept, memory, complaints: page.complaints }));
} finally {
  await browser.close();
}

/** In the page, before its own code: what is given to the loudspeaker is recorded and remembered. */
function watchSound() {
  const heard = [], sent = [];
  const recorder = `registerProcessor("recorder", class extends AudioWorkletProcessor {
    process([[channel]]) { if (channel) this.port.postMessage([currentFrame, channel.slice()]); return true; }
  });`;
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to === this.context.destination) {
      const { context } = this;
      context.audioWorklet.addModule(URL.createObjectURL(new Blob([recorder], { type: "text/javascript" }))).then(() => {
        const node = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0 });
        node.port.onmessage = ({ data }) => window.recording && !window.recording.over && heard.push(data);
        connect.call(this, node);
      });
    }
    return connect.call(this, to, ...more);
  };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when, offset = 0) {
    if (window.recording && !window.recording.over) {
      const { sampleRate } = this.buffer, from = Math.round(offset * sampleRate);
      sent.push([Math.round(when * sampleRate), this.buffer.getChannelData(0).slice(from)]);
    }
    return start.call(this, when, offset);
  };
  // Samples that were sent, and those that were heard otherwise or not at all.
  window.compared = () => {
    const blocks = new Map(heard.map(([at, samples]) => [at, samples]));
    let samples = 0, missing = 0, wrong = 0;
    const faults = [];
    for (const [n, [at, wanted]] of sent.entries()) {
      const before = missing + wrong;
      for (let k = 0; k < wanted.length; k++, samples++) {
        const block = blocks.get((at + k) & ~127);
        if (block && Math.abs(block[(at + k) & 127] - wanted[k]) <= 1e-4) continue;
        if (missing + wrong === before) faults.push([n, k, wanted.length]);
        if (block) wrong++;
        else missing++;
      }
    }
    return { sentences: sent.length, samples, missing, wrong, faults };
  };
}

/** In the page: keep what every picture shows. */
function record() {
  window.recording = { frames: [], over: false };
  const { face } = window.facetime.stage, { onframe } = face;
  face.onframe = (frame) => {
    if (!window.recording.over) window.recording.frames.push([frame.time, ...frame.row]);
    onframe(frame);
  };
}
