/** Nodes that say what they decided. Chat shows its reply while it comes, by ComfyUI's own means. */
const TELLING = [
  ...["Character", "Persona", "VoiceMixer", "DiffuserMixer", "Speak", "Portrait"],
  ...["FaceCheck", "TalkingHead", "IdleHead", "Drawing", "Facetime", "Duet", "SaveVideo"],
].map((name) => `ChatAnything${name}`);
const [LINE, MOST, CHARACTER, EDGE, PADDING, MARGINS] = [17, 180, 6.4, 40, 8, 20]; // pixels

/** A box of sentences; neither workflows nor prompts hold it, and it is flat while it is empty. */
function makeBox(node) {
  const box = document.createElement("div");
  box.style.cssText =
    "font: 12px/17px sans-serif; white-space: pre-wrap; overflow-y: auto; box-sizing: border-box;" +
    `max-height: ${MOST}px; user-select: text; color: var(--input-text, #ddd);` +
    "background: var(--comfy-input-bg, #222); border-radius: 4px;";
  const height = () => heightOf(box.textContent, node.size[0]);
  // A type that no page draws by itself: Nodes 2.0 makes an input of those that it knows.
  const widget = node.addDOMWidget("shown", "CHATANYTHING_SHOWN", box, {
    serialize: false, // in prompts
    getMinHeight: height,
    getMaxHeight: height,
    getValue: () => "",
    setValue: () => {},
  });
  widget.serialize = false; // in workflows
  return box;
}

/** Room for the text and for the margins that the classic canvas leaves around a box. */
function heightOf(text, width) {
  if (!text) return 0;
  const room = Math.max(20, Math.floor((width - EDGE) / CHARACTER));
  const lines = text.split("\n").map((line) => Math.max(1, Math.ceil(line.length / room)));
  const wanted = PADDING + LINE * lines.reduce((sum, count) => sum + count, 0);
  return MARGINS + Math.min(MOST, wanted);
}

/** Fill the box; sentences that warn are amber. */
function write(node, box, lines) {
  const spans = lines.map((line, number) => {
    const span = document.createElement("span");
    span.textContent = (number ? "\n" : "") + line;
    if (line.startsWith("⚠")) span.style.color = "#ffc04d";
    return span;
  });
  box.replaceChildren(...spans);
  box.style.padding = lines.length ? "4px 8px" : "0";
  const [width, height] = node.computeSize();
  node.setSize([Math.max(node.size[0], width), Math.max(node.size[1], height)]);
  node.setDirtyCanvas?.(true, true);
}

/** Have a node show the sentences of what it did. */
export function showText(node) {
  if (!TELLING.includes(node.comfyClass)) return;
  const box = makeBox(node);
  const before = node.onExecuted;
  node.onExecuted = function (output) {
    before?.apply(this, arguments);
    write(this, box, (output?.text ?? []).flatMap((text) => text.split("\n")));
  };
}
