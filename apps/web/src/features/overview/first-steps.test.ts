import { expect, it } from "vitest";
import { openSteps } from "./first-steps";

const empty = {
  feeds: { total: 2, ok: 0, held: 0, failing: 1, unreachable: 0, never: 1, off: 0, paused: 0, needs_key: 0 },
  keys: { active: 0, expiring: 0, expired: 0, revoked: 0, limit: 3 },
  requests: { total: 0, errors: 0, daily: [] },
};

it("lists what is left to do", () => {
  expect(openSteps(empty)).toEqual(["pull", "key", "request"]);
  expect(openSteps({ ...empty, feeds: { ...empty.feeds, ok: 1 } })).toEqual(["key", "request"]);
  expect(openSteps({ ...empty, feeds: { ...empty.feeds, held: 1 } })).toEqual(["key", "request"]);
  expect(openSteps({ ...empty, keys: { ...empty.keys, revoked: 1 } })).toEqual(["pull", "request"]);
  expect(openSteps({ ...empty, requests: { ...empty.requests, total: 1 } })).toEqual(["pull", "key"]);
});
