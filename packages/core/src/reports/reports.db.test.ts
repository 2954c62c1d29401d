import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type KeyCaller, type SessionCaller, type Tier, tiers } from "../access";
import { type Call, noOrigin } from "../context";
import { type FeedFacts, ingestIocs, listIocs, listIocsInput, openExport } from "../iocs";
import { bulkLookupInput, lookupInput, lookupIoc, lookupMany } from "../lookup";
import { addIndicators, addIndicatorsInput } from "../own-indicators";
import { testContext } from "../testing";
import { iocId } from "../values";
import {
  addSightings,
  addSightingsInput,
  giveFeedback,
  giveFeedbackInput,
  listFeedback,
  listFeedbackInput,
  listProposals,
  listSightings,
  listSightingsInput,
  removeSighting,
  reviewFeedback,
  streamSightings,
  withdrawFeedback,
} from ".";

const feed: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "high", tlp: "clear" };
const now = new Date("2026-11-21T12:00:00.000Z");
let db: Db;
let ours: Call<Authorized<KeyCaller>>;
let others: Call<Authorized<KeyCaller>>;
let operator: Call<Authorized<SessionCaller>>;

beforeAll(async () => {
  db = await testDb();
  await db.prisma.feed.create({ data: { id: feed.id, name: feed.name, category: feed.category } });
  [ours, others] = [await callerOf("Ours"), await callerOf("Others")];
  operator = {
    ...others,
    caller: authenticated<SessionCaller>({
      ...{
        kind: "session",
        sessionId: "s",
        userId: "operator",
        name: "Olga",
        email: "olga@tocsin.example",
        operator: true,
      },
      ...{ role: "owner", workspaceId: others.caller.workspaceId, tier: tiers.pro },
    } as SessionCaller),
  };
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql.query(
    `TRUNCATE ioc, sighting, ioc_change, publication, own_indicator, own_sighting, own_seen, own_verdict, own_store,
       allowed_value CASCADE`,
  );
  await ingestIocs(ours, {
    feed,
    observations: ["evil.example", "198.51.100.7", "http://evil.example/a"].map((value) => ({ value, tags: ["fed"] })),
    pulledAt: now,
  });
});

async function callerOf(name: string, tier: Tier = tiers.pro): Promise<Call<Authorized<KeyCaller>>> {
  const workspaceId = randomUUID();
  await db.prisma.workspace.create({ data: { id: workspaceId, name, slug: workspaceId } });
  const key = { keyId: "00000000-0000-4000-8000-000000000001", keyName: "Sensor", workspaceId, tier };
  const caller = authenticated<KeyCaller>({ kind: "key", ...key, scopes: tier.scopes });
  return { ...testContext(db, { now: () => now }), caller, origin: noOrigin };
}

const see = (sightings: unknown[], ctx = ours) => addSightings(ctx, addSightingsInput.parse({ sightings }));
const say = (value: string, verdict: string, more: object = {}, ctx = ours) =>
  giveFeedback(ctx, giveFeedbackInput.parse({ value, verdict, reason: "Because", ...more }));
const lookUp = async (ioc: string, ctx = ours) => (await lookupIoc(ctx, lookupInput.parse({ ioc }))).data;
const listed = async (query: object = {}, ctx = ours) => {
  const { data, meta } = await listIocs(ctx, listIocsInput.parse(query));
  return { values: data.map(({ value }) => value).sort(), total: meta.total };
};
const refusedFields = async (work: Promise<unknown>) =>
  work.then(
    () => [],
    ({ details }) => details.fields.map(({ field }: { field: string }) => field),
  );
const at = "2026-11-20T09:00:00.000Z";

