// Pictures of the page for the documents: dark and light, wide and narrow, and a talk as it moves.
//
// node pictures.mjs ADDRESS ID FOLDER

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, pageOf, ready, until } from "./page.mjs";

const [address, id, folder] = process.argv.slice(2);
const browser = await open();

const STILLS = [
  ["wide-light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }, false],
  ["wide-dark", { colorScheme: "dark", viewport: { width: 1280, height: 800 } }, true],
  ["narrow-light", { colorScheme: "light", viewport: { width: 390, height: 800 } }, true],
  ["narrow-dark", { colorScheme: "dark", viewport: { width: 390, height: 800 } }, false],
];

const say = async (page, message) => {
  await page.locator("#message").pressSequentially(message, { delay: 35 });
  await page.press("#message", "Enter");
};
const speaks = (page) => until(page, () => window.facetime.talk.measured.at(-1).finished && document.querySelectorAll("#captions span.heard").length > 2, undefined, 60_000);
const silent = (page) => until(page, () => !window.facetime.talk.speaking, undefined, 120_000);

try {
  for (const [name, options, drawer] of STILLS) {
    const page = await pageOf(browser, options);
    await page.goto(`${address}#${id}`);
    await ready(page, id);
    await say(page, "What do you like?");
    await speaks(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    if (drawer) {
      await page.click("#more");
      await page.waitForTimeout(900);
      await page.screenshot({ path: join(folder, `${name}-drawer.png`) });
    }
    await page.close();
  }
  const page = await pageOf(browser, { viewport: { width: 540, height: 480 } });
  await page.goto(`${address}#${id}`);
  await ready(page, id);
  await page.waitForTimeout(1500);
  const probe = await page.context().newCDPSession(page);
  const taken = [];
  probe.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    taken.push(metadata.timestamp);
    writeFileSync(join(folder, `talk-${String(taken.length - 1).padStart(4, "0")}.jpg`), Buffer.from(data, "base64"));
    probe.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
  });
  await probe.send("Page.startScreencast", { format: "jpeg", quality: 95, everyNthFrame: 1 });
  await page.waitForTimeout(1200);
  await say(page, "Who are you?");
  await speaks(page);
  await silent(page);
  await page.waitForTimeout(1200);
  await probe.send("Page.stopScreencast");
  console.log(JSON.stringify({ taken }));
} finally {
  await browser.close();
}
