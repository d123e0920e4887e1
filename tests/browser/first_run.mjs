// A new user's first minute in ComfyUI's page: templates, ours, the first of them, a sentence, Run.
// Every click of the mouse is counted; prints what was seen as one line of JSON.
//
// node first_run.mjs ADDRESS TEMPLATE PICTURES CONCEPT

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS } from "./facetime/page.mjs";

const [address, template, pictures, concept] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...FLAGS, "--disable-gpu"],
  viewport: { width: 1920, height: 1080 },
});

/** How many fields and menus the page shows for our nodes: what a newcomer has to look past. */
const knobs = () =>
  window.app.graph.nodes
    .filter((node) => node.type.startsWith("ChatAnything") && !node.flags?.collapsed)
    .flatMap((node) => node.widgets ?? [])
    .filter((widget) => !widget.hidden && !widget.advanced && !widget.options?.advanced && widget.name !== "control_after_generate" && widget.name !== "shown").length;

try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await page.evaluate(() => window.app.extensionManager.command.execute("Comfy.BrowseTemplates"));
  const clicked = [];
  const click = async (what, locator) => {
    await locator.click();
    clicked.push(what);
  };
  const dialog = page.getByRole("dialog");
  await click("ChatAnything", dialog.getByText("ChatAnything", { exact: true }).first());
  await click(template, dialog.locator(`[data-testid="template-workflow-${template}"]`));
  await page.waitForFunction(() => window.app.graph.nodes.length > 2);
  await page.waitForTimeout(2000);
  const welcome = page.getByRole("dialog"); // newer pages greet once, before any app
  if (await welcome.count()) await page.keyboard.press("Escape");
  await page.screenshot({ path: join(pictures, "first-opened.png") });
  const shown = await page.evaluate(knobs);
  const field = await page.waitForFunction(() =>
    [...document.querySelectorAll("textarea")].find((one) => one.value === "grumpy teapot" && one.offsetParent),
  );
  await field.fill(concept);
  await field.evaluate((one) => one.blur());
  await click("Run", page.getByRole("button", { name: /^Run/ }).and(page.locator(":visible")).first());
  const film = await page.waitForFunction(
    () => [...document.querySelectorAll("video")].find((one) => one.offsetParent && one.videoWidth && one.duration > 1),
    undefined,
    { timeout: 120_000 },
  );
  const seconds = await film.evaluate((one) => one.duration);
  await page.waitForFunction(() => [...document.querySelectorAll("video")].some((one) => one.currentTime > 0.5), undefined, { timeout: 30_000 });
  await page.screenshot({ path: join(pictures, "first-film.png") });
  const { output } = await page.evaluate(() => window.app.graphToPrompt());
  const asked = Object.values(output).map((one) => one.inputs.concept).filter(Boolean);
  console.log(JSON.stringify({ clicked, knobs: shown, asked, seconds }));
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
