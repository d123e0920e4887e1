// What is bent: head, brows and mouth, as meshes whose corners lie where Python's lattice has its
// points; and the inside of the mouth. talking_head/warp/warp_head.py and mouth/ in GLSL.
import { COMMON } from "./glsl.mjs";

const GRIDS = `
uniform sampler2D skull; uniform vec3 skullGrid; uniform vec2 size; uniform bool flipped; // left, top, 1 / cell
vec4 grid(sampler2D map, vec2 c) {
  ivec2 last = textureSize(map, 0) - 1; c = clamp(c, vec2(0), vec2(last));
  ivec2 i = ivec2(c), j = min(i + 1, last); vec2 f = c - vec2(i);
  return mix(mix(texelFetch(map, i, 0), texelFetch(map, ivec2(j.x, i.y), 0), f.x),
             mix(texelFetch(map, ivec2(i.x, j.y), 0), texelFetch(map, j, 0), f.x), f.y);
}
bool near(sampler2D map, vec2 c) {
  return all(greaterThan(c, vec2(-1))) && all(lessThan(c, vec2(textureSize(map, 0))));
}
// Where the pixel corner w was at rest, in pixels whose middles are whole numbers.
vec2 rested(vec2 w) { return w - .5 + grid(skull, (w - skullGrid.xy) * skullGrid.z).xy; }
`;

const MESH = `
uniform vec2 corner, doubled; uniform int columns; uniform float stride;
vec2 cornerOf(int id) { return clamp(corner + stride * vec2(id % columns, id / columns), vec2(0), size); }
vec2 vertex() { return cornerOf(gl_VertexID); }
vec4 onScreen(vec2 w) { return vec4((w / size * 2. - 1.) * vec2(1, flipped ? -1 : 1), 0., 1.); }
vec2 texel(vec2 place) { return (2. * place + .5) / doubled; }
`;

/** A canvas takes colours times alpha, a frame that is read does not. */
const SHOWN = `
uniform bool flipped;
vec4 shown(vec4 rgba) { return flipped ? vec4(rgba.rgb * rgba.a, rgba.a) : rgba; }
`;

/**
 * Carried by the head alone. Python bends along squares, a graphics card along triangles: so each
 * corner tells of the whole square that ends with it, and pixels lie between its four corners.
 */
export const HEAD_MESH = `${COMMON}${GRIDS}${MESH}
out vec2 spot; flat out vec4 square, upper, lower;
void main() {
  vec2 w = vertex(), first = cornerOf(max(gl_VertexID - columns - 1, 0)), span = max(w - first, vec2(1e-3));
  spot = w; square = vec4(first, 1. / span);
  upper = vec4(texel(rested(first)), texel(rested(vec2(w.x, first.y))));
  lower = vec4(texel(rested(vec2(first.x, w.y))), texel(rested(w)));
  gl_Position = onScreen(w);
}`;

export const SQUARES = `${COMMON}${SHOWN}
uniform sampler2D source; in vec2 spot; flat in vec4 square, upper, lower; out vec4 colour;
void main() {
  vec2 f = (spot - square.xy) * square.zw;
  vec2 place = mix(mix(upper.xy, upper.zw, f.x), mix(lower.xy, lower.zw, f.x), f.y);
  colour = shown(textureLod(source, place, 0.));
}`;

/** Carried by the head, and by the brows. */
export const BROW_MESH = `${COMMON}${GRIDS}${MESH}
uniform sampler2D brow; uniform vec3 browGrid; // left, top, 1 / cell
out vec2 place;
void main() {
  vec2 w = vertex(), q = rested(w), c = (q - browGrid.xy) * browGrid.z;
  place = texel(near(brow, c) ? q + grid(brow, c).xy : q);
  gl_Position = onScreen(w);
}`;

export const BENT = `${COMMON}${SHOWN}
uniform sampler2D source; in vec2 place; out vec4 colour;
void main() { colour = shown(textureLod(source, place, 0.)); }`;

