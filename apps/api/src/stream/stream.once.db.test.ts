import type { AddressInfo } from "node:net";
import { sequenceChanges } from "@tocsin/core/changes";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { createClock, errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { sequenceOf } from "./position";

const clock = createClock();
let t: TestApp;
let address: string;
let secret: string;
const open: AbortController[] = [];

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await t.app.listen({ host: "127.0.0.1", port: 0 });
  address = `http://127.0.0.1:${(t.app.server.address() as AddressInfo).port}/api/v1/stream`;
  secret = (await t.createKey(t.operator)).secret;
});
afterEach(() => {
  for (const one of open.splice(0)) one.abort();
});
afterAll(() => t.close());

type Event = { id: string; event: string; value: string };

/** Puts values into the database and gives them their places. */
async function publish(values: readonly string[]): Promise<void> {
  await addRecords(
    t,
    values.map((value) => ({ value })),
  );
  await sequence();
}

async function sequence(): Promise<void> {
  while ((await sequenceChanges(t.deps.context)).full);
}

async function withdraw(value: string): Promise<void> {
  await t.deps.db.sql.query(
    `WITH changed AS (UPDATE ioc SET withdrawn_at = now(), risk_score = 0, updated_at = updated_at + interval '1 second' WHERE value = $1 RETURNING id)
     INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [value],
  );
  await sequence();
}

/** The events of a text, and the last id that it has, which may be one without an event. */
function read(text: string): { events: Event[]; last: string } {
  const blocks = text.split("\n\n").slice(0, -1);
  const fields = blocks.map(
    (block) => new Map(block.split("\n").map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)])),
  );
  const events = fields.flatMap((of) =>
    of.has("data")
      ? [
          {
            id: of.get("id") ?? "",
            event: of.get("event") ?? "",
            value: JSON.parse(of.get("data") ?? "{}").value as string,
          },
        ]
      : [],
  );
  return { events, last: fields.map((of) => of.get("id")).findLast((id) => id !== undefined) ?? "" };
}

/** Everything after a place, without waiting for more. */
async function all(query = "", after = "0") {
  // The tier looks back a year; a clock of the database's own is not far from now.
  const from =
    after === "0"
      ? sequenceOf(new Date(clock.now().getTime() - 300 * 86_400_000).toISOString().replace("Z", "000Z"))
      : after;
  const response = await inject(
    t,
    { method: "GET", url: `/api/v1/stream?follow=false${query}` },
    { authorization: `Bearer ${secret}`, "last-event-id": from },
  );
  expect(response.statusCode, response.body).toBe(200);
  return read(response.body);
}

/** A client that listens until it has what it waits for. */
async function listen(after: string, by = secret) {
  const controller = new AbortController();
  open.push(controller);
  const headers = { authorization: `Bearer ${by}`, "last-event-id": after };
  const response = await fetch(address, { headers, signal: controller.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    response,
    until: async (count: number) => {
      for (;;) {
        const { events } = read(text);
        if (events.length >= count) return events;
        const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
        if (done) return events;
        text += value;
      }
    },
    leave: () => controller.abort(),
  };
}

describe("a stream", () => {
  it("has every change in order, each with a number that grows, and ends where it need not follow", async () => {
    await publish(["a.example", "b.example", "198.51.100.7"]);
    const { events, last } = await all();
    expect(events.map(({ event }) => event)).toEqual(["indicator", "indicator", "indicator"]);
    expect(new Set(events.map(({ value }) => value))).toEqual(new Set(["a.example", "b.example", "198.51.100.7"]));
    expect(events.map(({ id }) => BigInt(id))).toEqual(
      events.map(({ id }) => BigInt(id)).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect((await all("", last)).events).toEqual([]);
  });

  it("goes on where a client was, with no gap and no repeat, wherever it was cut", async () => {
    await publish(Array.from({ length: 1_200 }, (_, n) => `n${n}.example`));
    const { events } = await all();
    for (const at of [0, 1, 499, 500, 501, events.length - 1]) {
      const rest = await all("", events[at]?.id);
      expect(rest.events, String(at)).toEqual(events.slice(at + 1));
    }
  });

  it("brings what comes to all who wait, by one reader of the end", async () => {
    const { last } = await all();
    const clients = await Promise.all(Array.from({ length: 5 }, () => listen(last)));
    expect(clients[0]?.response.headers.get("content-type")).toContain("text/event-stream");
    await publish(["live.example"]);
    for (const client of clients)
      expect(await client.until(1)).toMatchObject([{ event: "indicator", value: "live.example" }]);
    await withdraw("live.example");
    for (const client of clients)
      expect((await client.until(2))[1]).toMatchObject({ event: "withdrawn", value: "live.example" });
  });

  it("is filtered, but by type alone of what ends, and its number goes on all the same", async () => {
    const { last } = await all();
    await publish(["c.example", "198.51.100.9"]);
    await withdraw("c.example");
    const domains = await all("&type=domain", last);
    expect(domains.events.map(({ value }) => value)).toEqual(["c.example"]);
    expect((await all("&min_risk=100", last)).events).toMatchObject([{ event: "withdrawn", value: "c.example" }]);
    const none = await all("&type=md5", last);
    expect([none.events, BigInt(none.last) > BigInt(last)]).toEqual([[], true]);
    expect((await all("", none.last)).events).toEqual([]);
  });

  it("ends with its key, and tells nothing more", async () => {
    const key = await t.createKey(t.operator);
    const { last } = await all();
    const client = await listen(last, key.secret);
    await client.until(0);
    const revoked = await inject(
      t,
      { method: "DELETE", url: `/api/v1/keys/${key.id}` },
      { cookie: t.operator.cookie, origin: "http://127.0.0.1:8080" },
    );
    expect(revoked.statusCode).toBe(200);
    await publish(["secret.example"]);
    const events = await client.until(1).catch(() => []);
    expect(events).toEqual([]);
  });

  it("holds a slot of its key while it is open", async () => {
    const { last } = await all();
    const { id, secret: own } = await t.createKey(t.operator);
    const client = await listen(last, own);
    await client.until(0);
    expect(t.deps.slots.used(`key:${id}`, "requests")).toBe(1);
    client.leave();
    await expect.poll(() => t.deps.slots.used(`key:${id}`, "requests")).toBe(0);
  });

  it.each<[string, string, number, string]>([
    ["no number", "x", 400, "invalid_parameter"],
    ["a number from before the lookback", "1", 403, "lookback_exceeded"],
  ])("refuses to go on from %s", async (_what, after, status, code) => {
    const answer = await inject(
      t,
      { method: "GET", url: "/api/v1/stream" },
      { authorization: `Bearer ${secret}`, "last-event-id": after },
    );
    expect(errorOf(answer)).toMatchObject({ status, code });
  });
});
