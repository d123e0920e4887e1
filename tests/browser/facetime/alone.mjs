// A stage beside the page that it follows; prints what was seen as one line of JSON.
//
// node alone.mjs ADDRESS PICTURES

import { join } from "node:path";
import { open, pageOf, ready, until as sooner } from "./page.mjs";

const [address, pictures] = process.argv.slice(2);
const browser = await open();
const until = (page, what, argument) => sooner(page, what, argument, 120_000);
try {
  const page = await pageOf(browser);
  await page.goto(address);
  await page.fill("#concept", "grumpy teapot");
  await page.press("#concept", "Enter");
  const id = await until(page, () => window.facetime?.room.character?.id);
  await ready(page, id, 120_000);
  const stage = await pageOf(browser, { viewport: { width: 640, height: 480 } });
  await stage.goto(`${address}chatanything/stage?character=${id}&captions=1`);
  await until(stage, () => window.alone?.stage.face?.frame && document.querySelector("#face.here"));
  await stage.waitForTimeout(1500);
  await stage.screenshot({ path: join(pictures, "stage.png"), omitBackground: true, timeout: 120_000 });
  await page.fill("#message", "Tell me a long story about your life.");
  await page.press("#message", "Enter");
  await until(stage, () => window.alone.said.length && document.querySelector("#captions span.heard"));
  const said = await stage.evaluate(() => window.alone.said[0].text);
  const asked = await page.evaluate(() => window.facetime.talk.run?.said[0].text);
  await stage.screenshot({ path: join(pictures, "stage-talks.png"), omitBackground: true, timeout: 120_000 });
  await page.press("#message", "W");
  await until(stage, () => !window.alone.said.length);
  console.log(JSON.stringify({ said, asked, complaints: [...page.complaints, ...stage.complaints] }));
} finally {
  await browser.close();
}
