// Two characters talk with each other on one stage; prints what was seen as one line of JSON.
//
// node duet.mjs ADDRESS PICTURES

import { join } from "node:path";
import { open, pageOf, ready, until as sooner } from "./page.mjs";

const [address, pictures] = process.argv.slice(2);
const browser = await open();
const until = (page, what, argument) => sooner(page, what, argument, 240_000);

const meet = async (page, concept) => {
  await page.fill("#concept", concept);
  await page.press("#concept", "Enter");
  const id = await until(page, () => window.facetime?.room.character?.id);
  await ready(page, id, 240_000);
  return id;
};

/** Every picture of both: who speaks by the sound, and what each face shows. */
const watch = () => {
  const { duet, stage } = window.facetime, seen = (window.seen = []);
  setInterval(() => {
    const heard = duet.sound.heard(performance.now());
    const rows = [stage, duet.second].map((view) => view.face?.frame?.row);
    const now = duet.said.findLast((one) => heard >= one.start + 0.3 && heard <= one.end - 0.3);
    if (now && rows.every(Boolean)) {
      const [jaw, yaw, pitch] = [0, 18, 19].map((k) => rows.map((row) => row[k]));
      seen.push({ turn: duet.said.indexOf(now), speaker: now.speaker, jaw, yaw, pitch, mine: document.querySelector("#mine").textContent });
    }
  }, 40);
};
const speaks = (turn) => {
  const { duet } = window.facetime, one = duet.said[turn], heard = duet.sound.heard(performance.now());
  return one && heard > one.start + 0.8 && heard < one.end;
};

const invite = async (page) => {
  await page.click("#more");
  await page.getByRole("button", { name: "Bring on stage" }).click();
  await until(page, () => document.querySelector("#face2.here"));
};

try {
  const page = await pageOf(browser);
  await page.goto(address);
  const second = await meet(page, "old fisherman");
  await page.click("#who");
  await until(page, () => document.body.dataset.state === "meet");
  const first = await meet(page, "grumpy teapot");
  await invite(page);
  await page.evaluate(watch);
  await page.fill("#topic", "<b>rain</b>");
  await page.selectOption("#duet-turns", "4");
  await page.press("#topic", "Enter");
  const names = await page.locator(".label").allTextContents();
  for (const turn of [0, 1]) {
    await until(page, speaks, turn);
    await page.screenshot({ path: join(pictures, `duet-wide-${turn}.png`), timeout: 120_000 });
  }
  await until(page, () => !window.facetime.duet.speaking);
  const seen = await page.evaluate(() => window.seen);
  const contexts = await page.evaluate(() => window.facetime.stage.face.stage === window.facetime.duet.second.face.stage);
  const kept = await page.evaluate((id) => fetch(`/chatanything/facetime/characters/${id}/duet`).then((r) => r.json()), first);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.selectOption("#duet-turns", "40");
  await page.click("#duet-go");
  await until(page, speaks, 0);
  await page.screenshot({ path: join(pictures, "duet-narrow.png"), timeout: 120_000 });
  await page.keyboard.press("Escape");
  const stopped = await page.evaluate(async () => {
    const { duet, stage } = window.facetime, speaking = duet.speaking;
    await new Promise((done) => setTimeout(done, 400));
    return { speaking, jaw: [stage, duet.second].map((view) => view.face.frame.row[0]), captions: document.querySelector("#captions").textContent };
  });
  await page.keyboard.press("Escape");
  const alone = await page.evaluate(() => ({
    faces: document.querySelectorAll("#stage canvas").length,
    composer: !document.querySelector("#composer").hidden,
    markup: document.querySelectorAll("#drawer b b, #words b").length,
  }));
  await page.click("#more");
  await until(page, () => document.querySelector("#drawer details.last"));
  await page.click("#drawer details.last summary");
  await page.locator("#drawer details.last").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, "duet-drawer.png"), timeout: 120_000 });
  const told = await page.locator("#drawer details.last").innerText();
  console.log(JSON.stringify({ first, second, names, seen, contexts, kept, stopped, alone, told, complaints: page.complaints }));
} finally {
  await browser.close();
}
