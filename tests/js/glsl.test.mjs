// The shaders draw by the numbers of the table, not by numbers of their own.
import assert from "node:assert/strict";
import { test } from "node:test";

import { CONSTANTS } from "../../web/lib/constants.mjs";
import { DRAWN_EYE, eyeShader } from "../../web/lib/eye_shaders.mjs";
import { BOX, COMMON, COPY, DOUBLED, defines, HEAD } from "../../web/lib/glsl.mjs";
import { BENT, BROW_MESH, HEAD_MESH, interiorShader, LAYERS, MOUTH_MESH } from "../../web/lib/head_shaders.mjs";

/** Numbers that mean nothing by themselves: halves and wholes, bytes, the smallest divisor and half. */
const PLAIN = new Set(["0", "1", "2", "3", "4", "6", "8", "32", ".5", ".1", "255", "180", "1e-3"]);
const both = [true, false];
const SHADERS = [
  BOX, COPY, DOUBLED, DRAWN_EYE, BENT, BROW_MESH, HEAD_MESH, LAYERS, MOUTH_MESH,
  ...both.flatMap((lids) => both.map((one) => eyeShader({ lids, both: one }))),
  ...both.flatMap((flat) => both.map((teeth) => interiorShader({ flat, teeth }))),
];

test("no shader has numbers of its own", () => {
  for (const shader of SHADERS) {
    assert.ok(shader.startsWith(HEAD) || shader.startsWith(COMMON));
    const own = shader.slice(HEAD.length).replaceAll(/\/\/.*$/gm, "");
    const numbers = own.match(/(?<![\w.])(\d+\.?\d*(e-?\d+)?|\.\d+)/g) ?? [];
    assert.deepEqual(numbers.map((text) => text.replace(/\.$/, "")).filter((text) => !PLAIN.has(text)), []);
  }
});

test("every name of the table that a shader uses is defined, as a float", () => {
  const told = defines();
  for (const shader of SHADERS)
    for (const [name] of shader.slice(HEAD.length).matchAll(/\b(?:FIELD|MOUTH|EYE)_[A-Z_]+\b/g)) {
      assert.ok(name in CONSTANTS, name);
      assert.match(told, new RegExp(`#define ${name} (-?\\d+\\.|-?\\d*\\.\\d+|vec|int\\[)`));
    }
});
