// How the points of a face move under the mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CORNERS,
  PARTS,
  dragCorner,
  dragFace,
  dragPart,
  grow,
  similarity,
} from "../../web/face_geometry.mjs";

const face = Array.from({ length: 68 }, (_, at) => [100 + 7 * (at % 11), 90 + 5 * (at % 13)]);
[[60, 100], [90, 100], [120, 100], [150, 100], [80, 170], [130, 170]].forEach(
  (point, at) => (face[CORNERS[at]] = point),
);
const near = (a, b) => a.every((value, at) => Math.abs(value - b[at]) < 1e-9);

test("a dragged corner goes where it is put, its part turns about the other corner", () => {
  const after = dragCorner(face, 54, [140, 190]);
  assert.ok(near(after[54], [140, 190]) && near(after[48], face[48]));
  const length = (points, at) => Math.hypot(points[at][0] - 80, points[at][1] - 170);
  const scale = length(after, 54) / length(face, 54);
  for (const at of PARTS.mouth.points.slice(1))
    assert.ok(Math.abs(length(after, at) - scale * length(face, at)) < 1e-9);
  for (const at of [36, 42, 17, 26]) assert.deepEqual(after[at], face[at]);
});

test("jaw and nose follow the corners, and nothing else does", () => {
  const after = dragPart(face, "mouth", [0, 12]);
  assert.ok(after[8][1] > face[8][1] && after[30][1] > face[30][1]);
  const shifted = dragFace(face, [3, -4]);
  assert.ok(shifted.every((point, at) => near(point, [face[at][0] + 3, face[at][1] - 4])));
});

test("a part grows about its middle and the whole face about its own", () => {
  const wider = grow(face, "mouth", 1.5);
  assert.ok(Math.abs(wider[54][0] - wider[48][0] - 75) < 1e-9);
  const all = grow(face, undefined, 2);
  const width = (points) => Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x));
  assert.ok(Math.abs(width(all) - 2 * width(face)) < 1e-9);
});

test("the nearest similarity is found exactly where there is one", () => {
  const map = ([x, y]) => [0.8 * x - 0.6 * y + 5, 0.6 * x + 0.8 * y - 7];
  const found = similarity(face, face.map(map));
  assert.ok(near(found.a, [0.8, 0.6]) && near(found.b, [5, -7]));
});
