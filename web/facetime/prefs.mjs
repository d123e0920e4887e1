// What this browser remembers of its user's wishes. Without storage, as in a private window, nothing.

const KEY = "chatanything-facetime";
const FIRST = { muted: false, captions: true, language: "", expression: 1, motion: 1, rate: 22050, listener: "" };

/** @type {typeof FIRST} */
export const prefs = { ...FIRST, ...read() };

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.fromEntries(
      Object.entries(FIRST).flatMap(([name, value]) => (typeof kept[name] === typeof value ? [[name, kept[name]]] : [])),
    );
  } catch {
    return {};
  }
}

/**
 * @template {keyof typeof FIRST} Name
 * @param {Name} name
 * @param {(typeof FIRST)[Name]} value
 */
export function keep(name, value) {
  prefs[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // Nothing can be kept here; it holds until the page is closed.
  }
}
