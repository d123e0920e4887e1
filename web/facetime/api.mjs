// What the page asks its server. Addresses are relative to one prefix and hold ids only.
import { Unpacker } from "./wire.mjs";

/** Beside the page's own files, wherever the server has them. */
const PREFIX = new URL("../../chatanything/facetime", import.meta.url).pathname;

/** What the server said was wrong, in its own words. */
export class ServerError extends Error {
  /** @param {string} words @param {number} status */
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** @param {string} path */
export const addressOf = (path) => PREFIX + path;

/** @param {string} path */
export async function get(path) {
  return (await answered(await fetch(PREFIX + path))).json();
}

/** @param {string} path */
export async function bytes(path) {
  return (await answered(await fetch(PREFIX + path))).arrayBuffer();
}

/**
 * @param {string} path
 * @param {object} body
 * @param {RequestInit} [more]
 */
export async function post(path, body, more) {
  return answered(
    await fetch(PREFIX + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      ...more,
    }),
  );
}

/** @param {string} path @param {ArrayBuffer} wav */
export async function postSound(path, wav) {
  return answered(await fetch(PREFIX + path, { method: "POST", headers: { "Content-Type": "audio/wav" }, body: wav }));
}

/** Milliseconds without a byte after which a connection is dead: the server says that it lives every 15 s. */
const SILENT = 45_000;

/**
 * Ask, and hear every event as soon as its last byte is there.
 * @param {string} path
 * @param {object} body
 * @param {(event: import("./wire.mjs").WireEvent, parts: ArrayBuffer[], at: number) => void} hear
 * @param {AbortSignal} [signal]
 */
export async function stream(path, body, hear, signal) {
  await events(await post(path, body, { signal }), hear);
}

/**
 * Look on at a conversation until the server ends.
 * @param {string} path
 * @param {(event: import("./wire.mjs").WireEvent, parts: ArrayBuffer[], at: number) => void} hear
 */
export async function follow(path, hear) {
  await events(await answered(await fetch(PREFIX + path)), hear);
}

/**
 * @param {Response} response
 * @param {(event: import("./wire.mjs").WireEvent, parts: ArrayBuffer[], at: number) => void} hear
 */
async function events(response, hear) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const unpacker = new Unpacker();
  for (;;) {
    const { done, value } = await within(reader.read(), SILENT);
    if (done) return;
    const at = performance.now();
    for (const [event, parts] of unpacker.take(value)) hear(event, parts, at);
  }
}

/**
 * @template T
 * @param {Promise<T>} work @param {number} milliseconds
 * @returns {Promise<T>}
 */
function within(work, milliseconds) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new TypeError("The server fell silent.")), milliseconds)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** @param {Response} response */
async function answered(response) {
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new ServerError(told.error ?? `${response.status} ${response.statusText}`, response.status);
}
