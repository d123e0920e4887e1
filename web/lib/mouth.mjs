// From a row of motion to the weights of a mouth's channels and the edges of its lips. The same as
// channel_weights.py and MouthField.lips in talking_head/warp/mouth/, to which a test holds it.
import { CONSTANTS as C } from "./constants.mjs";
import { AT } from "./pose.mjs";

/** @import { RigMouth } from "./rig.mjs" */
/** @import { Row } from "./pose.mjs" */

const COUNT = C.FIELD_TABLE_COUNT, MIDDLE = (COUNT - 1) / 2, PER_UNIT = MIDDLE / C.FIELD_TABLE_END;
/** Places along a part's axis at which curves are tabulated. */
export const TABLE = Float64Array.from({ length: COUNT }, (_, i) => (i - MIDDLE) / PER_UNIT);
/** How far beyond its ends the opening is looked at, in half mouth widths. */
const BESIDE = 0.1;

/**
 * Weights of the channels `names`; `room` is the portrait's widest opening.
 * @param {readonly string[]} names @param {Row} row @param {number} room
 * @returns {number[]}
 */
export function mouthWeights(names, row, room) {
  const jaw = row[AT.jaw], smile = row[AT.smile];
  const free = 1 - row[AT.closed], opening = room * jaw * free;
  const rounding = C.WEIGHT_FOLLOW * row[AT.round], wide = C.WEIGHT_FOLLOW * row[AT.wide];
  const spread = Math.max(wide, 0), narrow = Math.max(-wide, 0);
  /** @type {Record<string, number>} */
  const weights = {
    close: 1,
    open: opening * C.WEIGHT_OPEN * (1 - rounding),
    oval: opening * C.WEIGHT_OVAL * rounding,
    raise: opening * C.WEIGHT_RAISE[0] + C.WEIGHT_RAISE[1] * spread * free * Math.min(C.WEIGHT_EARLY * jaw, 1),
    wide: C.WEIGHT_WIDE * spread,
    pucker: Math.min(C.WEIGHT_PUCKER[0] * narrow + C.WEIGHT_PUCKER[1] * rounding, C.WEIGHT_PUCKER[2]),
    thick: C.WEIGHT_THICK * rounding,
    smile: C.WEIGHT_SMILE * Math.max(smile, 0),
    sulk: C.WEIGHT_SULK * Math.max(-smile, 0),
    tuck: C.WEIGHT_TUCK * row[AT.teeth] * free * (1 - row[AT.tongue]),
  };
  return names.map((name) => weights[name]);
}

/**
 * How far the cheeks are pulled and the lips pushed forward, in [0, 1].
 * @param {Row} row
 * @returns {[number, number]}
 */
export function skinWeights(row) {
  const free = 1 - row[AT.closed], spread = Math.max(row[AT.wide], 0) * free;
  const pull = Math.max(row[AT.smile], C.WEIGHT_PULL[0] * spread, 0) + C.WEIGHT_PULL[1] * row[AT.jaw] * free;
  return [Math.min(pull, 1), Math.min(row[AT.round], 1)];
}

/**
 * @typedef {object} Opening the moved mouth, in half mouth widths
 * @property {number} left
 * @property {number} right
 * @property {number} jaw how far the lower lip's middle is below the line on which closed lips meet
 * @property {number} widest
 * @property {number} high top of the opening
 * @property {number} low its foot
 */

/** The edges of the lips over TABLE. */
export class Lips {
  /** @param {RigMouth} mouth */
  constructor(mouth) {
    this.mouth = mouth;
    this.u = new Float64Array(COUNT);
    this.top = new Float64Array(COUNT);
    this.foot = new Float64Array(COUNT);
    this.gap = Math.max(mouth.lowerIn.data[MIDDLE] - mouth.upperIn.data[MIDDLE], 0);
    /** Four numbers a place: both edges, and how much nearer each is than straight up or down. */
    this.texels = new Float32Array(4 * COUNT);
  }

  /**
   * Move them.
   * @param {readonly number[]} weights
   * @returns {Opening}
   */
  move(weights) {
    const jaw = this.displace(weights);
    this.tabulate();
    this.slopes();
    const left = this.moved(this.mouth.inner[0]), right = this.moved(this.mouth.inner[1]);
    return { left, right, jaw, ...this.extent(left, right) };
  }

  /** @param {readonly number[]} weights */
  displace(weights) {
    const { u, top, foot, mouth } = this, edges = mouth.edges.data, across = mouth.across.data;
    u.set(TABLE);
    top.set(mouth.upperIn.data);
    foot.set(mouth.lowerIn.data);
    let sunk = 0;
    weights.forEach((weight, k) => {
      if (!weight) return;
      const a = k * COUNT, e = 2 * a;
      for (let i = 0; i < COUNT; i++) {
        u[i] += weight * across[a + i];
        top[i] += weight * edges[e + i];
        foot[i] += weight * edges[e + COUNT + i];
      }
      sunk += weight * edges[e + COUNT + MIDDLE];
    });
    // "close" alone lifts the lower lip by this share of the gap.
    return sunk + 0.7 * this.gap;
  }

  /** Both edges at the places of TABLE; `u` and TABLE both rise, so one walk is enough. */
  tabulate() {
    const { u, top, foot, texels } = this;
    for (let i = 0, j = 0; i < COUNT; i++) {
      while (j < COUNT - 2 && u[j + 1] <= TABLE[i]) j++;
      const way = Math.min(Math.max((TABLE[i] - u[j]) / (u[j + 1] - u[j]), 0), 1);
      const upper = top[j] + (top[j + 1] - top[j]) * way;
      texels[4 * i] = upper;
      texels[4 * i + 1] = Math.max(foot[j] + (foot[j + 1] - foot[j]) * way, upper);
    }
  }

  slopes() {
    const { texels } = this;
    for (let i = 0; i < COUNT; i++) {
      const a = Math.max(i - 1, 0), b = Math.min(i + 1, COUNT - 1), run = (b - a) / PER_UNIT;
      for (let c = 0; c < 2; c++) {
        const slope = (texels[4 * b + c] - texels[4 * a + c]) / run;
        texels[4 * i + 2 + c] = 1 / Math.sqrt(1 + Math.min(slope * slope, C.MOUTH_STEEP));
      }
    }
  }

  /** Where a place of the resting mouth is now. @param {number} place */
  moved(place) {
    const k = Math.min(Math.max((place + C.FIELD_TABLE_END) * PER_UNIT, 0), COUNT - 1.000001), i = Math.floor(k);
    return this.u[i] + (this.u[i + 1] - this.u[i]) * (k - i);
  }

  /** @param {number} left @param {number} right */
  extent(left, right) {
    const { texels } = this;
    let high = Infinity, low = -Infinity, widest = 0;
    for (let i = 0; i < COUNT; i++) {
      widest = Math.max(widest, texels[4 * i + 1] - texels[4 * i]);
      if (left - BESIDE < TABLE[i] && right + BESIDE > TABLE[i]) {
        high = Math.min(high, texels[4 * i]);
        low = Math.max(low, texels[4 * i + 1]);
      }
    }
    return { high, low, widest };
  }
}
