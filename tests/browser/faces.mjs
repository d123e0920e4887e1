// Opens ComfyUI's page in chromium with the prompt of a file, runs it, moves the face of its one Face
// Check by mouse, runs it again, and prints what it saw as one line of JSON.
//
// node faces.mjs ADDRESS PROMPT PICTURES classic|vue NODE [STEPS]
//
// STEPS is JSON: [what, dx, dy, notches]: what is pressed (corner, part, face or number), how far it
// is dragged as shares of the shown picture, and turns of the wheel there.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";

const [address, file, pictures, canvas, kind, steps = "[]"] = process.argv.slice(2);
const prompt = JSON.parse(await readFile(file, "utf8"));
const name = `${basename(file, ".json")}-${canvas}`;

const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  viewport: { width: 1600, height: 1000 },
});

async function openGraph(page) {
  await page.evaluate(async ([workflow, vue, type]) => {
    const settings = window.app.extensionManager.setting;
    // Pages pile up the nodes of an API file: they are put in a row, and opened as a workflow.
    await settings.set("Comfy.VueNodes.Enabled", false);
    await window.app.loadApiJson(workflow, "faces");
    window.app.graph.nodes.forEach((one, at) => (one.pos = [900 * at, 0]));
    const graph = window.app.graph.serialize();
    await settings.set("Comfy.VueNodes.Enabled", vue);
    await window.app.loadGraphData(graph);
    const node = window.app.graph.nodes.find((one) => one.type === type);
    window.faces = node;
    node.setSize([420, node.size[1]]);
    window.shown = {};
    window.app.api.addEventListener("executed", ({ detail }) => {
      window.shown[detail.display_node ?? detail.node] = detail.output;
    });
  }, [prompt, canvas === "vue", kind]);
}

async function run(page) {
  const ended = page.evaluate(
    () =>
      new Promise((resolve) => {
        for (const type of ["execution_success", "execution_error"])
          window.app.api.addEventListener(type, (event) => resolve([type, event.detail]), { once: true });
      }),
  );
  await page.evaluate(() => window.app.queuePrompt(0));
  const [type, detail] = await ended;
  await page.waitForTimeout(1500);
  return { type, error: detail?.exception_message ?? null, shown: await page.evaluate(() => structuredClone(window.shown)) };
}

/** The node of the face at the upper left. */
const lookAtIt = (page) =>
  page.evaluate(() => {
    const { ds } = window.app.canvas;
    ds.scale = 1;
    ds.offset = [250 - window.faces.pos[0], 60 - window.faces.pos[1]];
    window.app.canvas.setDirty(true, true);
  });

async function act(page, [what, dx, dy, notches = 0]) {
  const [key, value] = what.split("=");
  const editor = page.getByTestId("face-editor").first();
  const target = editor.locator(`[data-${key}="${value}"]`).first();
  const [box, all] = [await target.boundingBox(), await editor.locator("image").boundingBox()];
  const from = [box.x + box.width / 2, box.y + box.height * (key === "face" ? 0.62 : 0.5)];
  await page.mouse.move(...from);
  if (notches) await page.mouse.wheel(0, -100 * Math.sign(notches));
  for (let turn = 1; turn < Math.abs(notches); turn++) await page.mouse.wheel(0, -100 * Math.sign(notches));
  if (!dx && !dy && notches) return page.waitForTimeout(200);
  await page.mouse.down();
  await page.mouse.move(from[0] + (dx * all.width) / 2, from[1] + (dy * all.height) / 2);
  await page.mouse.move(from[0] + dx * all.width, from[1] + dy * all.height, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(200);
}

const complaints = [];
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  // A new user is greeted with templates, sooner or later.
  await fetch(`${address}/api/settings/Comfy.TutorialCompleted`, { method: "POST", body: "true" });
  page.setDefaultTimeout(120_000);
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await page.waitForFunction((type) => window.LiteGraph.registered_node_types[type], kind);
  await page.waitForTimeout(1000);
  await openGraph(page);
  const first = await run(page);
  await lookAtIt(page);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(pictures, `${name}-before.png`) });
  const place = await page.evaluate(() => [...window.faces.pos]);
  for (const step of JSON.parse(steps)) await act(page, step);
  await page.screenshot({ path: join(pictures, `${name}-dragged.png`) });
  const values = await page.evaluate(() =>
    Object.fromEntries(window.faces.widgets.map((widget) => [widget.name, widget.value])),
  );
  const kept = await page.evaluate(() => {
    const saved = window.app.graph.serialize().nodes.find((one) => one.type === window.faces.type);
    return { saved: saved.widgets_values, place: [...window.faces.pos] };
  });
  const sent = await page.evaluate(async () => {
    const { output } = await window.app.graphToPrompt();
    return Object.keys(output[window.faces.id].inputs);
  });
  const second = await run(page);
  await page.screenshot({ path: join(pictures, `${name}-after.png`) });
  console.log(JSON.stringify({ first, second, values, ...kept, before: place, sent, complaints }));
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
