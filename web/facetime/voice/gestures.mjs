// What a listener does: nods where the other one pauses, lifts the brows where the voice rises.
// The same shapes as duet/listening_rows.py; each begins and ends at rest.

const FPS = 25;

/** A nod, in degrees down. @param {number} [depth] @param {number} [count] how often @param {number} [span] seconds of one */
export function nod(depth = 5, count = 2, span = 0.42) {
  const frames = Math.round(count * span * FPS) + 1;
  const rows = Float32Array.from({ length: frames }, (_, k) => {
    const t = Math.min(k / FPS / span, count);
    // Each is smaller than the one before.
    return depth * Math.sin(Math.PI * (t % 1)) ** 2 * 0.6 ** Math.floor(Math.min(t, count - 1e-6));
  });
  return { fps: FPS, lead: 0, columns: ["pitch"], rows };
}

/** Both brows go up and down again. @param {number} [height] @param {number} [span] seconds */
export function lift(height = 0.45, span = 0.7) {
  const frames = Math.round(span * FPS) + 1;
  const rows = new Float32Array(2 * frames);
  for (let k = 0; k < frames; k++) rows.fill(height * Math.sin((Math.PI * k) / (frames - 1)) ** 2, 2 * k, 2 * k + 2);
  return { fps: FPS, lead: 0, columns: ["browLeft", "browRight"], rows };
}
