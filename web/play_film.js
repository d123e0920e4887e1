import { app } from "../../scripts/app.js";

/** Milliseconds in which a page makes the player of a film that is done, and between two looks for it. */
const SOON = 10_000;
const STEP = 100;

const player = (filename) =>
  [...document.querySelectorAll("video")].find((video) => {
    const named = new URL(video.currentSrc || video.src || location, location).searchParams.get("filename");
    return named === filename && video.offsetParent && video.readyState > 1;
  });

/**
 * The film of a graph of ours begins by itself, as somebody who pressed Run expects: one at a time, and once.
 * @param {object} output of a node, as ComfyUI tells it
 */
export async function playFilm(output) {
  const film = output?.images?.find(({ filename }) => /\.(mp4|webm)$/.test(filename));
  if (!film || !app.graph.nodes.some((node) => node.type?.startsWith("ChatAnything"))) return;
  for (const end = performance.now() + SOON; performance.now() < end; ) {
    const video = player(film.filename);
    if (video) {
      const others = [...document.querySelectorAll("video")].some((one) => !one.paused);
      // A page that nobody has touched may not play sound; then its button is there.
      if (!others && video.currentTime === 0) video.play().catch(() => {});
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
}
