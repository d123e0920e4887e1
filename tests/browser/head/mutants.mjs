// The library, broken in one place each: what the comparison must notice.

/** @type {Record<string, { file: string, from: string, to: string }>} */
export const MUTANTS = {
  "no tongue": { file: "head_shaders.mjs", from: "lowerTeeth(tonguePainted(rgb, u, v, s), u", to: "lowerTeeth(rgb, u" },
  "no upper teeth": { file: "head_shaders.mjs", from: "rgb = upperTeeth(rgb, u, v, s, apart);", to: "" },
  "no teeth of its own": { file: "head_shaders.mjs", from: "rgb = ownTeeth(rgb, uv,", to: "ownTeeth(rgb, uv," },
  "no inside of the mouth": { file: "painter.mjs", from: "if (!interior ||", to: "if (true ||" },
  "one layer": { file: "head_shaders.mjs", from: "mix(textureLod(source, places.xy, 0.), textureLod(source, places.zw, 0.), below)", to: "textureLod(source, places.xy, 0.)" },
  "no brows": { file: "painter.mjs", from: "if (!told.some(Boolean)) return false;", to: "return false;" },
  "no gaze": { file: "eyes.mjs", from: "[row[AT.gazeX], row[AT.gazeY], ...closures]", to: "[0, 0, ...closures]" },
  "no lids": { file: "eyes.mjs", from: "rest + (1 - rest) * blink);", to: "0 * blink);" },
  "no shading of the skin": { file: "painter.mjs", from: "seen ? skin : [0, 0]", to: "[0, 0]" },
  "fields not turned around": { file: "fields.mjs", from: "round < C.FIELD_MOST_ROUNDS", to: "round < 0" },
  "nearest filter": { file: "painter.mjs", from: "width, height, null, true)", to: "width, height, null, false)" },
  "half a pixel aside": { file: "head_shaders.mjs", from: "return w - .5 + grid", to: "return w - vec2(0., .5) + grid" },
  "one frame late": { file: "pose.mjs", from: "const last = frameCount(motion) - 1, at = Math.min(Math.max(frame, 0), last);", to: "const last = frameCount(motion) - 1, at = Math.min(Math.max(frame - 1, 0), last);" },
};
