// node parity.mjs FOLDER [MUTANT] [EVERY] [KEEP,KEEP...]: one line of JSON a case of cases.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withPage } from "./browser.mjs";
import { MUTANTS } from "./mutants.mjs";

const [folder, mutant = "", every = "1", keep = ""] = process.argv.slice(2);
if (mutant && !(mutant in MUTANTS)) throw new Error(`no mutant is called ${mutant}`);
const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
await withPage("parity.html", folder, MUTANTS[mutant] ?? null, async (tab, failed) => {
  for (const told of cases) {
    const row = await tab.evaluate((given) => window.compare(...given), [told, Number(every), keep.split(",").filter(Boolean).map(Number)]);
    console.log(JSON.stringify(row));
  }
  if (failed.length) throw new Error(failed.join("; "));
});
