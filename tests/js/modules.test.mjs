// The modules can be joined into one file: an exported character carries them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const LIB = new URL("../../web/lib/", import.meta.url);
const TEXTS = readdirSync(LIB).map((name) => [name, readFileSync(new URL(name, LIB), "utf8")]);

test("no two modules use the same name at their top", () => {
  const owners = new Map();
  for (const [file, text] of TEXTS)
    for (const [, name] of text.matchAll(/^(?:export )?(?:async )?(?:const|let|function|class) (\w+)/gm)) {
      assert.ok(!owners.has(name), `${name} is in ${owners.get(name)} and ${file}`);
      owners.set(name, file);
    }
  assert.ok(owners.size > 100);
});

test("they import one another only, and do nothing when they are loaded", () => {
  for (const [file, text] of TEXTS) {
    for (const [, from] of text.matchAll(/^(?:import|export) .*from "(.*)";$/gm)) assert.match(from, /^\.\/\w+\.mjs$/, file);
    assert.doesNotMatch(text, /^(?:\w+\(|window|document|await|globalThis)/m, file);
  }
});
