import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addKeyRequest, setTestPolicy } from "../testing/key-policies";
import {
  addArticle,
  addIndicator,
  addRecords,
  addWatchlist,
  testArticleId,
  testMatchId,
  testWatchlistId,
} from "../testing/records";
import { createClock, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";
import { buildOpenApi, type Operation } from "./openapi";
import { type Ref, resolve } from "./openapi-collector";
import type { Parameter } from "./openapi-requests";

const document = buildOpenApi({ instanceName: "Tocsin", publicUrl: "http://127.0.0.1:8080", version: "0.0.0" });
const clock = createClock();
let t: TestApp;
let credentials: { key: string; token: string; tokenId: string };

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await addRecords(t, [{ value: "login.example.test" }]);
  await addArticle(t);
  await addIndicator(t, t.operator.workspaceId);
  const { indicatorId = "" } = exampleOf("getOwnIndicator");
  await t.deps.db.prisma.ownIndicator.updateMany({ data: { iocId: indicatorId } });
  const { id = "" } = exampleOf("getArticle");
  await t.deps.db.prisma.article.update({ where: { id: testArticleId }, data: { id } });
  const { secret: key } = await t.createKey(t.operator);
  const { secret: token, id: tokenId } = await createTestToken(t, t.operator);
  credentials = { key, token, tokenId };
});
afterAll(() => t.close());

/** What the API answers to an example by its nature, where that is no success. */
const others: Record<string, number | undefined> = {
  // The UUIDs of events are made of the instance's own feeds and days.
  getMISPEvent: 404,
  // Nothing can be added by TAXII, so there is no status to ask for.
  getTAXIIStatus: 404,
  addTAXIIObjects: 403,
  deleteTAXIIObject: 403,
  // Each instance signs the places that it gives out: nobody else's can be shown as an example.
  "getTAXIIManifest next": 400,
  "getTAXIIObjects next": 400,
  "getTAXIIObject next": 400,
  "getTAXIIVersions next": 400,
};

type Call = { operationId: string; request: InjectOptions; by: string };
type Body = { content: Record<string, { example: unknown }> };

/** One of the two names of a lookup's value is needed, which no schema can say; and a stream is asked to end. */
const alwaysWith: Readonly<Record<string, string | undefined>> = {
  lookupIOC: "ioc",
  listRelations: "ioc",
  streamIOCs: "follow",
};

/** For each operation a request with what it must have, and one more for each parameter that it may have. */
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => callsOf(path, method, operation)),
);

describe("the API takes the examples of its description", () => {
  it.each(calls)("%s", async (name, { operationId, request, by }) => {
    clock.skip(1_000);
    await prepare(String(request.url));
    const response = await inject(t, request, headersOf(by, String(request.url)));
    const expected = others[name] ?? others[operationId];
    if (expected === undefined) {
      expect(response.statusCode, response.body.slice(0, 300)).toBeGreaterThanOrEqual(200);
      expect(response.statusCode, response.body.slice(0, 300)).toBeLessThan(300);
    } else {
      expect(response.statusCode, response.body.slice(0, 300)).toBe(expected);
    }
  });

  it("has no exception that no example needs", () => {
    const names = new Set(calls.flatMap(([name, { operationId }]) => [name, operationId]));
    expect(Object.keys(others).filter((name) => !names.has(name))).toEqual([]);
  });
});

function callsOf(path: string, method: string, operation: Operation): [string, Call][] {
  const { operationId, security, requestBody } = operation as Operation & {
    security: readonly Record<string, unknown>[];
    requestBody?: Body;
  };
  const parameters = parametersOf(operation);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(exampleOf(operationId)[name])));
  const payload = requestBody?.content["application/json"]?.example;
  const by = Object.keys(security[0] ?? {})[0] ?? "nobody";
  const call = (query: Parameter[]): Call => {
    const search = new URLSearchParams(query.map(({ name, example }) => [name, String(example)]));
    const request = { method: method.toUpperCase() as "GET", url: `${url}?${search}` };
    return { operationId, by, request: payload === undefined ? request : { ...request, payload: payload as object } };
  };
  const inQuery = parameters.filter((one) => one.in === "query");
  const needed = inQuery.filter(({ required }) => required);
  const optional = inQuery.filter(({ required }) => !required);
  const always = alwaysWith[operationId];
  const alone = always ? [] : [[operationId, call(needed)] as [string, Call]];
  const value = always ? optional.filter(({ name }) => name === always) : needed;
  return [
    ...alone,
    ...optional.map((one): [string, Call] => [
      `${operationId} ${one.name}`,
      call(one.name === "value" || value.includes(one) ? [one] : [...value, one]),
    ]),
  ];
}

