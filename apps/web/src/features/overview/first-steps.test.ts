import { expect, it } from "vitest";
import { openSteps } from "./first-steps";

const empty = {
  iocs: { total: 0, new_24h: 0, by_type: [], counted_at: "2026-11-21T00:00:00.000Z" },
  keys: { active: 0, expiring: 0, expired: 0, revoked: 0, limit: 3 },
  requests: { total: 0, errors: 0, daily: [] },
};

it("lists what is left to do", () => {
  expect(openSteps(empty)).toEqual(["pull", "key", "request"]);
  expect(openSteps({ ...empty, iocs: { ...empty.iocs, total: 1 } })).toEqual(["key", "request"]);
  expect(openSteps({ ...empty, keys: { ...empty.keys, revoked: 1 } })).toEqual(["pull", "request"]);
  expect(openSteps({ ...empty, requests: { ...empty.requests, total: 1 } })).toEqual(["pull", "key"]);
});
