// Opens ComfyUI's page in chromium in one of its languages, rests the mouse on a widget and a socket of
// a Character as a user does, and prints what is to be read there as one line of JSON.
//
// node tooltips.mjs ADDRESS PICTURES LANGUAGE

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, pictures, language] = process.argv.slice(2);
const KIND = "ChatAnythingCharacter";

/** In the page: the node alone; where on the page its seed and its first output are. */
async function addNode(kind) {
  await window.app.extensionManager.setting.set("Comfy.VueNodes.Enabled", false);
  await window.app.loadGraphData({ version: 0.4, nodes: [], links: [], last_node_id: 0, last_link_id: 0 });
  const node = window.LiteGraph.createNode(kind);
  node.pos = [300, 100];
  window.app.graph.add(node);
  const { canvas } = window.app;
  [canvas.ds.scale, canvas.ds.offset] = [1, [200, 120]];
  canvas.setDirty(true, true);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const box = canvas.canvas.getBoundingClientRect();
  const place = ([x, y]) => [x + 200 + box.left, y + 120 + box.top];
  const seed = node.widgets.find((widget) => widget.name === "seed");
  return {
    title: node.title,
    widget: place([node.pos[0] + node.size[0] / 2, node.pos[1] + seed.last_y + 10]),
    output: place(node.getConnectionPos(false, 0)),
  };
}

/** What the page tells of a place, once the mouse has rested there. */
async function told(page, [x, y]) {
  await page.mouse.move(x - 30, y + 300);
  await page.waitForTimeout(300);
  await page.mouse.move(x - 4, y);
  await page.mouse.move(x, y);
  const tooltip = page.locator(".node-tooltip");
  await tooltip.filter({ hasText: /\S/ }).waitFor();
  return tooltip.innerText();
}

const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  viewport: { width: 1600, height: 900 },
});
const choose = (name, value) =>
  fetch(`${address}/api/settings/${name}`, { method: "POST", body: JSON.stringify(value) });
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await choose("Comfy.TutorialCompleted", true);
  await choose("Comfy.Locale", language);
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await page.waitForFunction((kind) => window.LiteGraph.registered_node_types[kind], KIND);
  await page.waitForTimeout(2000);
  const { title, widget, output } = await page.evaluate(addNode, KIND);
  const seed = await told(page, widget);
  await page.screenshot({ path: join(pictures, `tooltips-${language}.png`) });
  console.log(JSON.stringify({ title, seed, output: await told(page, output) }));
} catch (error) {
  await browser.pages().at(-1).screenshot({ path: join(pictures, `tooltips-${language}-failed.png`) });
  throw error;
} finally {
  await browser.close();
  await choose("Comfy.Locale", "en");
  await rm(profile, { recursive: true, force: true });
}
