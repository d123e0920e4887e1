import { api } from "../../scripts/api.js";

/** Height of the picture on the node in pixels. */
const HEIGHT = 180;
/** Width of a face that was only clicked, as a share of the drawing's. */
const WIDTH = 0.35;

/**
 * Show what a node read, and let clicks say where the face goes: they write "x,y,width" into a text
 * widget. The wheel makes the face wider and narrower.
 */
export function placeFace(node, name) {
  const text = node.widgets?.find((widget) => widget.name === name);
  if (!text || !node.addDOMWidget) return;
  const frame = document.createElement("div");
  const picture = document.createElement("img");
  const oval = document.createElement("div");
  frame.style.cssText = `position: relative; display: none; height: ${HEIGHT}px; text-align: center;`;
  picture.style.cssText = `height: ${HEIGHT}px; max-width: 100%; object-fit: contain; cursor: crosshair;`;
  picture.draggable = false;
  oval.style.cssText =
    "position: absolute; border: 2px solid #fff; border-radius: 50%; pointer-events: none; " +
    "box-shadow: 0 0 3px #000, inset 0 0 3px #000;";
  frame.append(picture, oval);
  const shown = node.addDOMWidget("place", "place", frame, { serialize: false, hideOnZoom: false });
  shown.serialize = false; // what is shown is no value of a saved workflow
  shown.computeSize = (width) => [width, picture.src ? HEIGHT + 8 : 0];
  let box = [0, 0, 1, 1];

  /** Where the picture's pixels are inside its element, which may be wider. */
  function inner() {
    const fit = Math.min(
      picture.clientWidth / picture.naturalWidth,
      picture.clientHeight / picture.naturalHeight,
    );
    const [width, height] = [picture.naturalWidth * fit, picture.naturalHeight * fit];
    const left = picture.offsetLeft + (picture.clientWidth - width) / 2;
    return { left, top: picture.offsetTop + (picture.clientHeight - height) / 2, width, height };
  }

  function place() {
    const numbers = String(text.value).split(",").map(Number);
    return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
  }

  function draw() {
    const at = place();
    oval.style.display = at && picture.naturalWidth ? "block" : "none";
    if (!at || !picture.naturalWidth) return;
    const { left, top, width, height } = inner();
    const [across, down] = [box[2] - box[0], box[3] - box[1]];
    const wide = (at[2] / across) * width;
    const tall = wide * 1.15;
    oval.style.width = `${wide}px`;
    oval.style.height = `${tall}px`;
    oval.style.left = `${left + ((at[0] - box[0]) / across) * width - wide / 2}px`;
    oval.style.top = `${top + ((at[1] - box[1]) / down) * height - tall / 2}px`;
  }

  function set(x, y, width) {
    text.value = [x, y, width].map((value) => Number(value.toFixed(3))).join(",");
    text.callback?.(text.value);
    draw();
    node.setDirtyCanvas?.(true, true);
  }

  picture.addEventListener("pointerdown", (event) => {
    const { left, top, width, height } = inner();
    const scale = picture.getBoundingClientRect().width / picture.clientWidth || 1;
    const frameBox = frame.getBoundingClientRect();
    const x = ((event.clientX - frameBox.left) / scale - left) / width;
    const y = ((event.clientY - frameBox.top) / scale - top) / height;
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    event.stopPropagation();
    set(box[0] + x * (box[2] - box[0]), box[1] + y * (box[3] - box[1]), place()?.[2] ?? WIDTH);
  });
  picture.addEventListener("wheel", (event) => {
    const at = place();
    if (!at) return;
    event.preventDefault();
    event.stopPropagation();
    set(at[0], at[1], Math.min(Math.max(at[2] * (event.deltaY < 0 ? 1.06 : 0.94), 0.05), 1.5));
  });
  picture.addEventListener("load", draw);

  const executed = node.onExecuted;
  node.onExecuted = function (output) {
    executed?.apply(this, arguments);
    const file = output?.drawing?.[0];
    if (!file) return;
    box = file.box ?? box;
    frame.style.display = "block";
    const query = new URLSearchParams({ ...file, box: "", t: String(Date.now()) });
    picture.src = api.apiURL(`/view?${query}`);
    node.setSize?.([node.size[0], node.computeSize()[1]]);
  };
}
