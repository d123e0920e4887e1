import { api } from "../../scripts/api.js";
import { CORNERS, LINES, PARTS, dragCorner, dragFace, dragPart, grow } from "./face_geometry.mjs";

const SVG = "http://www.w3.org/2000/svg";
const [TALLEST, BAR, MARGIN] = [420, 30, 10]; // pixels
const GREEN = "#50eb82";
/** Jaw and brows: the edge of a face. */
const RING = [...LINES[0][0], 26, 25, 24, 19, 18, 17];
const HINT = "Drag a corner, an eye, the mouth or the face; the wheel resizes. Then run again.";

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
const line = (points) => points.map((point) => point.join(",")).join(" ");

/** The picture of a face, its points, and the other faces of the picture. */
class FaceEditor {
  /**
   * `save` is told the points, normalised, or null for none; `choose` the number of a face, and says
   * whether the node keeps it. One that does not keeps the face's points.
   */
  constructor(save, choose) {
    [this.save, this.choose] = [save, choose];
    this.frame = document.createElement("div");
    this.frame.style.cssText = "display: none; flex-direction: column; gap: 4px; width: 100%;";
    this.svg = shape("svg", { preserveAspectRatio: "xMidYMid meet" });
    this.svg.style.cssText = "width: 100%; flex: 1; min-height: 0; touch-action: none; outline: none;";
    this.svg.setAttribute("data-testid", "face-editor");
    // Nodes 2.0 leaves the wheel to what was pressed last; the classic canvas always does.
    this.svg.setAttribute("data-capture-wheel", "true");
    this.svg.setAttribute("tabindex", "-1");
    const bar = document.createElement("div");
    bar.style.cssText = `display: flex; gap: 6px; font: 11px/13px sans-serif; height: ${BAR - 4}px;`;
    const hint = document.createElement("span");
    [hint.textContent, hint.style.cssText] = [HINT, "flex: 1; opacity: 0.75; overflow: hidden;"];
    const reset = document.createElement("button");
    reset.textContent = "Find it again";
    reset.addEventListener("click", () => this.forget());
    bar.append(hint, reset);
    this.frame.append(this.svg, bar);
    this.listen();
  }

  get ratio() {
    return this.shown ? this.shown.size[1] / this.shown.size[0] : 0;
  }

  /** What a run of the node found. */
  show(shown) {
    this.shown = shown;
    this.points = shown.points.map(([x, y]) => [x * shown.size[0], y * shown.size[1]]);
    const { filename, subfolder, type } = shown;
    const query = new URLSearchParams({ filename, subfolder, type });
    this.source = api.apiURL(`/view?${query}`);
    this.frame.style.display = "flex";
    this.svg.setAttribute("viewBox", `0 0 ${shown.size.join(" ")}`);
    this.draw();
  }

  draw() {
    const [width, height] = this.shown.size;
    const unit = Math.max(width, height) / 200;
    const picture = shape("image", { width, height, href: this.source });
    const parts = [picture, ...this.others(unit), this.outline(unit)];
    for (const [name, part] of Object.entries(PARTS)) parts.push(this.area(name, part, unit));
    for (const [run, closed] of LINES) {
      const points = line(run.map((at) => this.points[at]));
      const style = { points, fill: "none", stroke: GREEN, "stroke-width": unit / 2 };
      parts.push(shape(closed ? "polygon" : "polyline", { ...style, "pointer-events": "none" }));
    }
    for (const corner of CORNERS) {
      const [cx, cy] = this.points[corner];
      const dot = { cx, cy, r: 2.6 * unit, fill: "#fff", stroke: "#000", "stroke-width": unit / 3 };
      parts.push(this.handle(shape("circle", dot), { corner }, "grab"));
    }
    this.svg.replaceChildren(...parts);
  }

  handle(element, meaning, cursor) {
    element.style.cursor = cursor;
    Object.assign(element.dataset, meaning);
    return element;
  }

  /** The whole face. */
  outline(unit) {
    const style = { points: line(RING.map((at) => this.points[at])), fill: "#fff", "fill-opacity": 0.04 };
    const edge = { stroke: "#fff", "stroke-opacity": 0.4, "stroke-width": unit / 3 };
    return this.handle(shape("polygon", { ...style, ...edge }), { face: "all" }, "move");
  }

