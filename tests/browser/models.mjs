// Opens ComfyUI's page in chromium, adds two Face Checks, and uses a button of theirs as a user does.
// A file of the size BYTES at PLACE stands in for one that was fetched. Prints what it saw as one
// line of JSON.
//
// node models.mjs ADDRESS PICTURES PLACE BYTES

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";

const [address, pictures, place, bytes] = process.argv.slice(2);
const LABEL = "Get the face models";

/** In the page: a new Face Check; how it is saved and what of it is sent, with its button. */
async function addNode(label) {
  const node = window.LiteGraph.createNode("ChatAnythingFaceCheck");
  window.app.graph.clear();
  window.app.graph.add(node);
  window.app.graph.add(window.LiteGraph.createNode("ChatAnythingFaceCheck"));
  const find = () => node.widgets.find((widget) => widget.label === label || widget.name === label);
  for (let tries = 0; !find() && tries < 100; tries++) await new Promise((r) => setTimeout(r, 50));
  window.button = find();
  const prompt = (await window.app.graphToPrompt()).output;
  return {
    type: window.button?.type ?? null,
    saved: window.app.graph.serialize().nodes[0].widgets_values,
    sent: Object.keys(Object.values(prompt)[0].inputs),
  };
}

/** What the newest message says. */
async function message(page, text) {
  const toast = page.locator(".p-toast-message").filter({ hasText: text }).first();
  await toast.waitFor();
  return toast.innerText();
}

/** The question that the button asks, answered by the button of that name. */
async function answer(page, name) {
  await page.evaluate(() => void window.button.callback());
  const dialog = page.getByRole("dialog").filter({ hasText: LABEL });
  await dialog.waitFor();
  const text = await dialog.innerText();
  await page.screenshot({ path: join(pictures, `models-${name}.png`) });
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  return text;
}

const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  viewport: { width: 1600, height: 900 },
});
try {
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (one) => {
    if (one.method() === "POST" && one.url().includes("/chatanything/")) asked.push(one.postData());
  });
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await page.waitForFunction(() => window.LiteGraph.registered_node_types.ChatAnythingFaceCheck);
  await page.waitForTimeout(1000);
  const node = await page.evaluate(addNode, LABEL);
  const question = await answer(page, "Cancel");
  const afterCancel = [...asked];
  await answer(page, "Confirm");
  const refused = await message(page, "ChatAnything");
  await page.screenshot({ path: join(pictures, "models-told.png") });
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, Buffer.alloc(Number(bytes)));
  await answer(page, "Confirm");
  const thanked = await message(page, "The models are here");
  const left = await page.evaluate(() =>
    window.app.graph.nodes.flatMap((one) => one.widgets.map((widget) => widget.type)),
  );
  console.log(JSON.stringify({ node, question, afterCancel, asked, refused, thanked, left }));
} finally {
  await browser.close();
  await rm(place, { force: true });
  await rm(profile, { recursive: true, force: true });
}
