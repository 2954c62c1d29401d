import { expect, it } from "vitest";
import { spanOf } from "./sighting-days";

const now = new Date("2026-11-30T12:00:00.000Z");
const span = (first: string, last: string) =>
  spanOf({ first_seen: `${first}T08:00:00Z`, last_seen: `${last}T20:00:00Z` }, now);

it("places a source's sightings in the last 30 days, cut at their edges", () => {
  expect(span("2026-11-28", "2026-11-30")).toEqual({ from: 27, to: 29, before: false });
  expect(span("2026-11-01", "2026-11-01")).toEqual({ from: 0, to: 0, before: false });
  expect(span("2026-01-01", "2026-11-02")).toEqual({ from: 0, to: 1, before: true });
  expect(span("2026-01-01", "2026-10-31")).toBeNull();
  // A source whose clock is ahead.
  expect(span("2026-12-02", "2026-12-03")).toEqual({ from: 29, to: 29, before: false });
});