  area(name, part, unit) {
    const own = part.points.map((at) => this.points[at]);
    const [xs, ys] = [own.map(([x]) => x), own.map(([, y]) => y)];
    const [x, y] = [Math.min(...xs) - unit, Math.min(...ys) - unit];
    const box = { x, y, width: Math.max(...xs) - x + unit, height: Math.max(...ys) - y + unit };
    const style = { fill: GREEN, "fill-opacity": 0.06, rx: 2 * unit };
    return this.handle(shape("rect", { ...box, ...style }), { part: name }, "move");
  }

  /** Other faces of the picture, which a click chooses. */
  others(unit) {
    const [width, height] = this.shown.size;
    return this.shown.faces.map((face, at) => {
      const points = line(RING.map((point) => [face[point][0] * width, face[point][1] * height]));
      const style = { fill: "#fff", "fill-opacity": 0.1, stroke: "#ffc04d", "stroke-width": unit };
      return this.handle(shape("polygon", { points, ...style }), { number: at + 1 }, "pointer");
    });
  }

  /** Where an event is on the picture, in its pixels, whatever the canvas's zoom. */
  place(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(this.svg.getScreenCTM().inverse());
    return [x, y];
  }

  listen() {
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel"])
      this.svg.addEventListener(kind, () => this.end());
    this.svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  begin(event) {
    const { corner, part, face, number } = event.target.dataset ?? {};
    if (event.button !== 0 || !(corner || part || face || number)) return;
    event.stopPropagation();
    event.preventDefault();
    if (number) return this.pick(Number(number));
    this.svg.focus({ preventScroll: true });
    this.svg.setPointerCapture(event.pointerId);
    const [from, start] = [this.place(event), this.points];
    const shift = (to) => [to[0] - from[0], to[1] - from[1]];
    this.dragged = (to) => {
      if (!corner) return part ? dragPart(start, part, shift(to)) : dragFace(start, shift(to));
      const [dx, dy] = shift(to);
      return dragCorner(start, Number(corner), [start[corner][0] + dx, start[corner][1] + dy]);
    };
  }

  move(event) {
    if (!this.dragged) return;
    event.stopPropagation();
    this.points = this.dragged(this.place(event));
    this.draw();
  }

  end() {
    if (this.dragged) this.keep();
    this.dragged = null;
  }

  wheel(event) {
    const { corner, part, face } = event.target.dataset ?? {};
    if (!(corner || part || face)) return;
    event.preventDefault();
    event.stopPropagation();
    this.points = grow(this.points, part, event.deltaY < 0 ? 1.04 : 1 / 1.04);
    this.draw();
    this.keep();
  }

  /** Save the points as shares of the picture, inside of which they must be. */
  keep() {
    const share = (value, size) => Number(Math.min(Math.max(value / size, 0), 1).toFixed(4));
    const [width, height] = this.shown.size;
    this.save(this.points.map(([x, y]) => [share(x, width), share(y, height)]));
  }

  pick(number) {
    const points = this.shown.faces[number - 1];
    this.save(this.choose(number) ? null : points);
    this.show({ ...this.shown, points });
  }

  forget() {
    this.save(null);
  }
}

/** Give a node a picture on which its face can be dragged; the text widget `points` holds it. */
export function editFace(node) {
  const find = (name) => node.widgets?.find((widget) => widget.name === name);
  if (!find("points") || !node.addDOMWidget) return;
  const set = (name, value) => {
    const widget = find(name);
    if (!widget) return false;
    widget.value = value;
    widget.callback?.(value);
    node.setDirtyCanvas?.(true, true);
    return true;
  };
  const editor = new FaceEditor(
    (points) => set("points", points ? JSON.stringify(points) : ""),
    (number) => set("number", number),
  );
  const height = () =>
    editor.shown ? Math.min((node.size[0] - 30) * editor.ratio, TALLEST) + BAR + MARGIN : 0;
  // A type that no page draws by itself: Nodes 2.0 makes an input of those that it knows.
  const widget = node.addDOMWidget("face_points", "CHATANYTHING_FACE", editor.frame, {
    serialize: false, // in prompts
    hideOnZoom: false,
    getMinHeight: height,
    getMaxHeight: height,
    getValue: () => "",
    setValue: () => {},
  });
  widget.serialize = false; // in workflows
  const before = node.onExecuted;
  node.onExecuted = function (output) {
    before?.apply(this, arguments);
    if (!output?.face?.[0]) return;
    editor.show(output.face[0]);
    editor.frame.style.height = `${height() - MARGIN}px`;
    const [width, least] = this.computeSize();
    this.setSize([Math.max(this.size[0], width), Math.max(this.size[1], least)]);
    this.setDirtyCanvas?.(true, true);
  };
}
