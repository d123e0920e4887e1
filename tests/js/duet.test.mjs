// The parts of a talk of two that need no browser.
import assert from "node:assert/strict";
import test from "node:test";
import { AT, WIDTH } from "../../web/lib/pose.mjs";
import { Tracks } from "../../web/lib/tracks.mjs";
import { upright } from "../../web/facetime/duet/upright.mjs";

test("one above the other, a look aside is a look down, and a nod stays a nod", () => {
  const columns = ["pitch", "yaw", "gazeX", "smile"], row = [3, 7, 0.35, 0.2];
  const rows = Float32Array.from({ length: 50 * 4 }, (_, k) => row[k % 4]);
  const tracks = new Tracks();
  tracks.idle({ fps: 25, rows: new Float32Array(10 * WIDTH) }, 0);
  tracks.at(0, 0);
  tracks.play({ fps: 25, columns: upright(columns), rows }, 0);
  const seen = tracks.at(1, 1);
  assert.ok(Math.abs(seen[AT.pitch] - 10) < 1e-5);
  assert.ok(Math.abs(seen[AT.gazeY] - 0.35) < 1e-5);
  assert.ok(Math.abs(seen[AT.smile] - 0.2) < 1e-5);
  assert.equal(seen[AT.yaw], 0);
  assert.equal(seen[AT.gazeX], 0);
});

test("every language has the same words", async () => {
  const all = await Promise.all(["en", "de", "es", "fr", "ja", "zh"].map(async (tag) => [tag, (await import(`../../web/facetime/words/${tag}.mjs`)).default]));
  const known = Object.keys(all[0][1]).sort();
  for (const [tag, words] of all) {
    assert.deepEqual(Object.keys(words).sort(), known, tag);
    const blanks = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of known) assert.deepEqual(blanks(words[key]), blanks(all[0][1][key]), `${tag} ${key}`);
  }
});