describe("sightings", () => {
  it("have a result each, and what is sent again is the same one", async () => {
    const sent = [
      { value: "evil[.]example", seen_at: at, place: "Proxy", count: 3 },
      { value: "evil.example", seen_at: at, place: "Mail" },
      { value: "192.168.1.1" },
      { value: "evil.example", seen_at: "2031-01-01T00:00:00Z" },
      { value: "evil.example", count: 0 },
      "evil.example",
    ];
    const first = await see(sent);
    expect(first.meta).toMatchObject({ total: 6, created: 2, refused: 4 });
    expect(first.data.flatMap(({ error }) => error?.fields.map(({ field }) => field) ?? [])).toEqual([
      "value",
      "seen_at",
      "count",
      "sighting",
    ]);
    expect((await see(sent)).meta).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect((await see([{ ...(sent[0] as object), count: 5 }])).meta).toMatchObject({ updated: 1 });
    expect((await lookUp("evil.example")).own_reports).toMatchObject({
      ...{ verdict: null, sightings: 2, occurrences: 6, first_seen: at, last_seen: at, places: ["Mail", "Proxy"] },
    });
    expect(await refusedFields(addSightings(ours, addSightingsInput.parse({ value: "10.0.0.1" })))).toEqual(["value"]);
  });

  it("raise the score of what is known, in the workspace's lookups alone", async () => {
    const before = await lookUp("evil.example");
    await see([
      { value: "evil.example", seen_at: at },
      { value: "new.example", seen_at: at },
    ]);
    const after = await lookUp("evil.example");
    expect(after.risk?.factors.at(-1)).toMatchObject({ name: "seen_here", most: 10 });
    expect(after.risk?.score).toBe((before.risk?.score ?? 0) + Math.floor((100 - (before.risk?.score ?? 0)) / 10));
    expect(after.risk?.factors.reduce((sum, { weight }) => sum + weight, 0)).toBe(after.risk?.score);
    expect(await lookUp("new.example")).toMatchObject({ found: false, risk: null, own_reports: { sightings: 1 } });
    expect(await lookUp("evil.example", others)).toEqual(before);
    const old = { value: "198.51.100.7", seen_at: "2026-01-01T00:00:00Z" };
    const score = (await lookUp(old.value)).risk?.score;
    await see([old]);
    expect(await lookUp(old.value)).toMatchObject({ risk: { score }, own_reports: { sightings: 1 } });
  });

  it("are listed page by page, and taken back one by one, with an event each", async () => {
    await see(
      [1, 2, 3].map((day) => ({ value: "evil.example", seen_at: `2026-11-0${day}T00:00:00Z`, place: `P${day}` })),
    );
    await see([{ value: "198.51.100.7", seen_at: at }]);
    const page = await listSightings(ours, listSightingsInput.parse({ value: "evil.example", limit: 2 }));
    expect(page.data.map(({ place }) => place)).toEqual(["P3", "P2"]);
    expect(page.meta).toMatchObject({ total: 3 });
    const cursor = page.meta.next_cursor ?? "";
    const rest = await listSightings(ours, listSightingsInput.parse({ value: "evil.example", limit: 2, cursor }));
    expect(rest.data.map(({ place }) => place)).toEqual(["P1"]);
    const all = [];
    for await (const rows of streamSightings(ours, {})) all.push(...rows);
    expect(all).toHaveLength(4);
    expect((await listSightings(others, listSightingsInput.parse({}))).data).toEqual([]);
    const [last] = page.data;
    const path = { sightingId: last?.id ?? "" };
    expect(await removeSighting(others, path)).toEqual({ success: true, removed: false });
    expect(await removeSighting(ours, path)).toEqual({ success: true, removed: true });
    expect(await removeSighting(ours, path)).toEqual({ success: true, removed: false });
    expect((await lookUp("evil.example")).own_reports).toMatchObject({
      ...{ sightings: 2, last_seen: "2026-11-02T00:00:00.000Z", places: ["P1", "P2"] },
    });
    const events = await db.prisma.auditEvent.findMany({
      where: { workspaceId: ours.caller.workspaceId, action: { startsWith: "sighting." } },
      orderBy: { id: "desc" },
      take: 3,
    });
    expect(events.map(({ action }) => action)).toEqual(["sighting.remove", "sighting.add", "sighting.add"]);
  });

  it("are refused beyond what the tier allows, and what fits is kept", async () => {
    const small = await callerOf("Small", { ...tiers.free, ownIndicators: 1 });
    const { data } = await see(
      [
        { value: "a.example", seen_at: at },
        { value: "b.example", seen_at: at },
      ],
      small,
    );
    expect(data.map(({ outcome, error }) => error?.code ?? outcome)).toEqual(["created", "report_limit_reached"]);
    await say("a.example", "malicious", {}, small);
    await expect(say("b.example", "malicious", {}, small)).rejects.toMatchObject({ code: "report_limit_reached" });
  });
});

