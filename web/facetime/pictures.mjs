// Pictures that are dropped on the page, pasted into it or chosen: whom they show is met.
import { byId } from "./dom.mjs";

/** Most bytes of a file, as the server has it. */
export const LARGEST = 16 * 2 ** 20;

/** @param {(file: File) => void} take */
export function takePictures(take) {
  const chosen = byId("picture");
  byId("choose").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", () => {
    const [file] = chosen.files;
    chosen.value = ""; // so that the same file can be chosen again
    if (file) take(file);
  });
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    document.body.dataset.drop = "";
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete document.body.dataset.drop;
  });
  addEventListener("drop", (event) => {
    delete document.body.dataset.drop;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // or the browser leaves the page for the file
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  });
  addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (file) take(file);
  });
}

/**
 * The bytes of a file in base64.
 * @param {File} file
 * @returns {Promise<string>}
 */
export function base64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(/** @type {string} */ (reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
