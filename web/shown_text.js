/** Chat shows its reply while it comes, by ComfyUI's own means. */
const STREAMS = ["ChatAnythingChat"];
const NAME = "shown";
const [LINE, MOST, CHARACTER, EDGE] = [17, 180, 6.4, 40]; // pixels

/** A box of sentences, those that warn in amber; neither workflows nor prompts hold it. */
function makeBox(node) {
  const box = document.createElement("div");
  box.style.cssText =
    "font: 12px/17px sans-serif; white-space: pre-wrap; overflow-y: auto; padding: 4px 8px;" +
    "box-sizing: border-box; user-select: text; color: var(--input-text, #ddd);" +
    "background: var(--comfy-input-bg, #222); border-radius: 4px;";
  const height = () => Math.min(MOST, heightOf(box.textContent, node.size[0]));
  const widget = node.addDOMWidget(NAME, "text", box, {
    serialize: false, // in prompts
    getMinHeight: height,
    getMaxHeight: height,
    getValue: () => "",
    setValue: () => {},
  });
  widget.serialize = false; // in workflows
  return widget;
}

function heightOf(text, width) {
  const room = Math.max(20, Math.floor((width - EDGE) / CHARACTER));
  const lines = text.split("\n").map((line) => Math.max(1, Math.ceil(line.length / room)));
  return 10 + LINE * lines.reduce((sum, count) => sum + count, 0);
}

function write(node, text) {
  const held = node.widgets?.find((widget) => widget.name === NAME);
  if (!text && !held) return;
  const { element } = held ?? makeBox(node);
  const lines = text.split("\n").map((line, number) => {
    const span = document.createElement("span");
    span.textContent = (number ? "\n" : "") + line;
    if (line.startsWith("⚠")) span.style.color = "#ffc04d";
    return span;
  });
  element.replaceChildren(...lines);
  const [width, height] = node.computeSize();
  node.setSize([Math.max(node.size[0], width), Math.max(node.size[1], height)]);
  node.setDirtyCanvas?.(true, true);
}

/** Have a node show the sentences of what it did. */
export function showText(node) {
  if (STREAMS.includes(node.comfyClass)) return;
  const before = node.onExecuted;
  node.onExecuted = function (output) {
    before?.apply(this, arguments);
    write(this, (output?.text ?? []).join("\n"));
  };
}
