/**
 * How the 68 iBUG points of a face move when a person drags some of them. Points are [x, y] in
 * pixels; all functions give new ones.
 */

/** Corners of the left eye, the right eye and the mouth, from left to right. */
export const CORNERS = [36, 39, 42, 45, 48, 54];
const range = (from, to) => Array.from({ length: to - from }, (_, at) => from + at);
/** What moves together: an eye with its brow, and the mouth; each between its two corners. */
export const PARTS = {
  leftEye: { corners: [36, 39], points: [...range(17, 22), ...range(36, 42)] },
  rightEye: { corners: [42, 45], points: [...range(22, 27), ...range(42, 48)] },
  mouth: { corners: [48, 54], points: range(48, 68) },
};
/** Jaw and nose, which follow the parts. */
const REST = [...range(0, 17), ...range(27, 36)];
/** Runs of points that are drawn as lines, and whether they close. */
export const LINES = [
  ...[[0, 17], [17, 22], [22, 27], [27, 31], [31, 36]].map(([a, b]) => [range(a, b), false]),
  ...[[36, 42], [42, 48], [48, 60], [60, 68]].map(([a, b]) => [range(a, b), true]),
];

/** The part that a corner belongs to. */
export const partOf = (corner) =>
  Object.keys(PARTS).find((name) => PARTS[name].corners.includes(corner));

const times = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
const plus = ([a, b], [c, d]) => [a + c, b + d];
const minus = ([a, b], [c, d]) => [a - c, b - d];
function over([a, b], [c, d]) {
  const size = c * c + d * d || 1;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}
const mean = (points) =>
  points.reduce(plus, [0, 0]).map((value) => value / points.length);

/** The turn, scale and shift, z -> a z + b, that bring points nearest to others (least squares). */
export function similarity(from, to) {
  const [here, there] = [mean(from), mean(to)];
  let [top, size] = [[0, 0], 0];
  from.forEach((point, at) => {
    const [x, y] = minus(point, here);
    top = plus(top, times(minus(to[at], there), [x, -y]));
    size += x * x + y * y;
  });
  const a = size ? top.map((value) => value / size) : [1, 0];
  return { a, b: minus(there, times(a, here)) };
}
const moved = ({ a, b }, point) => plus(times(a, point), b);

/** The face with some points moved; jaw and nose follow the six corners. */
function withRest(before, changed) {
  const map = similarity(
    CORNERS.map((at) => before[at]),
    CORNERS.map((at) => changed[at]),
  );
  return changed.map((point, at) => (REST.includes(at) ? moved(map, before[at]) : point));
}

const changePart = (points, name, map) =>
  withRest(
    points,
    points.map((point, at) => (PARTS[name].points.includes(at) ? moved(map, point) : point)),
  );

/** A corner at another place: its part turns and grows about the part's other corner. */
export function dragCorner(points, corner, place) {
  const name = partOf(corner);
  const fixed = points[PARTS[name].corners.find((other) => other !== corner)];
  const a = over(minus(place, fixed), minus(points[corner], fixed));
  return changePart(points, name, { a, b: minus(fixed, times(a, fixed)) });
}

/** An eye or the mouth shifted. */
export const dragPart = (points, name, shift) => changePart(points, name, { a: [1, 0], b: shift });

/** The whole face shifted. */
export const dragFace = (points, shift) => points.map((point) => plus(point, shift));

/** A part, or the whole face without a name, made larger about its middle. */
export function grow(points, name, factor) {
  const own = name ? PARTS[name].points : range(0, 68);
  const middle = mean(own.map((at) => points[at]));
  const map = { a: [factor, 0], b: minus(middle, times([factor, 0], middle)) };
  return name ? changePart(points, name, map) : points.map((point) => moved(map, point));
}
