// A page on a server of its own in headless Chromium: serves web/, this folder and a folder of cases,
// and breaks the library on purpose where it is asked to.
import { mkdtempSync, openSync, closeSync, readFileSync, readSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const HERE = new URL(".", import.meta.url).pathname, WEB = new URL("../../../web/", import.meta.url).pathname;
const TYPES = { ".html": "text/html", ".mjs": "text/javascript", ".png": "image/png" };

/** What is served for a path; `breaks` is { file, from, to } or null. */
function served(path, cases, breaks) {
  if (path.startsWith("/case/")) return readFileSync(join(cases, path.slice(6)));
  if (!path.startsWith("/lib/")) return readFileSync(join(HERE, path));
  const text = readFileSync(join(WEB, path), "utf8");
  if (!breaks || path !== `/lib/${breaks.file}`) return text;
  if (!text.includes(breaks.from)) throw new Error(`${breaks.file} has no ${breaks.from}`);
  return text.replaceAll(breaks.from, breaks.to);
}

/** One frame of a file of many. */
function frameOf(cases, name, frame, size) {
  const out = Buffer.alloc(size), file = openSync(join(cases, `${name}.rgb`));
  readSync(file, out, 0, size, size * frame);
  closeSync(file);
  return out;
}

function answer(cases, breaks, failed) {
  return (request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]), frame = path.match(/^\/case\/(.+)\.frames\/(\d+)\/(\d+)$/);
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
    try {
      if (path === "/favicon.ico") return response.writeHead(204).end();
      if (frame) return response.end(frameOf(cases, frame[1], Number(frame[2]), Number(frame[3])));
      if (path.startsWith("/keep/")) return kept(request, response, join(cases, path.slice(6)));
      return response.end(served(path, cases, breaks));
    } catch (error) {
      failed.push(error.message);
      response.statusCode = 404;
      return response.end();
    }
  };
}

function kept(request, response, file) {
  const parts = [];
  request.on("data", (part) => parts.push(part)).on("end", () => {
    writeFileSync(file, Buffer.concat(parts));
    response.end();
  });
}

/** Open `page` of this folder and give it to `work`; everything is closed afterwards. */
export async function withPage(page, cases, breaks, work) {
  const failed = [], server = createServer(answer(cases, breaks, failed)).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const profile = mkdtempSync(join(tmpdir(), "face-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1060, height: 1100 },
    args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
  });
  try {
    const tab = await browser.newPage();
    tab.on("pageerror", (error) => failed.push(error.message));
    tab.on("console", (message) => message.type() === "error" && failed.push(message.text()));
    await tab.goto(`http://127.0.0.1:${server.address().port}/${page}`);
    await tab.waitForFunction("window.ready", null, { timeout: 60000 }).catch((error) => { throw new Error(failed.join("; ") || error.message); });
    return await work(tab, failed);
  } finally {
    await browser.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
