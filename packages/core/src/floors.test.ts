import { expect, it } from "vitest";
// @boundaries-ignore one reader of floors for all packages, beside their shared Vitest setting
import { floorProblems } from "../../../floors.shared";

/** From the ground up: a folder knows those before it, and each by its `index.ts` alone. */
const order = [
  "errors",
  "lib",
  "values",
  "access",
  "context",
  "audit",
  "revocation",
  "usage",
  "keys",
  "tokens",
  "attack",
  "extraction",
  "outbound",
  "iocs",
  "changes",
  "warninglists",
  "articles",
  "threats",
  "lookup",
  "relations",
  "matching",
  "runs",
  "notices",
  "watchlists",
  "pastes",
  "own-feeds",
  "own-indicators",
  "reports",
  "leaks",
  "stats",
  "taxii",
  "workspaces",
  "single-sign-on",
  "people",
  "provisioning",
  "sample",
];

it("core's folders import downwards alone, and by each other's index", () => {
  expect(floorProblems({ src: import.meta.dirname, order, byIndex: true })).toEqual([]);
});
