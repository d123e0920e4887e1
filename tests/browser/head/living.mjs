// node living.mjs FOLDER STILL LARGE: what faces do in a page, as one line of JSON. STILL is a case
// of one frame, LARGE one of more than 768 pixels.
import { withPage } from "./browser.mjs";

const [folder, still, large] = process.argv.slice(2);
await withPage("living.html", folder, null, async (tab, failed) => {
  const told = {};
  told.opened = await tab.evaluate((name) => open_(name, 0, {}), still);
  await tab.evaluate(() => watch(0, 500));
  told.watched = await tab.evaluate(() => watch(0, 3000));
  await tab.evaluate(() => keep(0, "pixels"));
  told.spoken = await tab.evaluate(() => speak(0));
  told.large = await tab.evaluate((name) => open_(name, 1, {}), large);
  await tab.evaluate((name) => open_(name, 2, { maxSize: 200, fps: 5 }), still);
  told.together = await tab.evaluate(() => Promise.all([0, 1, 2].map((place) => watch(place, 3000))));
  told.together = told.together.map((seen) => seen.length);
  await tab.evaluate(() => [1, 2].forEach((place) => faces[place].dispose()));
  await tab.evaluate(() => lose());
  told.lost = (await tab.evaluate(() => watch(0, 500))).length;
  await tab.evaluate(() => keep(0, "keptWhileLost"));
  await tab.evaluate(() => restore());
  told.restored = (await tab.evaluate(() => watch(0, 3000))).length;
  await tab.evaluate(() => keep(0, "pixelsAfter"));
  await tab.evaluate(() => lose());
  told.anew = (await tab.evaluate(() => watch(0, 13000))).length;
  await tab.evaluate(() => keep(0, "pixelsAnew"));
  told.turns = await tab.evaluate((name) => turns(name, 2, 20), still);
  told.failed = await tab.evaluate(() => failing(0));
  console.log(JSON.stringify({ ...told, complaints: failed }));
});
