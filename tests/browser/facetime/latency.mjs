// From Enter to the first moving mouth in a finished picture, turn by turn, as one line of JSON.
//
// node latency.mjs ADDRESS TURNS ID...

import { MESSAGES } from "./messages.mjs";
import { open, pageOf, ready } from "./page.mjs";

/** Milliseconds that a turn may take to open its mouth. */
const PATIENCE = 30_000;

const [address, count, ...ids] = process.argv.slice(2);
const browser = await open();
const page = await pageOf(browser);
const turns = [];
try {
  for (let turn = 0; turn < Number(count); turn++) {
    const id = ids[turn % ids.length];
    await page.goto(`${address}#${id}`);
    await ready(page, id);
    const message = MESSAGES[turn % MESSAGES.length];
    await page.fill("#message", message);
    await page.press("#message", "Enter");
    const times = await opened(page);
    turns.push({ id, message, wall: await page.evaluate((at) => performance.timeOrigin + at, times.finished), ...times });
    await page.evaluate(() => window.facetime.talk.stop());
    await page.waitForTimeout(400);
  }
  const renderer = await page.evaluate(() => window.facetime.stage.face?.stage.renderer);
  console.log(JSON.stringify({ renderer, turns }));
} finally {
  await browser.close();
}

/** @param {import("playwright-core").Page} page */
async function opened(page) {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const times = await page.evaluate(() => window.facetime.talk.measured.at(-1));
    if (times?.finished) return times;
    await page.waitForTimeout(25);
  }
  throw new Error("No mouth has opened.");
}