describe("a verdict", () => {
  it("that a value is harmless lowers its score and hides it from the workspace's lists and exports at once", async () => {
    const before = await lookUp("evil.example");
    await say("evil.example", "harmless", { reason: "Ours" });
    const after = await lookUp("evil.example");
    expect(after.risk?.score).toBe(Math.floor((before.risk?.score ?? 0) / 10));
    expect(after.risk?.factors.at(-1)).toMatchObject({
      name: "harmless",
      why: "your workspace calls it harmless: Ours",
    });
    expect(after.warnings[0]).toBe("Your workspace calls it harmless: Ours.");
    const left = ["198.51.100.7", "http://evil.example/a"];
    expect(await listed()).toEqual({ values: left, total: 2 });
    expect(await listed({ tag: "fed" })).toEqual({ values: left, total: 2 });
    expect(await listed({ include_false_positives: true })).toMatchObject({ total: 3 });
    expect((await openExport(ours, listIocsInput.parse({}))).count).toBe(2);
    expect(await listed({}, others)).toMatchObject({ total: 3 });
    expect(await lookUp("evil.example", others)).toEqual(before);
    await withdrawFeedback(ours, { indicatorId: iocId("domain", "evil.example") });
    expect(await listed()).toMatchObject({ total: 3 });
    expect(await lookUp("evil.example")).toEqual(before);
  });

  it("hides an indicator of the workspace's own too", async () => {
    await addIndicators(
      ours,
      addIndicatorsInput.parse({ indicators: [{ value: "own.example" }, { value: "evil.example" }] }),
    );
    await say("own.example", "harmless");
    await say("evil.example", "harmless");
    expect(await listed()).toEqual({ values: ["198.51.100.7", "http://evil.example/a"], total: 2 });
    expect(await listed({ include_false_positives: true })).toMatchObject({ total: 4 });
  });

  it("of a domain or network holds for what is in it, where it is harmless", async () => {
    await say("evil.example", "harmless");
    await say("198.51.100.0/24", "harmless");
    for (const value of ["http://evil.example/a", "198.51.100.7"]) {
      const { risk, warnings } = await lookUp(value);
      expect(risk?.factors.at(-1)?.name).toBe("harmless");
      expect(warnings[0]).toContain("which holds it, harmless");
    }
    await say("evil.example", "malicious");
    expect((await lookUp("http://evil.example/a")).own_reports).toBeUndefined();
  });

  it("that a value is malicious raises its score, and gives one to what nobody reports", async () => {
    await say("evil.example", "malicious");
    await say("new.example", "malicious", { reason: "Phish" });
    expect((await lookUp("evil.example")).risk?.factors.at(-1)).toMatchObject({ name: "malicious" });
    const risk = { score: 50, level: "medium", factors: [{ name: "malicious", weight: 50 }] };
    expect(await lookUp("new.example")).toMatchObject({ found: false, risk, own_reports: { reason: "Phish" } });
    const many = await lookupMany(
      ours,
      bulkLookupInput.parse({ values: ["new.example", "evil.example", "198.51.100.7"] }),
    );
    expect(many.data.map(({ result }) => result?.own_reports?.verdict)).toEqual(["malicious", "malicious", undefined]);
  });

  it("given again in the same words changes nothing, and in others replaces the one before", async () => {
    const { data } = await say("evil.example", "harmless");
    expect((await say("evil.example", "harmless")).data).toEqual(data);
    await say("evil.example", "malicious", { reason: "Wrong" });
    const { data: all, meta } = await listFeedback(ours, listFeedbackInput.parse({}));
    expect(all).toMatchObject([{ value: "evil.example", verdict: "malicious", reason: "Wrong", created_by: "Sensor" }]);
    expect(meta.total).toBe(1);
    expect(await listed()).toMatchObject({ total: 3 });
    const path = { indicatorId: iocId("domain", "evil.example") };
    expect(await withdrawFeedback(others, path)).toEqual({ success: true, removed: false });
    expect(await withdrawFeedback(ours, path)).toEqual({ success: true, removed: true });
    expect(await withdrawFeedback(ours, path)).toEqual({ success: true, removed: false });
    expect(await withdrawFeedback(ours, { indicatorId: "no-uuid" })).toEqual({ success: true, removed: false });
  });

  it.each(["8.0.0.0/8", "2001:db8::/16", "co.uk", "duckdns.org", "192.168.1.1", "nothing at all"])(
    "on %s is refused",
    async (value) => {
      expect(await refusedFields(say(value, "harmless"))).toEqual(["value"]);
    },
  );

  it("asks for all with harmless alone", () => {
    const malicious = { value: "evil.example", verdict: "malicious", reason: "x", for_all: true };
    expect(giveFeedbackInput.safeParse(malicious).error?.issues.map(({ path }) => path)).toEqual([["for_all"]]);
  });
});

