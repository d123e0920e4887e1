// How eyes look about and close, on the doubled portrait itself: talking_head/warp/eyes.py and
// drawn_eyes.py in GLSL.
import { COMMON } from "./glsl.mjs";

const READ = `
struct Eye {
  vec4 axes; float unit, pixels, radius, closure; vec2 iris; vec4 box; bool lidless, looks; vec3 white, skin[3];
};
uniform Eye eyes[2]; uniform int which; uniform sampler2D still, lines; uniform vec4 both; uniform vec2 gaze;
out vec4 colour;
// Linear by hand: the 8 bits of a sampler's weights are few for an enlarged iris.
vec3 read(Eye e, float u, float v) {
  vec2 p = clamp(2. * placed(e.axes, e.unit, vec2(u, v)), both.xy, both.zw - 1.), f = fract(p);
  ivec2 i = ivec2(p), j = min(i + 1, ivec2(both.zw) - 1);
  vec3 top = mix(texelFetch(still, i, 0).rgb, texelFetch(still, ivec2(j.x, i.y), 0).rgb, f.x);
  vec3 foot = mix(texelFetch(still, ivec2(i.x, j.y), 0).rgb, texelFetch(still, j, 0).rgb, f.x);
  return floor(mix(top, foot, f.y) * 255. + .5);
}
float ratio(float part, float whole) { return part / max(whole, 1e-3); }
`;

const LOOK = `
vec3 irisAt(Eye e, int k, vec2 uv, float shadow) {
  float away = length(uv - e.iris);
  vec3 rgb = read(e, e.iris.x - away, e.iris.y);
  rgb += (read(e, e.iris.x + away, e.iris.y) - rgb) * rise(-e.radius, e.radius, uv.x - e.iris.x);
  rgb *= shadow;
  vec4 line = at(lines, 2 * k, uv.x);
  float free = rise(EYE_UNDER_LID, uv.y - line.x) * rise(EYE_OVER_LID, line.y - uv.y);
  return rgb + (read(e, uv.x, uv.y) - rgb) * free;
}
vec3 looking(Eye e, int k, vec2 uv, vec3 under) {
  vec4 line = at(lines, 2 * k, uv.x);
  vec2 move = gaze * EYE_GLANCE, from = uv - move;
  float share = cover(uv.y - line.x, line.y - EYE_LASHES / e.pixels - uv.y, e.pixels);
  share *= min(length(move) * e.unit / EYE_GLIMPSE, 1.);
  if (share <= 0.) return under;
  float rim = max(EYE_IRIS_RIM.x * e.radius, EYE_IRIS_RIM.y / e.pixels);
  float gone = rise(e.radius + EYE_IRIS_GONE * rim, length(uv - e.iris));
  float shadow = EYE_SHADOW + (1. - EYE_SHADOW) * rise(EYE_SHADE, uv.y - line.x);
  vec3 rgb = under + (e.white * shadow - under) * gone;
  float there = rise(e.radius + EYE_IRIS_THERE * rim, length(from - e.iris));
  if (there > 0.) rgb += (irisAt(e, k, from, shadow) - rgb) * there;
  return mix(under, floor(rgb), floor(share * 255.) / 255.);
}
`;

