// Reads a Rig: what chatanything_core/talking_head/rig/rig_bytes.py writes. Knows nothing of WebGL.

/**
 * @typedef {Float32Array | Uint8Array} Values
 * @typedef {{ origin: number[], x: number[], unit: number }} Axes a part's own axes, in pixels
 * @typedef {{ left: number, top: number, columns: number, rows: number, cell: number }} Grid
 * @typedef {{ data: Float32Array, shape: number[] }} Floats
 * @typedef {{ data: Uint8Array, shape: number[] }} Bytes
 * @typedef {{ grid: Grid, fields: Floats }} GridFields
 *
 * @typedef {object} RigMouth
 * @property {Axes} axes
 * @property {string[]} names
 * @property {number} room
 * @property {number[]} inner
 * @property {GridFields} upper
 * @property {GridFields} lower
 * @property {Floats} edges
 * @property {Floats} across
 * @property {Floats} upperIn
 * @property {Floats} lowerIn
 *
 * @typedef {object} RigInterior
 * @property {number[]} dark
 * @property {number[]} flesh
 * @property {number[]} enamel
 * @property {number[]} lining
 * @property {number} rest
 * @property {number} seam
 * @property {number} soft
 * @property {boolean} flat
 * @property {{ picture: Bytes, corner: number[] } | null} teeth
 *
 * @typedef {object} RigEye
 * @property {Axes} axes
 * @property {number[]} box
 * @property {number} pixels
 * @property {number[]} iris
 * @property {number} radius
 * @property {boolean} lidless
 * @property {boolean} looks
 * @property {Floats} lines
 * @property {Floats} above
 * @property {number[][]} skin
 * @property {number[]} white
 *
 * @typedef {object} RigDrawnEye
 * @property {Axes} axes
 * @property {number[]} box
 * @property {Floats} edges
 * @property {number} line
 * @property {number[]} ground
 * @property {number[]} ink
 * @property {Bytes} reach
 *
 * @typedef {object} Rig
 * @property {number[]} size
 * @property {Blob} picture
 * @property {Floats} points
 * @property {GridFields} skull
 * @property {GridFields} brows
 * @property {RigMouth} mouth
 * @property {GridFields | null} shade
 * @property {RigInterior | null} interior
 * @property {Array<RigEye | RigDrawnEye>} eyes
 */

const MAGIC = "chatrig1";
const START = 12;
const MOST_BYTES = 8_000_000;
const MOST_UNPACKED = 64_000_000;
const MOST_SIDE = 1024;

/**
 * The Rig in the bytes of a file.
 * @param {ArrayBuffer} file
 * @returns {Promise<Rig>}
 * @throws {Error} when they are no such file
 */
export async function readRig(file) {
  const { header, start } = headerOf(file);
  const { packed, unpacked, picture } = header;
  if (start + packed + picture !== file.byteLength || unpacked > MOST_UNPACKED) throw broken("its lengths do not add up");
  const block = await unpackedOf(file.slice(start, start + packed), unpacked);
  const rig = told(header.rig, block);
  const [width, height] = rig.size;
  if (!(width >= 1 && height >= 1 && Math.max(width, height) <= MOST_SIDE)) throw broken(`it is ${width} x ${height} pixels`);
  rig.picture = new Blob([file.slice(start + packed)], { type: "image/png" });
  return rig;
}

/** @param {ArrayBuffer} file @returns {{ header: any, start: number }} */
function headerOf(file) {
  if (file.byteLength < START || file.byteLength > MOST_BYTES) throw broken(`it has ${file.byteLength} bytes`);
  const magic = new TextDecoder("latin1").decode(new Uint8Array(file, 0, MAGIC.length));
  if (magic !== MAGIC) throw broken(`it begins with ${JSON.stringify(magic)}`);
  const length = new DataView(file).getUint32(MAGIC.length, true);
  if (START + length > file.byteLength) throw broken("its header is cut off");
  const text = new TextDecoder().decode(new Uint8Array(file, START, length));
  return { header: JSON.parse(text), start: START + length };
}

/** @param {string} reason */
function broken(reason) {
  return new Error(`This is not a character that can be drawn: ${reason}. Ask the server for its rig again.`);
}

/** @param {ArrayBuffer} packed @param {number} size */
async function unpackedOf(packed, size) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const block = await new Response(stream).arrayBuffer();
  if (block.byteLength !== size) throw broken("its arrays are cut off");
  return block;
}

/**
 * A part of the header with its arrays in place.
 * @param {any} node @param {ArrayBuffer} block
 * @returns {any}
 */
function told(node, block) {
  if (Array.isArray(node)) return node.map((item) => told(item, block));
  if (node === null || typeof node !== "object") return node;
  if ("kind" in node) return { data: values(node, block), shape: node.shape };
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, told(value, block)]));
}

/**
 * @param {{ at: number, shape: number[], kind: string }} array @param {ArrayBuffer} block
 * @returns {Values}
 */
function values({ at, shape, kind }, block) {
  const count = shape.reduce((product, side) => product * side, 1);
  if (kind === "uint8") return new Uint8Array(block, at, count);
  if (kind === "float32") return new Float32Array(block, at, count);
  if (kind === "float16") return widened(new Uint16Array(block, at, count));
  throw broken(`it has an array of ${kind}`);
}

/**
 * Half precision (IEEE 754 binary16) in single precision.
 * @param {Uint16Array} halves
 * @returns {Float32Array}
 */
export function widened(halves) {
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const exponent = (halves[i] >> 10) & 31, part = halves[i] & 1023, sign = halves[i] & 0x8000 ? -1 : 1;
    if (exponent === 31) out[i] = part ? NaN : sign * Infinity;
    else out[i] = sign * (exponent ? (1024 + part) * 2 ** (exponent - 25) : part * 2 ** -24);
  }
  return out;
}
