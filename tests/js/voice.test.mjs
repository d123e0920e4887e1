// Whether somebody speaks, and whether it is our own loudspeaker.
import assert from "node:assert/strict";
import test from "node:test";
import { Activity, SUSTAINED } from "../../web/facetime/voice/activity.mjs";
import { COARSE, Echo, Played, shrunk, WINDOW } from "../../web/facetime/voice/echo.mjs";
import { lift, nod } from "../../web/facetime/voice/gestures.mjs";
import { level, levels, STEP } from "../../web/facetime/voice/levels.mjs";
import { Recording } from "../../web/facetime/voice/recording.mjs";

const steps = (seconds) => Math.round(seconds / STEP);
/** Levels that rise and fall as syllables do, different for each seed. */
function speech(seconds, seed, peak = -20) {
  let [state, now] = [seed * 7919 + 17, peak];
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  let [left, target] = [0, peak];
  return Array.from({ length: steps(seconds) }, () => {
    if (left-- <= 0) [left, target] = [6 + Math.floor(next() * 14), peak - (next() < 0.25 ? 30 : 10 * next())];
    now += 0.4 * (target - now);
    return now;
  });
}
const room = (seconds) => Array.from({ length: steps(seconds) }, (_, k) => -62 + 2 * Math.sin(k));
const fed = (activity, all) => all.map((now) => activity.feed(now)).flatMap((change, k) => (change ? [[change, k * STEP]] : []));

test("speech begins after 130 ms of it and ends after a pause", () => {
  const changes = fed(new Activity(), [...room(1), ...Array(steps(1.2)).fill(-22), ...room(1.5)]);
  assert.deepEqual(changes.map(([kind]) => kind), ["start", "pause", "end"]);
  assert.ok(Math.abs(changes[0][1] - (1 + SUSTAINED)) <= 0.03, String(changes[0][1]));
  assert.ok(changes[2][1] > 2.7 && changes[2][1] < 3.1);
});

test("clicks, coughs and a fan are no speech", () => {
  const click = [...room(0.5), ...Array(steps(0.08)).fill(-15)];
  assert.deepEqual(fed(new Activity(), [...room(1), ...click, ...click, ...click, ...room(1)]), []);
  const fan = Array.from({ length: steps(10) }, (_, k) => -62 + Math.min(20, k * 0.025));
  assert.deepEqual(fed(new Activity(), [...room(1), ...fan]), []);
});

const RATE = 8000;
/** A voice: harmonics of a gliding pitch, as loud as `loudness` says every hundredth of a second. */
function voice(loudness, pitch, seed) {
  let phase = 0;
  return Float32Array.from({ length: loudness.length * RATE * STEP }, (_, k) => {
    const t = k / RATE, now = pitch * (1 + 0.15 * Math.sin(2.1 * t + seed) + 0.05 * Math.sin(7 * t));
    phase += (2 * Math.PI * now) / RATE;
    const sum = [1, 2, 3, 4, 5, 6].reduce((all, n) => all + Math.sin(n * phase + n * seed) / n, 0);
    return 10 ** (loudness[Math.floor(k / (RATE * STEP))] / 20) * sum;
  });
}

