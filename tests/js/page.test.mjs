// The parts of the facetime page that need no browser.
import assert from "node:assert/strict";
import test from "node:test";
import { heardOf, heardText, wordEnds } from "../../web/facetime/heard.mjs";
import { Unpacker } from "../../web/facetime/wire.mjs";

const said = (text, words, start = 0) => ({ text, start, end: start + words.at(-1)[2] + 0.2, words });

test("what was heard keeps its own stops", () => {
  const one = said("Good evening, my friend. You are late!", [["Good", 0, 0.2], ["evening", 0.2, 0.6], ["my", 0.7, 0.8], ["friend", 0.8, 1.2], ["You", 1.5, 1.6], ["are", 1.6, 1.7], ["late", 1.7, 2]]);
  assert.equal(heardOf(one, 0.05), "");
  assert.equal(heardOf(one, 0.45), "Good evening,");
  assert.equal(heardOf(one, 1.4), "Good evening, my friend.");
  assert.equal(heardOf(one, 99), one.text);
  const two = said("Sit down.", [["Sit", 0, 0.2], ["down", 0.2, 0.5]], 2.2);
  assert.equal(heardText([one, two], 2.35), `${one.text} Sit`);
});

test("a word that is spoken otherwise than it is written does not lose the rest", () => {
  const text = "It costs $3.50, Dr. Brown.";
  const words = [["It", 0, 1], ["costs", 1, 2], ["three dollars fifty", 2, 3], ["Doctor", 3, 4], ["Brown", 4, 5]];
  assert.deepEqual(wordEnds(text, words).map((end) => text.slice(0, end)), ["It", "It costs", "It costs", "It costs", text]);
});

test("the same short word far away is another one", () => {
  const text = "I " + "was so very happy about all of it that ".repeat(2) + "I sang.";
  assert.equal(wordEnds(text, [["zzz", 0, 1], ["sang", 1, 2]])[1], 0);
});

const packed = (record, ...parts) => {
  const head = new TextEncoder().encode(JSON.stringify({ ...record, payload: parts.map((part) => part.length) }));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, head.length, true);
  return Uint8Array.from([...size, ...head, ...parts.flatMap((part) => [...part])]);
};

test("events come out whole, however the bytes are cut", () => {
  const raw = Uint8Array.from([...packed({ type: "A", text: "é😀" }), ...packed({ type: "B" }, [1, 2, 3], [], [4]), ...packed({ type: "C" })]);
  for (const size of [1, 2, 3, 7, 50, raw.length]) {
    const unpacker = new Unpacker(), seen = [];
    for (let at = 0; at < raw.length; at += size) seen.push(...unpacker.take(raw.slice(at, at + size)));
    assert.deepEqual(seen.map(([event]) => event.type), ["A", "B", "C"]);
    assert.equal(seen[0][0].text, "é😀");
    assert.deepEqual(seen[1][1].map((part) => [...new Uint8Array(part)]), [[1, 2, 3], [], [4]]);
  }
});

test("a length that cannot be is an error, not a wait", () => {
  assert.throws(() => [...new Unpacker().take(Uint8Array.from([255, 255, 255, 255]))]);
});
