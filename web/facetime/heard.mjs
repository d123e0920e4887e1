// Which words were heard: for captions, and for what history keeps of an answer that was cut off.

/**
 * @typedef {object} Said one sentence on the audio clock
 * @property {string} text as it is written, with its stops
 * @property {number} start seconds
 * @property {number} end
 * @property {string} [name] who says it, where that is not plain
 * @property {[string, number, number][]} words what was spoken, from and to, seconds of the sentence
 */

/**
 * Where each spoken word ends in the written text: numbers and abbreviations are spoken otherwise,
 * so a word that is not found ends where the one before it did.
 * @param {string} text
 * @param {[string, number, number][]} words
 * @returns {number[]}
 */
export function wordEnds(text, words) {
  const lower = text.toLowerCase();
  let end = 0;
  return words.map(([word]) => {
    const found = word ? lower.indexOf(word.toLowerCase(), end) : -1;
    // A short word far away is another one.
    if (found >= 0 && found - end <= 24) {
      end = found + word.length;
      // Its stop belongs to a word.
      end += /^[\p{P}\p{S}]*/u.exec(text.slice(end))?.[0].length ?? 0;
    }
    return end;
  });
}

/**
 * The part of a sentence that was heard at a time, with its own stops.
 * @param {Said} said
 * @param {number} at seconds of the audio clock
 */
export function heardOf(said, at) {
  if (at >= said.end) return said.text;
  const ends = wordEnds(said.text, said.words);
  let heard = 0;
  said.words.forEach(([, from, to], k) => {
    if (said.start + (from + to) / 2 <= at) heard = ends[k];
  });
  return said.text.slice(0, heard);
}

/**
 * @param {Said[]} all
 * @param {number} at
 */
export const heardText = (all, at) => all.map((said) => heardOf(said, at)).filter(Boolean).join(" ");
