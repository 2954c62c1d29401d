/**
 * How well the risk score tells what an analyst would act on from what he would not: on a set that is built from bodies of
 * real feeds, each label from what the score did not see. Beside it the formula as it was before rows, sources and values
 * themselves were weighed.
 *
 *   npx tsx bench/score.ts [--shared /work/shared]   (no database; bodies as in docs/development.md, TOCSIN_SHARED)
 *
 * Acted on: a value that a source lists and an independent one lists as well, scored without the latter; a URL or a name
 * whose host an independent source lists; a server that a tracker found online, scored without that word.
 * Not acted on: a popular or special name or network in the place of a row's value, by lists that the score does not have;
 * what a tracker found offline, scored without that word; what archives hold of reports and no list of today does.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { labelled, looked } from "./score/labels";
import { readListings } from "./score/listings";
import { aucOf, calibrationOf, largestShare, sortedBy } from "./score/measures";
import { formerScore, scoreOf } from "./score/scored";

const { values } = parseArgs({
  options: { shared: { type: "string", default: path.resolve(import.meta.dirname, "../../../../shared") } },
});

const listings = await readListings(path.join(values.shared, "feeds"));
const examples = labelled(listings, path.join(values.shared, "cases/warninglists"));
const states = looked(listings);
const groups = [...new Set(examples.map(({ group }) => group))];

for (const [name, score] of [
  ["before", formerScore],
  ["now", scoreOf],
] as const) {
  const scored = examples.map((example) => ({ ...example, score: score(example) }));
  const acted = scored.filter(({ act }) => act);
  const rest = scored.filter(({ act }) => !act);
  console.log(`\n${name}: AUC ${aucOf(acted, rest).toFixed(3)} (${acted.length} to act on, ${rest.length} not)`);
  for (const group of groups) {
    const own = scored.filter((each) => each.group === group);
    const against = own[0]?.act ? rest : acted;
    const auc = own[0]?.act ? aucOf(own, against) : aucOf(against, own);
    const median = [...own.map(({ score: one }) => one)].sort((a, b) => a - b)[Math.floor(own.length / 2)];
    console.log(`  ${group}: ${own.length}, median ${median}, AUC against the other label ${auc.toFixed(3)}`);
  }
  console.table(calibrationOf(scored));
  const told = states.map((example) => ({ ...example, score: score(example) }));
  const auc = aucOf(
    told.filter(({ act }) => act),
    told.filter(({ act }) => !act),
  );
  console.log(
    `  online against offline by a tracker, scored without that word: AUC ${auc.toFixed(3)} (${told.length})`,
  );
}

const shares = sortedBy(
  [...new Set(listings.map(({ feedId }) => feedId))].map((feed) => {
    const own = listings.filter(({ feedId }) => feedId === feed);
    const scored = (score: typeof scoreOf) =>
      own.flatMap(({ rows, at }) => rows.map((row) => score({ said: [row], at })));
    const now = scored(scoreOf);
    return {
      feed,
      values: now.length,
      before: largestShare(scored(formerScore)),
      now: largestShare(now),
      scores: new Set(now).size,
    };
  }),
  ({ now }) => -now,
);
console.log("\nlargest share of a feed's values with one score, each body as of its own time");
console.table(shares);
