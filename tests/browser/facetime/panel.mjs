// The facetime tab of ComfyUI's side bar, scene by scene; prints what was seen as one line of JSON.
//
// node panel.mjs SCENE ADDRESS PICTURES [MORE...]

import { join } from "node:path";
import { open, pageOf, ready as alive, until as sooner } from "./page.mjs";

const [scene, address, pictures, ...more] = process.argv.slice(2);
const TAB = "chatanything-facetime";
const browser = await open();

/** ComfyUI's page beside ours is a load of its own. */
const until = (page, what, argument, patience = 120_000) => sooner(page, what, argument, patience);
const ready = (frame, id) => alive(frame, id, 120_000);

/** ComfyUI's page, as one of its users where it has several. */
async function comfyui(user) {
  const page = await pageOf(browser, { viewport: { width: 1280, height: 720 } });
  if (user) await page.addInitScript((id) => localStorage.setItem("Comfy.userId", id), user);
  await page.goto(address);
  await until(page, () => window.app?.graph && window.app.extensionManager?.command);
  return page;
}

const toggle = (page) => page.evaluate((tab) => window.app.extensionManager.command.execute(`Workspace.ToggleSidebarTab.${tab}`), TAB);

/** Our page inside of it. */
async function facetime(page) {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const frame = page.frames().find((one) => one.url().includes("/chatanything/users/"));
    if (frame && (await frame.evaluate(() => Boolean(window.facetime)).catch(() => false))) return frame;
    await page.waitForTimeout(50);
  }
  throw new Error("The tab has no page in it.");
}

async function tabOf(page) {
  await toggle(page);
  return facetime(page);
}

async function meet(frame, concept) {
  await frame.fill("#concept", concept);
  await frame.press("#concept", "Enter");
  const id = await until(frame, () => window.facetime.room.character?.id);
  await ready(frame, id);
  return id;
}

async function say(frame, message) {
  const before = (await turns(frame)).length;
  await frame.fill("#message", message);
  await frame.press("#message", "Enter");
  await until(frame, () => window.facetime.talk.measured.at(-1).finished);
  await until(frame, () => window.facetime.talk.run?.over !== false);
  await until(frame, (count) => window.facetime.room.character.turns.length > count, before);
}
/** Run a graph; our page opens by itself. */
async function ranAndMet(page, graph) {
  await page.evaluate((told) => window.app.loadGraphData(told), graph);
  await page.evaluate(() => window.app.queuePrompt(0));
  return facetime(page);
}

/** Run the graph with another message of Chat; the types of the nodes that were executed. */
async function run(page, message) {
  return page.evaluate(async (text) => {
    const { app } = window;
    const chat = app.graph.nodes.find((one) => one.type === "ChatAnythingChat");
    if (text) chat.widgets.find((one) => one.name === "message").value = text;
    const ran = [];
    const note = ({ detail }) => detail && ran.push(app.graph.getNodeById(Number(detail?.node ?? detail))?.type);
    app.api.addEventListener("executing", note);
    const ended = new Promise((done) => app.api.addEventListener("execution_success", done, { once: true }));
    await app.queuePrompt(0);
    await ended;
    await new Promise((done) => setTimeout(done, 300));
    app.api.removeEventListener("executing", note);
    return { ran: ran.filter(Boolean) };
  }, message);
}
const chatTurns = (page) =>
  page.evaluate(() => {
    const chat = window.app.graph.nodes.find((one) => one.type === "ChatAnythingChat");
    const { value } = chat.widgets.find((one) => one.name === "history_json");
    return value ? JSON.parse(value).turns.map((turn) => turn.message) : [];
  });

const turns = (frame) => frame.evaluate(() => window.facetime.room.character?.turns ?? []);
const messages = async (frame) => (await turns(frame)).map((turn) => turn.message);
const known = (frame) => frame.evaluate(() => fetch(new URL("chatanything/facetime/characters", document.baseURI)).then((r) => r.json()));
const ours = (page) => page.complaints.filter((text) => /chatanything|facetime/i.test(text));
const shot = (page, name) => page.screenshot({ timeout: 120_000, path: join(pictures, `${name}.png`) });