/** Around the mouth: read in two layers, above and below the opening, and shaded. */
export const MOUTH_MESH = `${COMMON}${GRIDS}${MESH}
uniform sampler2D mouth, brow, shade; uniform vec3 mouthGrid, browGrid, shadeGrid;
uniform vec4 axes; uniform float unit; uniform vec2 skin; uniform bool brows;
out vec4 places; out vec2 uv; out float gain;
void main() {
  vec2 w = vertex(), q = rested(w), c = (q - browGrid.xy) * browGrid.z, from = q;
  if (brows && near(brow, c)) from += grid(brow, c).xy;
  places = from.xyxy;
  c = (q - mouthGrid.xy) * mouthGrid.z;
  if (near(mouth, c)) places += grid(mouth, c);
  places = vec4(texel(places.xy), texel(places.zw));
  c = (q - shadeGrid.xy) * shadeGrid.z;
  gain = near(shade, c) ? 1. + dot(grid(shade, c).xy, skin) : 1.;
  uv = local(axes, unit, q);
  gl_Position = onScreen(w);
}`;

export const LAYERS = `${COMMON}${SHOWN}
uniform sampler2D source, lips; uniform float unit; in vec4 places; in vec2 uv; in float gain; out vec4 colour;
void main() {
  vec4 line = at(lips, 0, uv.x);
  float below = clamp((uv.y - (line.x + line.y) * .5) * unit + .5, 0., 1.); // they meet over a pixel
  vec4 rgba = mix(textureLod(source, places.xy, 0.), textureLod(source, places.zw, 0.), below);
  colour = shown(vec4(min(rgba.rgb * gain, 1.), rgba.a));
}`;

const INSIDE = `
uniform sampler2D lips; uniform vec4 axes; uniform float unit, shrink;
uniform vec3 dark, flesh, enamel, lining;
uniform float left, right, jaw, widest, rest, tongue, together, wide, rounded, seam, soft;
float inwards(vec2 edge, float way) {
  float h = max(edge.y, MOUTH_SOFTEST * soft) / 2.;
  return rise(edge.x - h, edge.x + h, way);
}
float gaps(float u, float width) {
  float off = abs(fract(u / width) - .5) * 2.;
  return 1. - MOUTH_GAPS.y * rise(max(MOUTH_GAPS.x - soft / width, 0.), 1., off);
}
float shaded(float below) { return MOUTH_SHADE.x + (1. - MOUTH_SHADE.x) * rise(0., MOUTH_SHADE.y, below); }
vec3 tonguePainted(vec3 rgb, float u, float v, float s) {
  float ground = rest + jaw, rises = max(MOUTH_TONGUE.y * (ground - MOUTH_FLOOR), MOUTH_TONGUE.z);
  float crown = v - (ground - MOUTH_TONGUE.x - tongue * rises) - dot(MOUTH_TONGUE_ARCH, vec2(1, tongue)) * u * u;
  float groove = 1. - MOUTH_TONGUE_GROOVE.x * (1. - tongue) * bell(u / MOUTH_TONGUE_GROOVE.y);
  vec3 look = MOUTH_TONGUE_ROLL;
  float roll = look.x + look.y * rise(0., MOUTH_TONGUE_ROLLS.x, crown) - look.z * rise(MOUTH_TONGUE_ROLLS, crown);
  float side = 1. - MOUTH_TONGUE_SIDE * s * s;
  return mix(rgb, flesh * (side * groove * roll), inwards(MOUTH_TONGUE_EDGE, crown));
}
vec3 lowerTeeth(vec3 rgb, float u, float v, float s, float apart) {
  float most = apart * max(together, MOUTH_LOWER_SHOWN.x * max(wide, 0.)) * (1. - rounded);
  if (most < MOUTH_LOWER_SHOWN.y) return rgb;
  float top = rest + jaw - MOUTH_LOWER_TEETH.x - MOUTH_LOWER_TEETH.y * together * max(jaw - MOUTH_FLOOR, 0.);
  float shown = inwards(MOUTH_LOWER_EDGE, v - top - MOUTH_LOWER_TEETH.z * u * u) * rise(MOUTH_LOWER_ENDS, abs(s)) * most;
  vec3 look = MOUTH_LOWER_LOOK;
  return mix(rgb, enamel * ((1. - look.x * s * s) * gaps(u, look.y) * look.z), shown);
}
vec3 upperTeeth(vec3 rgb, float u, float v, float s, float apart) {
  vec4 told = MOUTH_UPPER_TEETH, look = MOUTH_UPPER_LOOK;
  float height = told.x + told.y * max(max(wide, together), 0.) - told.z * rounded;
  float edge = rest + height - told.w * u * u - v;
  float shown = inwards(MOUTH_UPPER_EDGE, edge) * rise(MOUTH_UPPER_ENDS, abs(s)) * apart;
  float bright = look.z + look.w * rise(0., MOUTH_SOFTENED, edge);
  return mix(rgb, enamel * ((1. - look.x * s * s) * gaps(u, look.y) * bright), shown);
}
`;

