// Opens ComfyUI's page in chromium, loads one of our templates the way a user does, looks at it,
// runs it, and prints what it saw as one line of JSON.
//
// node page.mjs ADDRESS TEMPLATE PICTURES [run]

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, template, pictures, run] = process.argv.slice(2);
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** In the page: wrong nodes, wrong links and the prompt that ComfyUI itself makes of the graph. */
async function inspect() {
  const graph = window.app.graph;
  const known = window.LiteGraph.registered_node_types;
  const nodes = graph.nodes ?? graph._nodes;
  const unlinked = (node) =>
    (node.inputs ?? [])
      .filter((input) => input.link == null && !input.widget && !input.shape)
      .map((input) => `${node.type}.${input.name}`);
  const links = [...graph.links.values()].map((link) => {
    const source = graph.getNodeById(link.origin_id)?.outputs[link.origin_slot];
    const target = graph.getNodeById(link.target_id)?.inputs[link.target_slot];
    return { from: source?.type, to: target?.type };
  });
  const fresh = [...new Set(nodes.map((node) => node.type))]
    .filter((type) => type.startsWith("ChatAnything"))
    .map((type) => window.LiteGraph.createNode(type));
  const controls = fresh
    .flatMap((node) => node.widgets ?? [])
    .filter((widget) => widget.name === "control_after_generate")
    .map((widget) => widget.value);
  return {
    controls,
    nodes: nodes.map((node) => node.type),
    missing: nodes.filter((node) => !known[node.type]).map((node) => node.type),
    unlinked: nodes.flatMap(unlinked),
    broken: links.filter(({ from, to }) => !from || (from !== to && to !== "*" && from !== "*")),
    prompt: (await window.app.graphToPrompt()).output,
  };
}

async function openTemplate(page) {
  await page.evaluate(() =>
    window.app.extensionManager.command.execute("Comfy.BrowseTemplates"),
  );
  const dialog = page.getByRole("dialog");
  await dialog.getByText("ChatAnything", { exact: true }).first().click();
  await page.screenshot({ path: join(pictures, `${template}-browser.png`) });
  await dialog.locator(`[data-testid="template-workflow-${template}"]`).click();
  await page.waitForFunction(() => window.app.graph.nodes.length > 2);
  await page.locator(`[data-testid="template-workflow-${template}"]`).waitFor({ state: "hidden" });
}

/** Rows of the panel where newer pages list the files that are missing, opened as a user does. */
async function listed(page, notice) {
  await notice.getByTestId("error-overlay-see-errors").click();
  const rows = page.getByTestId("missing-model-download");
  await rows.first().waitFor();
  await page.screenshot({ path: join(pictures, `${template}-missing.png`) });
  return rows.evaluateAll((all) => all.map((one) => one.ariaLabel).join("\n"));
}

/** What ComfyUI offers to download for the template, in a dialog or behind a notice; it is closed. */
async function offered(page) {
  await page.waitForTimeout(1000);
  const notice = page.getByTestId("error-overlay");
  if (await notice.count()) return listed(page, notice);
  const offer = page.getByRole("dialog");
  if (!(await offer.count())) return "";
  const text = await offer.innerText();
  await page.keyboard.press("Escape");
  await offer.waitFor({ state: "hidden" });
  return text.startsWith("Welcome to Apps") ? "" : text;
}

async function runGraph(page) {
  const ended = page.evaluate(
    () =>
      new Promise((resolve) => {
        for (const kind of ["execution_success", "execution_error", "execution_interrupted"])
          window.app.api.addEventListener(kind, (event) => resolve([kind, event.detail]));
      }),
  );
  await page.evaluate(() => window.app.queuePrompt(0));
  const [kind, detail] = await ended;
  await page.waitForTimeout(2000);
  const loaded = () => [...document.querySelectorAll("video")].every((video) => video.readyState);
  await page.waitForFunction(loaded, null, { timeout: 20_000 }).catch(() => {}); // the test says so
  await page.screenshot({ path: join(pictures, `${template}-done.png`) });
  const videos = await page.$$eval("video", (all) =>
    all.map((video) => ({ width: video.videoWidth, seconds: video.duration })),
  );
  return { kind, error: detail?.exception_message ?? null, videos };
}

/** From App mode to the graph, where there is help. */
async function leaveApp(page) {
  const app = await page.evaluate(() => Boolean(window.app.graph.extra?.linearMode));
  if (app) {
    await page.evaluate(() => window.app.extensionManager.command.execute("Comfy.ToggleLinear"));
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(pictures, `${template}-graph.png`) });
  }
  return app;
}

/** What our nodes say under themselves, by type. */
const readShown = () =>
  Object.fromEntries(
    window.app.graph.nodes
      .map((node) => [node.type, node.widgets?.find((widget) => widget.name === "shown")])
      .filter(([, widget]) => widget)
      .map(([type, widget]) => [type, widget.element.textContent]),
  );

/** The help page of one of our nodes, as its info button shows it. */
async function readHelp(page) {
  await page.evaluate(() => {
    const node = window.app.graph.nodes.find((one) => one.type.startsWith("ChatAnything"));
    window.app.canvas.selectNode(node);
    window.app.canvas.ds.scale = 0.5; // so small that its buttons, above it, are on the page
    window.app.canvas.centerOnNode(node); // nothing of the page lies over them there
    window.app.canvas.setDirty(true, true);
  });
  await page.locator('[data-testid="info-button"]').click();
  await page.getByRole("heading", { name: "Inputs" }).waitFor();
  return page.locator(".markdown-content").innerText();
}

const profile = await mkdtemp(join(tmpdir(), "chatanything-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
  viewport: { width: 1920, height: 1080 },
});
const complaints = [];
try {
  const page = await browser.newPage();
  // ComfyUI probes for files that need not exist, for sizes of missing models and, with its panel
  // of errors open, for packs in its registry, which a page without API nodes may not reach.
  page.on("console", (line) => {
    const probing =
      /^Failed to load resource|huggingface\.co|api\.comfy\.org|fetching file size|accessed before initialization/;
    if (line.type() === "error" && !probing.test(line.text())) complaints.push(line.text());
  });
  page.on("response", (reply) => {
    const translated = /\/docs\/\w+\/\w+\.md$/; // looked for before the page that we have
    const ours = reply.url().includes("ChatAnything") && !translated.test(reply.url());
    if (reply.status() >= 400 && ours) complaints.push(`${reply.status()} ${reply.url()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  await page.waitForFunction(() => window.app?.graph && window.app.extensionManager?.command);
  await openTemplate(page);
  const wanted = await offered(page);
  await page.screenshot({ path: join(pictures, `${template}.png`) });
  const seen = await page.evaluate(inspect);
  const done = run ? await runGraph(page) : null;
  const app = await leaveApp(page);
  const shown = await page.evaluate(readShown);
  const heard = [...complaints]; // the help panel of the page complains of its own listeners
  const help = done?.kind === "execution_error" ? "" : await readHelp(page);
  console.log(JSON.stringify({ ...seen, wanted, done, app, shown, help, complaints: heard }));
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
