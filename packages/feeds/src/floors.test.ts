import { expect, it } from "vitest";
// @boundaries-ignore one reader of floors for all packages, beside their shared Vitest setting
import { floorProblems } from "../../../floors.shared";

/** From the ground up: a folder knows those before it. */
const order = [
  "definition", // what a feed is, and what a reader of bodies is
  "fetch", // a body from the network or the mirror, into the spool
  "parse", // a body in the spool to records
  "taxii", // the pages of a TAXII 2.1 collection
  "sources", // one file a feed
  "catalog", // all of the sources, and which of them are on
  "own", // feeds that operators describe
  "pull", // one feed, from its claim to its end
  "schedule", // all feeds, when they are due
  "index",
];

it("folders of the feeds import downwards only", () => {
  expect(floorProblems({ src: import.meta.dirname, order, onlyForTests: ["samples"] })).toEqual([]);
});