describe("an operator", () => {
  const path = () => ({ workspaceId: ours.caller.workspaceId, indicatorId: iocId("domain", "evil.example") });

  it("accepts what then hides for everybody, with the reason", async () => {
    await say("evil.example", "harmless", { for_all: true, reason: "A customer's site" });
    await say("198.51.100.7", "harmless");
    const { data } = await listProposals(operator);
    expect(data).toMatchObject([
      {
        value: "evil.example",
        workspace_name: "Ours",
        reason: "A customer's site",
        review: "pending",
        sources: ["Alpha"],
      },
    ]);
    const accepted = await reviewFeedback(operator, { ...path(), decision: "accept", note: "Checked" });
    expect(accepted.data).toMatchObject([{ review: "accepted", review_note: "Checked" }]);
    expect(await db.prisma.allowedValue.findMany()).toMatchObject([
      { type: "domain", value: "evil.example", note: "A customer's site", addedBy: "olga@tocsin.example" },
    ]);
    await expect(reviewFeedback(operator, { ...path(), decision: "decline", note: "" })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    const event = await db.prisma.auditEvent.findFirst({
      where: { action: "feedback.review" },
      orderBy: { id: "desc" },
    });
    expect(event).toMatchObject({ workspaceId: ours.caller.workspaceId, actorName: "Olga", reason: "Checked" });
    expect((await say("evil.example", "harmless", { for_all: true, reason: "A customer's site" })).data.review).toBe(
      "accepted",
    );
  });

  it("declines what then stays the workspace's own, until it is said otherwise", async () => {
    await say("evil.example", "harmless", { for_all: true });
    await reviewFeedback(operator, { ...path(), decision: "decline", note: "" });
    expect(await db.prisma.allowedValue.count()).toBe(0);
    expect(await listed()).toMatchObject({ total: 2 });
    expect((await say("evil.example", "harmless", { for_all: true, reason: "New" })).data.review).toBe("pending");
  });

  it("alone decides", async () => {
    const member = { ...operator, caller: { ...operator.caller, operator: false } };
    await expect(listProposals(member)).rejects.toMatchObject({ code: "insufficient_role" });
    await expect(reviewFeedback(member, { ...path(), decision: "accept", note: "" })).rejects.toMatchObject({
      code: "insufficient_role",
    });
  });
});