const OWN_TEETH = `
uniform sampler2D teeth; uniform vec2 teethCorner;
vec3 ownTeeth(vec3 rgb, vec2 uv, float shade, float apart) {
  vec2 p = (placed(axes, unit, uv) - teethCorner) * MOUTH_FINE + .5;
  vec4 own = texelFetch(teeth, clamp(ivec2(p), ivec2(0), textureSize(teeth, 0) - 1), 0);
  return mix(rgb, own.rgb * 255. * shade, own.a * apart * (1. - MOUTH_OWN_TEETH.y * rounded));
}
`;

/** @param {{ flat: boolean, teeth: boolean }} parts */
const furnished = ({ flat, teeth }) => `
vec3 furnished(vec2 uv, float top, float foot) {
  float u = uv.x, v = uv.y, apart = min(widest / MOUTH_APART, 1.), shade = shaded(v - top);
  float s = clamp((u - (left + right) / 2.) / max((right - left) / 2., .1), -1., 1.);
  vec3 rgb = dark;
  ${flat ? "" : `
  rgb = lowerTeeth(tonguePainted(rgb, u, v, s), u, v, s, apart);
  ${teeth ? "" : "rgb = upperTeeth(rgb, u, v, s, apart);"}
  rgb *= shade;
  vec3 told = MOUTH_LINING_SHOWN;
  rgb = mix(rgb, lining, told.x * min(widest / told.y, 1.) * rise(told.z, 0., foot - v));`}
  ${teeth ? `rgb = ownTeeth(rgb, uv, ${flat ? "1." : "pow(shade, MOUTH_OWN_TEETH.x)"}, apart);` : ""}
  return rgb;
}`;

/**
 * What is seen between the lips, to be laid over; see mouth_interior.py.
 * @param {{ flat: boolean, teeth: boolean }} parts flat as in a drawing; the portrait's own teeth
 */
export const interiorShader = (parts) => `${COMMON}${GRIDS}${INSIDE}${parts.teeth ? OWN_TEETH : ""}${furnished(parts)}
out vec4 colour;
void main() {
  vec2 p = gl_FragCoord.xy / shrink;
  if (flipped) p.y = size.y - p.y;
  vec2 uv = local(axes, unit, rested(p));
  float wider = seam * max(1. - widest / MOUTH_SEAM_CLOSES.x, MOUTH_SEAM_CLOSES.y);
  float width = clamp(widest + 2. * wider, MOUTH_THIN * soft, MOUTH_RIM * soft);
  vec4 line = at(lips, 0, uv.x); float top = line.x - wider, foot = line.y + wider;
  float share = cover((uv.y - top) * line.z, (foot - uv.y) * line.w, 1. / width);
  share *= cover(uv.x - (left - width), right + width - uv.x, 1. / width);
  if (share <= 0.) discard;
  colour = vec4(clamp(furnished(uv, top, foot), 0., 255.) / 255. * share, share);
}`;
