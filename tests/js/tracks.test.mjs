// What a face shows at a moment: no jump, whatever begins, ends or stands still.
import assert from "node:assert/strict";
import { test } from "node:test";

import { AT, restingRow, WIDTH } from "../../web/lib/pose.mjs";
import { Tracks } from "../../web/lib/tracks.mjs";

const FRAME = 1 / 60;

/** Idle motion whose head sways, from any second on. */
function swaying(seconds, from = 0, fps = 25, phase = 0) {
  const rows = new Float32Array(WIDTH * (seconds * fps + 1));
  for (let i = 0; i <= seconds * fps; i++) {
    rows.set(restingRow(), i * WIDTH);
    rows[i * WIDTH + AT.yaw] = 5 * Math.sin(1.3 * (from + i / fps) + phase);
  }
  return { fps, rows };
}

/** Speech of so many frames, as a constant opening. */
const said = (frames, jaw = 0.8) => ({ fps: 25, columns: ["jaw", "closed"], rows: Float32Array.from({ length: 2 * frames }, (_, i) => (i % 2 ? -1 : jaw)) });

/** Largest step of any number between frames, and what was shown. */
function steps(tracks, from, to, heard) {
  let most = 0, before = null;
  for (let time = from; time <= to; time += FRAME) {
    const row = tracks.at(time, heard(time)).slice();
    if (before) row.forEach((value, k) => { most = Math.max(most, Math.abs(value - before[k])); });
    before = row;
  }
  return { most, row: before };
}

test("without any motion a face rests", () => {
  assert.deepEqual(new Tracks().at(3, null), restingRow());
});

test("speech is laid over idle motion and goes again", () => {
  const tracks = new Tracks();
  tracks.idle(swaying(20), 0);
  tracks.at(1, 101);
  tracks.play(said(50), 101.5);
  const middle = steps(tracks, 1, 2.5, (time) => time + 100).row;
  assert.ok(Math.abs(middle[AT.jaw] - 0.8) < 1e-6 && middle[AT.closed] === 0);
  assert.ok(Math.abs(middle[AT.yaw] - 5 * Math.sin(1.3 * 2.5)) < 0.1);
  const after = steps(tracks, 2.5, 5, (time) => time + 100).row;
  assert.ok(after[AT.jaw] === 0 && after[AT.closed] === 1 && tracks.tracks.length === 0);
});

test("nothing jumps when speech begins late, overlaps, is stopped, or its sound stands still", () => {
  const tracks = new Tracks();
  tracks.idle(swaying(20), 0);
  const alone = steps(tracks, 0, 2, (time) => time).most, ways = [
    () => tracks.play(said(50), 1.0),
    () => tracks.play(said(50, 0.3), 2.6),
    () => tracks.stop(0.12),
    () => tracks.play(said(50), 4.0),
    () => undefined,
  ];
  let time = 2;
  for (const way of ways) {
    way();
    const seen = steps(tracks, time, time + 1, (now) => (now > 4.5 && now < 5.5 ? null : now));
    assert.ok(seen.most < alone + 0.36, `${way} ${seen.most}`);
    time += 1;
  }
});

test("a mouth that is stopped is shut within the fade", () => {
  const tracks = new Tracks();
  tracks.at(0, 10);
  tracks.play(said(100), 10);
  assert.ok(steps(tracks, 0, 1, (time) => time + 10).row[AT.jaw] > 0.7);
  tracks.stop(0.12);
  assert.equal(steps(tracks, 1, 1.2, (time) => time + 10).row[AT.jaw], 0);
});

test("speech that was stopped before it began is never heard of again", () => {
  const tracks = new Tracks();
  tracks.at(0, 10);
  tracks.play(said(50), 11);
  tracks.stop(0.12);
  assert.ok(steps(tracks, 0, 3, (time) => time + 10).row[AT.jaw] === 0 && tracks.tracks.length === 0);
});

test("another clock begins without a jump, and what the last one said is over", () => {
  const tracks = new Tracks();
  tracks.at(0, 50);
  tracks.play(said(100), 50);
  const before = steps(tracks, 0, 1, (time) => time + 50).row.slice();
  tracks.changeClock(1);
  const after = tracks.at(1 + FRAME, 0.1).slice();
  assert.ok(before[AT.jaw] > 0.7 && Math.abs(after[AT.jaw] - before[AT.jaw]) < 0.05);
  assert.ok(steps(tracks, 1 + FRAME, 4, (time) => time - 1).most < 0.2);
  assert.equal(steps(tracks, 4, 70, (time) => time - 1).row[AT.jaw], 0);
});

test("idle motion that ends goes back the way it came", () => {
  const tracks = new Tracks();
  tracks.idle(swaying(2), 0);
  assert.ok(steps(tracks, 0, 20, () => null).most < 0.13);
  assert.equal(tracks.idleUntil(), 2);
});

test("another idle motion comes in without a jump", () => {
  const tracks = new Tracks();
  tracks.idle(swaying(4), 0);
  tracks.idle(swaying(20, 0, 25, 2.1), 3);
  const { most, row } = steps(tracks, 0, 6, () => null);
  assert.ok(most < 0.5, most);
  assert.ok(Math.abs(row[AT.yaw] - 5 * Math.sin(1.3 * 3 + 2.1)) < 0.2);
});

test("idle motion that goes on as before is shown to the last bit", () => {
  const tracks = new Tracks(), whole = swaying(20);
  tracks.idle({ fps: 25, rows: whole.rows.slice(0, WIDTH * 101) }, 0);
  tracks.idle({ fps: 25, rows: whole.rows.slice(WIDTH * 75) }, 3);
  for (let frame = 0; frame < 400; frame++) assert.ok(Math.abs(tracks.at(frame / 25, null)[AT.yaw] - whole.rows[frame * WIDTH + AT.yaw]) < 1e-5);
});

test("a mood and an amount glide, and stay", () => {
  const tracks = new Tracks();
  tracks.idle(swaying(20), 0);
  tracks.at(1, null);
  tracks.feel({ brow: 0.7, frown: -0.5, lid: 0, smile: -0.3 }, 1);
  tracks.setAmounts({ head: 0 }, 1);
  const { most, row } = steps(tracks, 1, 2, () => null);
  assert.ok(most < 0.6);
  assert.deepEqual([AT.browLeft, AT.browRight, AT.frown, AT.smile, AT.yaw].map((k) => Math.round(100 * row[k]) / 100), [0.7, 0.7, -0.5, -0.3, 0]);
});

test("numbers stay in their ranges", () => {
  const tracks = new Tracks();
  for (let i = 0; i < 3; i++) tracks.play(said(50, 0.9), 0);
  tracks.at(0, 0);
  assert.equal(steps(tracks, 0, 1, (time) => time).row[AT.jaw], 1);
});

test("what is no motion is refused in plain words", () => {
  const tracks = new Tracks();
  assert.throws(() => tracks.play({ fps: 25, rows: new Float32Array(5), columns: ["jaw", "ear"] }, 0), /ear/);
  assert.throws(() => tracks.play({ fps: 25, rows: new Float32Array(5) }, 0), /whole rows/);
  assert.throws(() => tracks.play({ fps: 0, rows: new Float32Array(WIDTH) }, 0), /240/);
  assert.throws(() => tracks.idle({ fps: 25, rows: new Float32Array(WIDTH).fill(NaN) }, 0), /finite/);
});
