// Where two faces are one above the other, a listener looks up or down, not aside.

/** What a look aside is, turned by a quarter: right becomes down. @type {Record<string, string>} */
const TURNED = { yaw: "pitch", gazeX: "gazeY" };

/**
 * The columns of a listener's motion, for faces one above the other. A nod stays a nod: its column
 * is there twice then, and both are added up.
 * @param {string[]} columns
 */
export const upright = (columns) => columns.map((name) => TURNED[name] ?? name);
