// What panels are made of.
import { make } from "../dom.mjs";

/** @param {string} title @param {...(Node | string)} parts */
export const section = (title, ...parts) => make("section", {}, make("h2", { textContent: title }), ...parts);

/** @param {string} text @param {(event: Event) => void} onclick @param {string} [className] */
export const button = (text, onclick, className = "small") => make("button", { type: "button", className, textContent: text, onclick });

/**
 * A choice with its label.
 * @param {string} title @param {[string, string][]} options value and words
 * @param {string} value @param {(value: string) => void} changed
 */
export function choice(title, options, value, changed) {
  const select = make("select", { onchange: () => changed(select.value) });
  select.append(...options.map(([one, text]) => new Option(text, one)));
  select.value = value;
  return make("label", {}, title, select);
}

/**
 * @param {string} title @param {number} value @param {{ min: number, max: number, step: number }} range
 * @param {(value: number) => void} moved while it is moved @param {(value: number) => void} [set] once it stands
 */
export function slider(title, value, range, moved, set) {
  const input = make("input", { type: "range", ...range, value: String(value) });
  input.addEventListener("input", () => moved(Number(input.value)));
  input.addEventListener("change", () => set?.(Number(input.value)));
  return make("label", {}, title, input);
}