function parametersOf({ parameters = [] }: Operation): Parameter[] {
  return (parameters as (Parameter | Ref)[]).map((one) => resolve(one, document.components));
}

/** The examples of an operation's parameters by their names. */
function exampleOf(operationId: string): Record<string, string> {
  const operation = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((one) => one.operationId === operationId);
  return Object.fromEntries(operation ? parametersOf(operation).map(({ name, example }) => [name, `${example}`]) : []);
}

/** Puts back what the request is about, since the ones before may have changed or ended it. */
async function prepare(url: string): Promise<void> {
  const ofRequests = url.includes("/key-requests");
  await setTestPolicy(t, t.operator.workspaceId, { require_approval: ofRequests });
  if (ofRequests) await putExampleRequest();
  if (url.includes("/keys/")) await putExampleKey();
  if (/\/(sightings|feedback)\//.test(url)) await putExampleReports();
  if (!url.includes(testWatchlistId) && !url.includes(`/matches/${testMatchId}`)) return;
  await t.deps.db.prisma.watchlist.deleteMany({ where: { id: testWatchlistId } });
  await addWatchlist(t, t.operator.workspaceId);
}

/** A sighting and a verdict that have the ids of the examples. */
async function putExampleReports(): Promise<void> {
  const { ownSighting, ownVerdict, ownStore } = t.deps.db.prisma;
  const { workspaceId } = t.operator;
  const { sightingId: id = "" } = exampleOf("removeSighting");
  const { indicatorId: iocId = "" } = exampleOf("withdrawFeedback");
  const now = clock.now();
  await ownStore.upsert({ where: { workspaceId }, create: { workspaceId }, update: {} });
  await ownSighting.deleteMany();
  await ownVerdict.deleteMany();
  const row = { workspaceId, iocId, type: "domain", value: "malware.example", createdAt: now, createdBy: "ada" };
  await ownSighting.create({ data: { id, ...row, seenAt: now, occurrences: 1 } });
  await ownVerdict.create({ data: { ...row, verdict: "harmless", reason: "Ours", updatedAt: now } });
}

/** An approved request of the token's that has the id of the examples. */
async function putExampleRequest(): Promise<void> {
  const { requestId: id = "" } = exampleOf("getManagedKeyRequest");
  await t.deps.db.prisma.keyRequest.deleteMany({ where: { id } });
  const now = clock.now();
  const requester = { requesterType: "token", requesterId: credentials.tokenId };
  await addKeyRequest(t, { id, ...requester, status: "approved", createdAt: now, decidedAt: now });
}

/** A key of the operator's that has the id of the examples. */
async function putExampleKey(): Promise<void> {
  const { keyId = "" } = exampleOf("getAPIKey");
  const { apiKey } = t.deps.db.prisma;
  await apiKey.updateMany({ where: { id: keyId }, data: { id: crypto.randomUUID() } });
  const { id } = await t.createKey(t.operator);
  await apiKey.update({ where: { id }, data: { id: keyId } });
}

function headersOf(by: string, url: string): Record<string, string> {
  if (by === "CookieAuth") return { cookie: t.operator.cookie };
  if (by === "nobody") return {};
  const secret = by === "ManagementToken" ? credentials.token : credentials.key;
  const accept = url.includes("taxii2") ? { accept: "application/taxii+json;version=2.1" } : {};
  return { authorization: `Bearer ${secret}`, ...accept };
}
