import { sequenceChanges } from "@tocsin/core/changes";
import { collections } from "@tocsin/core/values";
import { loadOwnFeeds, previewFeed, runFeed } from "@tocsin/feeds";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "./testing/records";
import { buildTestApp, type TestApp } from "./testing/test-app";

const [all] = collections;
let giver: TestApp;
let taker: TestApp;
let origin: string;
let key: string;

beforeAll(async () => {
  giver = await buildTestApp();
  taker = await buildTestApp({ env: { TOCSIN_ALLOW_PRIVATE_FEEDS: "on", TOCSIN_FEEDS: "tor-bulk" } });
  origin = await giver.app.listen({ host: "127.0.0.1", port: 0 });
  ({ secret: key } = await giver.createKey(giver.operator));
});
afterAll(() => Promise.all([giver.close(), taker.close()]));

async function publish(from: number, to: number): Promise<void> {
  const values = Array.from({ length: to - from }, (_, n) => ({
    value: `n${from + n}.malware.example`,
    tags: ["kit"],
  }));
  await addRecords(giver, values);
  await sequenceChanges(giver.deps.context);
}

const source = (url: string) => ({
  url,
  format: "taxii" as const,
  mapping: { collection: all?.id ?? "" },
  auth: { kind: "bearer" as const, secret: key },
});

async function held(): Promise<number> {
  return taker.deps.db.prisma.ioc.count();
}

it("one instance reads what another publishes: whole the first time, then only what is new", async () => {
  await publish(0, 1_250);
  const response = await taker.app.inject({
    method: "POST",
    url: "/api/trpc/ownFeeds.add",
    headers: { host: "127.0.0.1:8080", origin: "http://127.0.0.1:8080", cookie: taker.operator.cookie },
    payload: { name: "Other instance", ...source(`${origin}/taxii2/`) },
  });
  expect(response.statusCode).toBe(200);
  const [feed] = await loadOwnFeeds(taker.deps.context);
  if (!feed) throw new Error("not loaded");
  const { context, feedSettings: settings } = taker.deps;
  const pull = () =>
    runFeed(context, feed, { node: "test", trigger: "manual", settings, limits: { spacingMs: 0, attempts: 1 } });

  expect(await pull()).toMatchObject({ status: "ok", error: null, good: 1_250, bad: 0, iocsNew: 1_250 });
  expect(await pull()).toMatchObject({ status: "unchanged" });
  await publish(1_250, 1_300);
  expect(await pull()).toMatchObject({ status: "ok", good: 50, iocsNew: 50 });
  expect(await held()).toBe(1_300);
  const one = await taker.deps.db.prisma.ioc.findFirst({ where: { value: "n7.malware.example" } });
  expect(one).toMatchObject({ type: "domain", sources: ["own-other-instance"] });
});

it("a look shows the first objects of the collection", async () => {
  const { mapping, auth, ...rest } = source(`${origin}/taxii2/`);
  const full = {
    value_type: "auto",
    comment: "#",
    separator: ",",
    header: "row",
    path: "",
    fields: {},
    ...mapping,
  } as const;
  const feed = { ...rest, mapping: full, auth: { ...auth, name: "" }, secret: key };
  const { data } = await previewFeed(feed, taker.deps.feedSettings, {
    signal: new AbortController().signal,
    limits: { spacingMs: 0 },
  });
  expect(data).toMatchObject({ problem: null, bad: 0 });
  expect(data.rows[0]?.values).toEqual([{ type: "domain", value: expect.stringMatching(/^n\d+\.malware\.example$/) }]);
  expect(data.rows).toHaveLength(20);
});
