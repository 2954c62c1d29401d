import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { type RestOperation, restOperations } from "../reference/operations";
import { listProcedures, type Procedure, restProcedures } from "../router/list-procedures";
import { mispEventFile, testArticleId, testIndicatorId, testMatchId, testWatchlistId } from "./records";
import type { TestApp } from "./test-app";

export const minute = 60_000;
const hour = 60 * minute;

/**
 * A clock that a test moves. It starts with the next UTC hour and so in a fresh minute, hour and day: what a test counts
 * within a window does not depend on when it runs. Without `ticks` it stands still between moves, for tests of single
 * seconds. Sessions are measured by the true time.
 */
export function createClock({ ticks = true } = {}) {
  const startOf = (length: number, from: number) => Math.ceil(from / length) * length;
  const began = Date.now();
  let ahead = startOf(hour, began) - began;
  const time = () => (ticks ? Date.now() : began) + ahead;
  return {
    now: () => new Date(time()),
    skip: (ms: number) => {
      ahead += ms;
    },
    /** To the start of a UTC minute, at least a minute from now: every limit's minute is new and has just begun. */
    skipToMinute: () => {
      ahead += startOf(minute, time() + minute) - time();
    },
  };
}

export const origin = "http://127.0.0.1:8080";
export const keyRoutes = restOperations().filter(({ access }) => access.by === "key");
export const sessionRoutes = restProcedures().filter(({ access }) => access.by === "session");
export const tokenRoutes = restProcedures().filter(({ access }) => access.by === "token");
/** What the dashboard may call; what management tokens do, it does in another way. */
export const guardedProcedures = listProcedures().filter(({ access }) => access.by !== "open" && access.by !== "token");

const goodQuery: Record<string, string | undefined> = {
  searchIOCs: "?q=evil",
  streamIOCs: "?follow=false",
  lookupIOC: "?ioc=evil.example",
  listRelations: "?ioc=evil.example",
  listWatchlistMatchGroups: "?by=entry",
  getThreat: "?kind=technique&id=T1071",
};

const goodBody: Record<string, object | undefined> = {
  lookupIOCs: { values: ["evil.example"] },
  rotateAPIKey: {},
  rotateManagedKey: {},
  addOwnIndicators: { value: "indicator.example" },
  changeOwnIndicator: { tags: ["changed"] },
  addSightings: { value: "indicator.example" },
  giveFeedback: { value: "indicator.example", verdict: "harmless", reason: "Ours" },
  extractIOCs: { text: "evil[.]example" },
};

/** A request that the route would answer, without a credential. */
export function goodRequest({ rest }: Pick<RestOperation, "rest">, keyId = unknownId): InjectOptions & { url: string } {
  const url = `${rest.path.replace(":keyId", keyId).replace(":watchlistId", testWatchlistId).replace(":indicatorId", testIndicatorId).replace(":matchId", testMatchId).replace(":file", mispEventFile).replace(":id", testArticleId).replace(":technique", "T1071")}${goodQuery[rest.operationId] ?? ""}`;
  return rest.method === "POST" || rest.method === "PATCH"
    ? { method: rest.method, url, payload: goodBody[rest.operationId] ?? { name: "Another key" } }
    : { method: rest.method, url };
}

/** A request as the dashboard makes it. */
export function trpcRequest(procedure: Procedure, input: unknown = {}): InjectOptions & { url: string } {
  const url = `/api/trpc/${procedure.name}`;
  return procedure.type === "query"
    ? { method: "GET", url: `${url}?input=${encodeURIComponent(JSON.stringify(input))}` }
    : { method: "POST", url, payload: input as object };
}

export const unknownId = "00000000-0000-4000-8000-000000000000";

export function inject(t: TestApp, request: InjectOptions, headers: Record<string, string> = {}) {
  return t.app.inject({ ...request, headers: { host: "127.0.0.1:8080", ...request.headers, ...headers } });
}

/** The error of an answer, after checking that its form is the contract's and that it names its request. */
export function errorOf(response: LightMyRequestResponse) {
  const body = response.json();
  expect(Object.keys(body)).toEqual(["error"]);
  expect(body.error.request_id).toMatch(/^req_[0-9a-f]{24}$/);
  expect(response.headers["x-request-id"]).toBe(body.error.request_id);
  expect(Object.keys(body.error).filter((name) => name !== "details")).toEqual(["code", "message", "request_id"]);
  for (const name of [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "ratelimit",
    "ratelimit-policy",
  ]) {
    expect(response.headers[name], name).toBeDefined();
  }
  return { status: response.statusCode, code: body.error.code as string, details: body.error.details };
}

/** The error of an answer to the dashboard. */
export function trpcErrorOf(response: LightMyRequestResponse) {
  const { data } = response.json().error;
  expect(data.request_id).toBe(response.headers["x-request-id"]);
  return { status: response.statusCode, code: data.error_code as string };
}