const SCENES = {
  /** From a concept to three turns; the same after a reload of ComfyUI's page. */
  async talk() {
    const page = await comfyui();
    const frame = await tabOf(page);
    await shot(page, "meet");
    const id = await meet(frame, "grumpy teapot");
    for (const message of ["Who are you?", "Tell me a story.", "What do you like?"]) await say(frame, message);
    await shot(page, "talk");
    const said = await messages(frame);
    const box = await page.locator(`iframe[title="Facetime"]`).boundingBox();
    await page.reload();
    await until(page, () => window.app?.graph && window.app.extensionManager?.command);
    await page.waitForTimeout(1500);
    const open = page.frames().some((one) => one.url().includes("/chatanything/users/"));
    const again = open ? await facetime(page) : await tabOf(page);
    await ready(again, id);
    await shot(page, "reloaded");
    return { id, said, again: await messages(again), box, complaints: ours(page) };
  },

  /** What a user of a ComfyUI with several sees. */
  async user() {
    const [name, concept] = more;
    const page = await comfyui(name);
    const frame = await tabOf(page);
    const id = await meet(frame, concept);
    await say(frame, "Who are you?");
    return { id, known: await known(frame), messages: await messages(frame), complaints: ours(page) };
  },

  /** Three browsers of one user talk at once. */
  async three() {
    const pages = [];
    for (const concept of ["grumpy teapot", "old fisherman", "red apple"]) {
      const page = await comfyui();
      const frame = await tabOf(page);
      pages.push({ page, frame, id: await meet(frame, concept) });
    }
    await Promise.all(pages.map(({ frame }, k) => say(frame, `Hello, I am number ${k}.`)));
    const kept = await Promise.all(pages.map(({ frame }) => messages(frame)));
    return { ids: pages.map(({ id }) => id), messages: kept, complaints: pages.flatMap(({ page }) => ours(page)) };
  },

  /** The template's character stands in the tab after Run, and talks. */
  async node() {
    const page = await comfyui();
    const frame = await ranAndMet(page, JSON.parse(more[0]));
    const id = await until(frame, () => window.facetime.room.character?.id);
    await ready(frame, id);
    await say(frame, "Who are you?");
    await shot(page, "node");
    const shown = await page.evaluate(() => window.app.graph.nodes.find((one) => one.type === "ChatAnythingFacetime").widgets.find((one) => one.name === "shown").element.textContent);
    return { id, shown, messages: await messages(frame), complaints: ours(page) };
  },

  /** Chat keeps its conversation in its widget. */
  async chat() {
    const page = await comfyui();
    if (more[1]) await page.evaluate(() => window.app.extensionManager.setting.set("Comfy.VueNodes.Enabled", true));
    await page.evaluate((graph) => window.app.loadGraphData(graph), JSON.parse(more[0]));
    const told = [];
    for (const message of ["My name is Ada.", "", "What is my name?"]) {
      const { ran } = await run(page, message);
      told.push({ ran, turns: await chatTurns(page) });
    }
    await page.waitForTimeout(500);
    await shot(page, more[1] ? "chat-vue" : "chat");
    const saved = await page.evaluate(() => window.app.graph.serialize().nodes.find((one) => one.type === "ChatAnythingChat").widgets_values);
    await page.evaluate(() => {
      const chat = window.app.graph.nodes.find((one) => one.type === "ChatAnythingChat");
      chat.widgets.find((one) => one.type === "button").callback();
    });
    return { told, saved, fresh: await chatTurns(page), complaints: ours(page) };
  },

  /** Without our routes the tab says so itself. */
  async broken() {
    const page = await comfyui();
    await page.route("**/chatanything/panel", (route) => route.fulfill({ status: 500, body: "{}" }));
    await toggle(page);
    const told = page.getByRole("alert").filter({ hasText: "Facetime" });
    await told.waitFor();
    await shot(page, "broken");
    return { told: await told.innerText() };
  },

  /** The server is ended and started again while the tab is open. */
  async restart() {
    const page = await comfyui();
    const frame = await tabOf(page);
    await meet(frame, "grumpy teapot");
    await say(frame, "Who are you?");
    process.stderr.write("met\n");
    await new Promise((done) => process.stdin.once("data", done));
    await frame.fill("#message", "Are you still there?");
    await frame.press("#message", "Enter");
    process.stderr.write("sent\n");
    await until(frame, () => window.facetime.room.character.turns.length === 2);
    return { messages: await messages(frame) };
  },
};

try {
  console.log(JSON.stringify(await SCENES[scene]()));
} catch (error) {
  for (const context of browser.contexts()) {
    for (const [k, page] of context.pages().entries()) await shot(page, `failed-${k}`).catch(() => {});
    process.stderr.write(JSON.stringify(context.pages().map((page) => page.complaints)));
  }
  throw error;
} finally {
  await browser.close();
  process.stdin.destroy();
}
