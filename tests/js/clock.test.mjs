// The sound is the clock: as it is heard, without steps, and never backwards.
import assert from "node:assert/strict";
import { test } from "node:test";

import { SoundClock } from "../../web/lib/clock.mjs";

/** A context whose sound began at 500 ms of the page and is heard 32 ms late. */
function context(page, told = {}) {
  return {
    state: "running",
    outputLatency: 0.032,
    get currentTime() { return Math.floor((page.now - 500) / 11.6) * 0.0116; },
    getOutputTimestamp: () => ({ contextTime: (page.now - 3 - 500) / 1000 - 0.032, performanceTime: page.now - 3 }),
    ...told,
  };
}

test("getOutputTimestamp is carried on to the stamp of the frame", () => {
  const page = { now: 1000 }, clock = new SoundClock(context(page));
  for (page.now = 1000; page.now < 3000; page.now += 16.7)
    assert.ok(Math.abs(clock.heard(page.now + 1) - ((page.now + 1 - 500) / 1000 - 0.032)) < 1e-9);
});

test("where it is missing or zero, the steps of currentTime are smoothed", () => {
  for (const told of [{ getOutputTimestamp: undefined }, { getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) }]) {
    const page = { now: 1000 }, clock = new SoundClock(context(page, told)), off = [];
    for (page.now = 1000; page.now < 6000; page.now += 16.7) off.push(clock.heard(page.now) - ((page.now - 500) / 1000 - 0.032));
    const late = off.slice(60);
    assert.ok(Math.max(...late) - Math.min(...late) < 0.006, `${Math.max(...late) - Math.min(...late)}`);
    assert.ok(late.every((part) => Math.abs(part) < 0.015));
  }
});

test("it stands while the context does, and goes on from there", () => {
  const page = { now: 1000 }, told = context(page), clock = new SoundClock(told);
  const before = clock.heard(1000);
  told.state = "suspended";
  assert.equal(clock.heard(1100), null);
  told.state = "running";
  page.now = 1200;
  assert.ok(clock.heard(1200) >= before);
});

test("it never goes back", () => {
  const page = { now: 1000 }, clock = new SoundClock(context(page));
  assert.ok(clock.heard(1040) <= clock.heard(1020));
});