const LIDS = `
vec4 upperLid(Eye e, int k, vec2 uv, float rest, float edge) {
  float u = uv.x, v = uv.y, amount = e.closure, fold = at(lines, 2 * k, u).w;
  float down = ratio(v - fold, edge - EYE_LASH - fold);
  float from = v < edge - EYE_LASH ? fold + down * (rest - EYE_LASH - fold) : rest + (v - edge);
  vec3 rgb = read(e, u * EYE_GATHER.x, from);
  float inner = u * EYE_GATHER.y; vec4 middle = at(lines, 2 * k, inner);
  float deep = EYE_MIDDLE_OF_LID + (1. - EYE_MIDDLE_OF_LID) * clamp(down, 0., 1.);
  vec3 lid = read(e, inner, middle.w + deep * (middle.z - EYE_LASH - middle.w));
  vec3 around = at(lines, 2 * k + 1, u).rgb;
  lid += (around - lid) * EYE_PLAIN;
  rgb += (lid - rgb) * (rise(EYE_PLAIN_AT, amount) * rise(0., EYE_ABOVE_LASH, edge - EYE_LASH - v));
  rgb *= 1. - rise(EYE_TURNED.x, 0., v - edge) * EYE_TURNED.y * amount;
  float thin = max(EYE_LASH_LINE.x, EYE_LASH_LINE.y / e.pixels);
  float line = bell((v - edge) / thin) * (1. - u * u * u * u) * EYE_LASH_LINE.z * amount;
  rgb += (min(rgb, around * EYE_LINE) - rgb) * clamp(line, 0., 1.);
  float share = cover(v - fold, edge + EYE_LASH * EYE_LASH_SHOWN - v, e.pixels);
  share *= rise(0., 1., ratio(v - fold, rest - EYE_LASH - fold));
  return vec4(rgb, share * rise(EYE_CORNERS, abs(u)));
}
vec4 lowered(Eye e, int k, vec2 uv) {
  float u = uv.x, v = uv.y; vec4 line = at(lines, 2 * k, u);
  float rest = line.z, low = line.y, meet = rest + EYE_MEET * (low - rest);
  vec4 lid = upperLid(e, k, uv, rest, rest + e.closure * (meet + EYE_LAP - rest));
  float edge = low + e.closure * (meet - low);
  vec3 skin = read(e, u, low + (v - edge) * (EYE_CHEEK / (EYE_CHEEK + low - edge)));
  float there = cover(v - edge, low + EYE_CHEEK - v, e.pixels) * rise(EYE_CORNERS, abs(u));
  there *= (1. - lid.a) * min(EYE_EARLY * e.closure, 1.);
  float all_ = lid.a + there;
  return vec4(skin + (lid.rgb - skin) * ratio(lid.a, all_), all_);
}
vec4 blind(Eye e, int k, vec2 uv) {
  float u = uv.x, v = uv.y; vec4 line = at(lines, 2 * k, clamp(u / (1. + EYE_RIM), -1., 1.));
  float top = line.x - EYE_RIM, foot = line.y + EYE_RIM, meet = mix(foot, top, EYE_BLIND_MEET);
  float upper = top + e.closure * (meet + EYE_BLIND_LAP - top);
  float lower = foot - e.closure * (foot - meet + EYE_BLIND_LAP);
  float pixels = e.unit / EYE_BLIND_EDGE;
  float share = max(cover(v - top, upper - v, pixels), cover(v - lower, foot - v, pixels));
  share *= rise(1. + EYE_RIM, 1. + EYE_RIM - EYE_BLIND_CORNERS.x, abs(u));
  share *= rise(0., EYE_BLIND_CORNERS.y, foot - top);
  float way = clamp((v - top) / max(meet - top, 1e-3), 0., 1.);
  vec3 round_ = EYE_BLIND_ROUND;
  float shade = round_.x + round_.y * sin(way * radians(180.)) * (1. - round_.z * u * u);
  float crease = bell((v - upper) / EYE_BLIND_CREASE.x) * EYE_BLIND_CREASE.y;
  vec3 skin = e.skin[0] + u * e.skin[1] + v * e.skin[2];
  return vec4(skin * (shade * (1. - crease * rise(EYE_BLIND_CREASE_ENDS, abs(u)))), share);
}
vec3 closing(Eye e, int k, vec2 uv, vec3 under) {
  if (e.closure <= 0.) return under;
  vec4 lid;
  if (e.lidless) lid = blind(e, k, uv); else lid = lowered(e, k, uv);
  lid = floor(clamp(vec4(lid.rgb, lid.a * 255.), 0., 255.) + .5);
  return mix(under, lid.rgb, lid.a / 255.);
}
`;

/** @param {boolean} lids */
const shown = (lids) => `
vec3 shown(Eye e, int k, vec2 p, vec3 under) {
  if (any(lessThan(p, e.box.xy)) || any(greaterThanEqual(p, e.box.zw))) return under;
  vec2 uv = local(e.axes, e.unit, p * .5);
  if (e.looks && gaze != vec2(0) && e.closure < EYE_SHUT) under = looking(e, k, uv, under);
  return ${lids ? "closing(e, k, uv, under)" : "under"};
}`;

/**
 * Eyes that look about; software GL works through both sides of every branch, so what is not
 * needed is left out.
 * @param {{ lids: boolean, both: boolean }} parts lids that move; both eyes in one pass, where
 *   their boxes overlap
 */
export const eyeShader = ({ lids, both }) => `${COMMON}${READ}${LOOK}${lids ? LIDS : ""}${shown(lids)}
void main() {
  vec2 p = floor(gl_FragCoord.xy);
  vec4 here = texelFetch(still, ivec2(p), 0);
  vec3 rgb = floor(here.rgb * 255. + .5);
  ${both ? "rgb = shown(eyes[0], 0, p, rgb); rgb = shown(eyes[1], 1, p, rgb);" : "rgb = shown(eyes[which], which, p, rgb);"}
  colour = vec4(rgb / 255., here.a);
}`;

/** The lid and the line of one drawn eye, to be laid over the portrait. */
export const DRAWN_EYE = `${COMMON}
uniform sampler2D edges, reach; uniform vec4 axes, box; uniform float unit, line, closure; uniform vec3 ground, ink;
out vec4 colour;
float edgeAt(int i) { vec2 both = texelFetch(edges, ivec2(clamp(i, 0, TABLE_LAST), 0), 0).xy; return mix(both.x, both.y, closure); }
void main() {
  vec2 p = floor(gl_FragCoord.xy), uv = local(axes, unit, p * .5);
  int i = clamp(int(uv.x * PER_UNIT + TABLE_MIDDLE + .5), 0, TABLE_LAST);
  float pixels = 2. * unit, edge = edgeAt(i), run = float(min(i + 1, TABLE_LAST) - max(i - 1, 0));
  float slope = (edgeAt(i + 1) - edgeAt(i - 1)) * PER_UNIT / run;
  float lid = texelFetch(reach, ivec2(p - box.xy), 0).r;
  if (closure < 1.) lid *= clamp((edge - uv.y) * pixels + .5, 0., 1.);
  float off = abs(uv.y - edge) * inversesqrt(1. + min(slope * slope, MOUTH_STEEP));
  float share = clamp((line / 2. / unit - off) * pixels + .5, 0., 1.) * clamp((1. - abs(uv.x)) * pixels, 0., 1.);
  vec2 shares = floor(vec2(lid, share) * 255. + .5) / 255.;
  colour = vec4(mix(ground / 255. * shares.x, ink / 255., shares.y), 1. - (1. - shares.x) * (1. - shares.y));
}`;
