// What all shaders begin with: the numbers of the warp, and how it steps, covers and reads curves.
import { CONSTANTS } from "./constants.mjs";

/** @param {number} value */
const written = (value) => (Number.isInteger(value) ? `${value}.` : `${value}`);

/** @param {number | readonly number[]} value */
function literal(value) {
  if (typeof value === "number") return written(value);
  if (value.length <= 4) return `vec${value.length}(${value.map(written).join(", ")})`;
  return `int[${value.length}](${value.join(", ")})`;
}

/** The numbers of the table as `#define` lines of GLSL. */
export function defines(table = /** @type {Record<string, number | readonly number[]>} */ (CONSTANTS)) {
  return Object.entries(table).map(([name, value]) => `#define ${name} ${literal(value)}\n`).join("");
}

export const HEAD = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D;
${defines()}`;

/** Steps, edges, curves over TABLE and a part's own axes: (origin, x), and pixels to one unit. */
export const COMMON = `${HEAD}
const int TABLE_LAST = int(FIELD_TABLE_COUNT) - 1;
const float TABLE_MIDDLE = float(TABLE_LAST) / 2., PER_UNIT = TABLE_MIDDLE / FIELD_TABLE_END;
float rise(float low, float high, float x) {
  float t = clamp((x - low) / (high - low), 0., 1.);
  return t * t * (3. - 2. * t);
}
float rise(vec2 ends, float x) { return rise(ends.x, ends.y, x); }
float cover(float above, float below, float pixels) {
  float scale = pixels / FIELD_RISE;
  float share = clamp(min(above * scale, .5) + min(below * scale, .5), 0., 1.);
  return share * share * (3. - 2. * share);
}
float bell(float off) { return exp(-off * off); }
vec4 at(sampler2D table, int row, float u) {
  return texelFetch(table, ivec2(clamp(int(u * PER_UNIT + TABLE_MIDDLE + .5), 0, TABLE_LAST), row), 0);
}
vec2 local(vec4 axes, float unit, vec2 xy) {
  vec2 d = (xy - axes.xy) / unit;
  return vec2(dot(d, axes.zw), dot(d, vec2(-axes.w, axes.z)));
}
vec2 placed(vec4 axes, float unit, vec2 uv) {
  return axes.xy + unit * (uv.x * axes.zw + uv.y * vec2(-axes.w, axes.z));
}
`;

/** A box of pixels; \`flipped\` where rows are counted from the bottom, as on a canvas. */
export const BOX = `${HEAD}
uniform vec4 box; uniform vec2 size; uniform bool flipped;
void main() {
  vec2 corner = mix(box.xy, box.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
  gl_Position = vec4((corner / size * 2. - 1.) * vec2(1, flipped ? -1 : 1), 0., 1.);
}`;

/** The picture as it is. */
export const COPY = `${HEAD}
uniform sampler2D still; out vec4 colour;
void main() { colour = texelFetch(still, ivec2(gl_FragCoord.xy), 0); }`;

/** Half-pel samples along one axis between those of a picture; see remap.doubled in Python. */
export const DOUBLED = `${HEAD}
uniform sampler2D picture; uniform ivec2 along; out vec4 colour;
void main() {
  ivec2 place = ivec2(gl_FragCoord.xy), last = textureSize(picture, 0) - 1;
  int way = along.x == 1 ? place.x : place.y;
  ivec2 here = place - along * (way - way / 2);
  if ((way & 1) == 0) { colour = texelFetch(picture, here, 0); return; }
  const int taps[8] = FIELD_TAPS;
  ivec4 sum = ivec4(32);
  for (int k = 0; k < 8; k++) {
    ivec2 beside = clamp(here + along * (k - 3), ivec2(0), last);
    sum += taps[k] * ivec4(texelFetch(picture, beside, 0) * 255. + .5);
  }
  colour = vec4(clamp(sum >> 6, 0, 255)) / 255.;
}`;
