// Opens ComfyUI's page in chromium with a Diffuser Mixer and an LLM Persona, chooses other engines as
// a user does, and prints what the menus offered as one line of JSON.
//
// node menus.mjs ADDRESS PICTURES classic|vue

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, pictures, canvas] = process.argv.slice(2);
const KINDS = ["ChatAnythingDiffuserMixer", "ChatAnythingPersona"];

const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  viewport: { width: 1600, height: 1000 },
});

/** In the page: the two nodes side by side, at the upper left. */
async function addNodes([kinds, vue]) {
  await window.app.extensionManager.setting.set("Comfy.VueNodes.Enabled", vue);
  await window.app.loadGraphData({ version: 0.4, nodes: [], links: [], last_node_id: 0, last_link_id: 0 });
  kinds.forEach((kind, at) => {
    const node = window.LiteGraph.createNode(kind);
    [node.pos, node.properties.kind] = [[600 * at, 0], kind];
    window.app.graph.add(node);
  });
  const { ds } = window.app.canvas;
  [ds.scale, ds.offset] = [1, [200, 120]];
  window.app.canvas.setDirty(true, true);
  window.widget = (kind, name) =>
    window.app.graph.nodes.find((one) => one.type === kind).widgets.find((one) => one.name === name);
}

/** Choose an option of a menu: by mouse in Nodes 2.0, by the widget's own call in the classic canvas. */
async function choose(page, kind, name, value) {
  if (canvas === "classic") {
    await page.evaluate(
      ([kind, name, value]) => {
        const node = window.app.graph.nodes.find((one) => one.type === kind);
        const widget = window.widget(kind, name);
        widget.value = value;
        widget.callback?.(value, window.app.canvas, node);
      },
      [kind, name, value],
    );
  } else {
    await open(page, kind, name);
    await page.getByRole("option", { name: value, exact: true }).click();
  }
  await page.waitForTimeout(500);
}

/** Open a menu in Nodes 2.0; gives what is to be read there. */
async function open(page, kind, name) {
  const id = await page.evaluate((type) => window.app.graph.nodes.find((one) => one.type === type).id, kind);
  await page.locator(`[data-node-id="${id}"]`).getByRole("combobox", { name, exact: true }).first().click();
  const options = page.getByRole("option");
  await options.first().waitFor();
  return (await options.allInnerTexts()).map((text) => text.trim());
}

async function offers(page, kind, name) {
  if (canvas === "classic")
    return page.evaluate(([kind, name]) => window.widget(kind, name).options.values, [kind, name]);
  const read = await open(page, kind, name);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  return read;
}

const value = (page, kind, name) => page.evaluate(([kind, name]) => window.widget(kind, name).value, [kind, name]);

const complaints = [];
try {
  const page = await browser.newPage();
  // Any menu with a search field fails in PrimeVue's own code when it closes, on ComfyUI 0.8.
  page.on("pageerror", ({ stack }) => stack.includes("vendor-primevue") || complaints.push(stack));
  await fetch(`${address}/api/settings/Comfy.TutorialCompleted`, { method: "POST", body: "true" });
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await page.waitForFunction((kind) => window.LiteGraph.registered_node_types[kind], KINDS[1]);
  await page.waitForTimeout(1000);
  await page.evaluate(addNodes, [KINDS, canvas === "vue"]);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(pictures, `menus-${canvas}.png`) });
  const [mixer, persona] = KINDS;
  const seen = { sketch: await offers(page, mixer, "expert") };
  await choose(page, mixer, "expert", "ink");
  await choose(page, mixer, "engine", "diffusers");
  seen.diffusers = await offers(page, mixer, "expert");
  seen.after = await value(page, mixer, "expert");
  await choose(page, mixer, "expert", "starter");
  seen.kept = await page.evaluate((kind) => {
    const saved = window.app.graph.serialize();
    saved.nodes.find((one) => one.type === kind).widgets_values[1] = "an expert of another computer";
    return window.app.loadGraphData(saved).then(() => window.widget(kind, "expert").value);
  }, mixer);
  await page.waitForTimeout(1000);
  seen.loaded = await offers(page, mixer, "expert");
  seen.offline = await offers(page, persona, "profile");
  await choose(page, persona, "engine", "openai");
  seen.openai = await offers(page, persona, "profile");
  await page.evaluate(() => window.app.refreshComboInNodes());
  await page.waitForTimeout(1000);
  seen.refreshed = await offers(page, persona, "profile");
  console.log(JSON.stringify({ ...seen, complaints }));
} catch (error) {
  await browser.pages().at(-1).screenshot({ path: join(pictures, `menus-${canvas}-failed.png`) });
  throw error;
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
