import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { createDenialRecorder, type Denial } from "./denials";

let db: Db;
let ctx: Context;
let clock: Date;
let workspaceId: string;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(() => {
  clock = new Date("2026-11-21T12:00:00.000Z");
  ctx = testContext(db, { now: () => clock });
  workspaceId = randomUUID();
});

const wait = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1_000);
};
const denial = (rest: Partial<Denial> = {}): Denial => ({
  workspaceId,
  actor: { type: "key", id: "k1", name: "SIEM" },
  code: "tier_required",
  route: "/api/v1/iocs/stix",
  origin: { ip: "192.0.2.1", userAgent: "curl", requestId: "req_1" },
  at: clock,
  ...rest,
});
const written = async () =>
  (await db.prisma.auditEvent.findMany({ where: { workspaceId }, orderBy: { id: "asc" } })).map((event) => ({
    ...event,
    count: (event.details as { count: number }).count,
  }));

describe("denial recorder", () => {
  it("writes who was refused what, when, from where and why", async () => {
    const recorder = createDenialRecorder();
    recorder.record(denial({ details: { required_tier: "pro" } }));
    await recorder.flush(ctx);
    expect(await written()).toMatchObject([
      {
        action: "access.denied",
        outcome: "denied",
        at: clock,
        actorType: "key",
        actorId: "k1",
        actorName: "SIEM",
        ip: "192.0.2.1",
        userAgent: "curl",
        requestId: "req_1",
        targetType: "route",
        targetName: "/api/v1/iocs/stix",
        reason: "tier_required",
        details: { required_tier: "pro", count: 1 },
      },
    ]);
    await recorder.flush(ctx);
    expect(await written()).toHaveLength(1);
  });

  it("counts identical ones together and tells others apart", async () => {
    const recorder = createDenialRecorder();
    for (let i = 0; i < 50; i++) recorder.record(denial());
    recorder.record(denial({ code: "insufficient_scope" }));
    recorder.record(denial({ route: "/api/v1/iocs/misp" }));
    recorder.record(denial({ actor: { type: "key", id: "k2", name: "Other" } }));
    recorder.record(denial({ origin: { ip: "192.0.2.2", userAgent: null, requestId: null } }));
    await recorder.flush(ctx);
    expect((await written()).map((event) => event.count)).toEqual([50, 1, 1, 1, 1]);
  });

  it("of a flood writes two events a minute, and counts all of it", async () => {
    const recorder = createDenialRecorder();
    for (let second = 0; second < 120; second++) {
      for (let i = 0; i < 10; i++) recorder.record(denial());
      if (second % 5 === 4) await recorder.flush(ctx);
      wait(1);
    }
    wait(60);
    await recorder.flush(ctx);
    const events = await written();
    expect(events.length).toBeLessThanOrEqual(4);
    expect(events.reduce((sum, event) => sum + event.count, 0)).toBe(1_200);
    expect(recorder.pending()).toBe(0);
  });

  it("gives what repeats the time of the last one, and counts what comes while it writes", async () => {
    const recorder = createDenialRecorder();
    const start = clock;
    recorder.record(denial());
    const flushing = recorder.flush(ctx);
    await Promise.resolve();
    wait(40);
    recorder.record(denial());
    await flushing;
    expect(recorder.pending()).toBe(1);
    wait(30);
    await recorder.flush(ctx);
    const last = new Date(start.getTime() + 40_000);
    expect((await written()).map(({ at, count }) => [at, count])).toEqual([
      [start, 1],
      [last, 1],
    ]);
  });

  it("writes what is left when the process ends", async () => {
    const recorder = createDenialRecorder();
    recorder.record(denial());
    await recorder.flush(ctx);
    recorder.record(denial());
    recorder.record(denial());
    await recorder.flush(ctx);
    expect(recorder.pending()).toBe(2);
    await recorder.flush(ctx, { all: true });
    expect((await written()).map((event) => event.count)).toEqual([1, 2]);
  });

  it("keeps everything when a flush fails", async () => {
    const recorder = createDenialRecorder();
    recorder.record(denial());
    const lost = new Proxy(db.prisma, {
      get: () => {
        throw new Error("connection lost");
      },
    });
    await expect(recorder.flush({ ...ctx, db: lost })).rejects.toThrow("connection lost");
    recorder.record(denial());
    await recorder.flush(ctx);
    expect((await written()).map((event) => event.count)).toEqual([2]);
  });

  it("holds no more than allowed, whoever asks from wherever", async () => {
    const recorder = createDenialRecorder({ maxPending: 5 });
    for (let i = 0; i < 20; i++) {
      recorder.record(denial({ origin: { ip: `192.0.2.${i}`, userAgent: null, requestId: null } }));
    }
    for (let i = 0; i < 20; i++) recorder.record(denial({ actor: { type: "key", id: `other ${i}`, name: null } }));
    const warnings: object[] = [];
    await recorder.flush({ ...ctx, log: { ...ctx.log, warn: (fields) => warnings.push(fields) } });
    const events = await written();
    expect(events).toHaveLength(10);
    expect(events[5]).toMatchObject({ actorId: "k1", ip: null, targetName: "various", count: 15 });
    expect(events.reduce((sum, event) => sum + event.count, 0)).toBe(24);
    expect(warnings).toEqual([{ dropped: 16 }]);
    wait(60);
    await recorder.flush(ctx);
    recorder.record(denial({ origin: { ip: "192.0.2.200", userAgent: null, requestId: null } }));
    await recorder.flush(ctx);
    expect((await written()).at(-1)).toMatchObject({ ip: "192.0.2.200", count: 1 });
  });
});
