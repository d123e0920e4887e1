// The facetime page in a real browser.

import { chromium } from "playwright-core";

export const SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
/** A browser that draws no WebGL at all. */
const NOTHING = ["--disable-gpu", "--disable-software-rasterizer"];
export const FLAGS = [
  "--no-sandbox",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @param {boolean} [draws] whether it has WebGL */
export const open = (draws = true) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...(draws ? SOFTWARE : NOTHING)] });

/**
 * A page that tells what went wrong in it.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function pageOf(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
  return Object.assign(page, { complaints });
}

/** Until something holds in the page; its policy forbids what `waitForFunction` does. */
export async function until(page, what, argument, patience = 30_000) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await page.evaluate(what, argument).catch(() => null);
    if (found) return found;
    await page.waitForTimeout(30);
  }
  throw new Error(`This never came true: ${what}`);
}

/** Until the face of a character is alive and nothing is said. */
export async function ready(page, id, patience = 30_000) {
  await until(page, (wanted) => {
    const { talk, stage, room } = window.facetime ?? {};
    return room?.character?.id === wanted && stage.face?.frame && document.querySelector("#face.here") !== null && talk;
  }, id, patience);
  // A new character greets, or asks for a touch first; what is measured comes after it.
  await until(page, (wanted) => {
    const { talk, room } = window.facetime;
    return room.character.turns.length || talk.run?.who === wanted || !document.querySelector("#wake").hidden;
  }, id, patience);
  await page.evaluate(() => window.facetime.talk.stop());
  await page.waitForTimeout(500);
}