/** When a microphone starts that hears what is played, as it was `heard`, later and quieter, and a user. */
function starts({ own, heard = own, delay, gain, user = new Float32Array(0), at = 0 }) {
  const [activity, echo, played, found] = [new Activity(), new Echo(), new Played(), []];
  played.add(Int16Array.from(own, (v) => 32767 * Math.max(-1, Math.min(1, v))).buffer, RATE, 0);
  const size = RATE * STEP, shift = Math.round(delay * RATE);
  const mic = own.map((_, k) => 10 ** (gain / 20) * (heard[k - shift] ?? 0) + (user[k - at * RATE] ?? 0) + 2e-3 * Math.sin(k * k));
  for (let k = 0; (k + 1) * size <= mic.length; k++) {
    const now = (k + 1) * STEP;
    if (activity.feed(level(mic, k * size, (k + 1) * size), echo.feed(played.at(now))) !== "start") continue;
    const last = shrunk(mic.subarray(Math.max(0, (k + 1) * size - WINDOW * RATE), (k + 1) * size), WINDOW * COARSE);
    if (!echo.heardItself(last, played.wave(now - WINDOW - 0.6, now + 0.2))) found.push(now);
    activity.reset();
  }
  return found;
}
const SEEDS = [1, 2, 3, 4, 5, 6];
const ownVoice = (seed) => voice([...Array(steps(1)).fill(-90), ...speech(5, seed)], 110 + 20 * seed, seed);

test("its own loudspeaker never interrupts it, however loud it comes back", () => {
  for (const seed of SEEDS)
    for (const [gain, delay] of [[-30, 0.02], [-18, 0.08], [-6, 0.25]])
      assert.deepEqual(starts({ own: ownVoice(seed), delay, gain }), [], `seed ${seed}, gain ${gain}, delay ${delay}`);
});

test("nor does one that skips: a busy machine plays nothing for some hundredths of a second", () => {
  for (const seed of SEEDS)
    for (const at of [1.15, 1.2, 1.25]) {
      const own = ownVoice(seed), heard = Float32Array.from(own), from = Math.round(at * RATE), gap = 0.055 * RATE;
      heard.copyWithin(from + gap, from, heard.length - gap);
      heard.fill(0, from, from + gap);
      assert.deepEqual(starts({ own, heard, delay: 0.02, gain: -6 }), [], `seed ${seed}, at ${at}`);
    }
});

test("a user who speaks over it is heard within 130 ms and a little", () => {
  const late = SEEDS.map((seed) => {
    const user = voice(speech(2, seed + 50, -18), 97, seed + 0.5);
    const [first] = starts({ own: ownVoice(seed), delay: 0.08, gain: -25, user, at: 3 }).filter((time) => time >= 3);
    return first - 3;
  }).sort((a, b) => a - b);
  assert.ok(late[0] >= 0 && late[5] < 0.6 && late[3] < SUSTAINED + 0.15, String(late));
});

test("what is played is known by its clock, and nothing of it after a cut", () => {
  const rate = 8000, pcm = Int16Array.from({ length: rate }, (_, k) => 8000 * Math.sin(k));
  const played = new Played();
  played.add(pcm.buffer, rate, 2);
  assert.ok(Math.abs(played.at(2.5) - level(Float32Array.from(pcm, (v) => v / 32768))) < 0.5);
  assert.equal(played.at(1.9), -100);
  assert.equal(played.at(3.1), -100);
  played.cut(2.2);
  assert.equal(played.at(2.5), -100);
  assert.ok(played.at(2.1) > -30);
  assert.equal(levels(new Float32Array(800), 8000).length, 10);
});

test("a recording begins half a second before it was noticed", () => {
  const recording = new Recording(1000);
  for (let k = 0; k < 200; k++) recording.add(new Float32Array(10).fill(0.5));
  recording.running = true;
  for (let k = 0; k < 100; k++) recording.add(new Float32Array(10).fill(-2));
  const wav = new DataView(recording.take());
  const count = wav.getUint32(40, true) / 2;
  assert.ok(count >= 1500 && count <= 1510, String(count));
  assert.equal(wav.getInt16(44, true), 16383);
  assert.equal(wav.getInt16(44 + 2 * (count - 1), true), -32767);
});

test("gestures begin and end at rest", () => {
  for (const { rows, columns } of [nod(), lift()]) {
    const width = columns.length;
    for (const row of [rows.subarray(0, width), rows.subarray(-width)]) assert.ok(row.every((value) => Math.abs(value) < 0.2), String(row));
    assert.ok(Math.max(...rows) > 0.3);
  }
});
