// JavaScript makes of a row what Python makes of it. VECTORS is a folder that Python has written:
// tests/tools/browser/vectors.py; tests/unit/talking_head/test_browser_body.py runs this with one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { eyesTold } from "../../web/lib/eyes.mjs";
import { Basis } from "../../web/lib/fields.mjs";
import { Lips, mouthWeights, skinWeights } from "../../web/lib/mouth.mjs";
import { readRig } from "../../web/lib/rig.mjs";

const folder = process.env.VECTORS, options = { skip: folder ? false : "VECTORS names no folder" };
const file = folder ? readFileSync(join(folder, "character.rig")) : Buffer.alloc(0);
const rig = folder ? await readRig(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)) : null;
const told = folder ? JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) : null;
const rows = told?.rows.map((row) => Float32Array.from(row));

/** Largest difference of two lists. */
function apart(a, b) {
  assert.equal(a.length, b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

test("weights of the mouth and the skin are the same", options, () => {
  rows.forEach((row, i) => {
    assert.ok(apart(mouthWeights(rig.mouth.names, row, rig.mouth.room), told.mouthWeights[i]) < 1e-6);
    assert.ok(apart(skinWeights(row), told.skinWeights[i]) < 1e-6);
  });
});

test("eyes are told apart alike", options, () => {
  rows.forEach((row, i) => assert.deepEqual(eyesTold(row), told.eyes[i]));
});

test("lips are where Python has them", options, () => {
  const lips = new Lips(rig.mouth);
  told.lips.forEach(({ upper, lower, ends }, i) => {
    const moved = lips.move(told.mouthWeights[i * told.every]);
    assert.ok(apart(upper, upper.map((_, k) => lips.texels[4 * k])) < 1e-4);
    assert.ok(apart(lower, lower.map((_, k) => lips.texels[4 * k + 1])) < 1e-4);
    assert.ok(apart(ends, [moved.left, moved.right, moved.jaw]) < 1e-4);
  });
});

for (const [name, fields] of [["skull", (r) => r.skull], ["upper", (r) => r.mouth.upper], ["lower", (r) => r.mouth.lower], ["brows", (r) => r.brows]])
  test(`fields of the ${name} are turned around alike`, options, () => {
    const basis = new Basis(fields(rig)), off = [];
    for (const { weights, back } of told.fields[name]) {
      basis.mix(weights);
      if (name === "brows") basis.soften();
      off.push(apart(basis.inverse(), back));
    }
    // A round more or less, where a change is almost ERROR, is at most that far.
    assert.ok(Math.max(...off) < 0.1, `${Math.max(...off)} pixels`);
    assert.ok(off.filter((most) => most > 1e-3).length <= off.length / 10, off.join());
  });

test("a rig that is cut off or of another kind is refused", options, async () => {
  const whole = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  for (const part of [whole.slice(0, 5), whole.slice(0, 40), whole.slice(0, -1), whole.slice(1)])
    await assert.rejects(readRig(part), /Ask the server/);
});
