import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { compareStored } from "./compare-stored";
import { groupMatches } from "./group-matches";
import { groupMatchesInput, matchGroupListShape } from "./group-shape";
import { listMatches } from "./list-matches";
import { matchChanges } from "./match-changes";
import { commentOnMatch, getMatch } from "./match-comments";
import { listAllMatchesInput, matchListShape } from "./match-shape";
import { previewLookalikes } from "./preview-lookalikes";
import { lookalikePreviewShape, previewLookalikesInput } from "./preview-shape";
import type { WatchlistCall } from "./require-watchlist";
import { add, create, freshAdmin, ingestAndPublish } from "./testing";
import { triageMatches } from "./triage-matches";
import { commentInput, triageInput } from "./triage-shape";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;
let lists: { domains: string; networks: string };

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

/** Two lists that five indicators match seven times; one of them by looking like a domain. */
beforeEach(async () => {
  owner = await freshAdmin(ctx);
  lists = { domains: await create(owner, { name: "Domains" }), networks: await create(owner, { name: "Networks" }) };
  await add(owner, lists.domains, "example.org\nterm: Exampleware", { lookalikes: true });
  await add(owner, lists.networks, "192.0.2.0/24");
  await compareStored(ctx);
  await ingestAndPublish(ctx, [
    { value: "a.example.org", tags: ["exampleware"], context: "command and control", threatType: "botnet_cc" },
    { value: "https://b.example.org/x" },
    { value: "examp1e.org" },
    { value: "192.0.2.1", tags: ["exampleware"] },
    { value: "192.0.2.2" },
  ]);
  await matchChanges(ctx);
});

const list = async (more: object = {}) =>
  matchListShape.parse(await listMatches(owner, listAllMatchesInput.parse(more))).data;
const groups = async (more: object) =>
  matchGroupListShape.parse(await groupMatches(owner, groupMatchesInput.parse(more)));
const triage = (by: WatchlistCall, input: object) => triageMatches(by, triageInput.parse(input));
const valuesOf = (rows: Awaited<ReturnType<typeof list>>) => rows.map(({ ioc }) => ioc?.value).sort();

async function userOf({ caller: { workspaceId } }: WatchlistCall, email: string) {
  const user = await db.prisma.user.create({ data: { id: randomUUID(), name: "A member", email } });
  await db.prisma.member.create({ data: { id: randomUUID(), workspaceId, userId: user.id, role: "analyst" } });
}

describe("matches of all lists", () => {
  it("are filtered by type, risk, look-alike, entry and what was found", async () => {
    expect(valuesOf(await list({ lookalikes: "only" }))).toEqual(["examp1e.org"]);
    expect(valuesOf(await list({ lookalikes: "without" }))).not.toContain("examp1e.org");
    expect(valuesOf(await list({ type: "url" }))).toEqual(["https://b.example.org/x"]);
    const all = await list();
    const risks = all.map(({ ioc }) => ioc?.risk_score ?? 0);
    const most = Math.max(...risks);
    expect(await list({ min_risk: most })).toHaveLength(risks.filter((risk) => risk === most).length);
    expect(await list({ min_risk: 100 })).toEqual([]);
    const [one] = all;
    expect(await list({ entry_id: one?.entry.id, subject_id: one?.ioc?.id })).toEqual([one]);
    expect(await list({ entry_id: "no uuid" })).toEqual([]);
  });

  it("come by risk, the newest of one risk first, page by page without gap or repeat", async () => {
    const whole = await list({ order: "risk" });
    const key = ({ ioc, id }: (typeof whole)[number]) => [ioc?.risk_score ?? -1, Number(id)] as const;
    const sorted = whole.toSorted((a, b) => key(b)[0] - key(a)[0] || key(b)[1] - key(a)[1]);
    expect(whole).toEqual(sorted);
    const paged: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await listMatches(
        owner,
        listAllMatchesInput.parse({ order: "risk", limit: 2, ...(cursor ? { cursor } : {}) }),
      );
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.meta.next_cursor;
      if (cursor === null) break;
    }
    expect(paged).toEqual(whole.map(({ id }) => id));
    for (const cursor of ["r1", "n1.1", "r1.x"]) {
      const asked = listMatches(owner, listAllMatchesInput.parse({ order: "risk", cursor }));
      await expect(asked).rejects.toMatchObject({ code: "invalid_parameter" });
    }
  });

  it("are grouped by entry and by what they found, with their numbers", async () => {
    const byEntry = await groups({ by: "entry" });
    expect(byEntry.data.map(({ latest, matches, partners }) => [latest.entry.value, matches, partners]).sort()).toEqual(
      [
        ["192.0.2.0/24", 2, 2],
        ["Exampleware", 2, 2],
        ["example.org", 3, 3],
      ],
    );
    const bySubject = await groups({ by: "subject" });
    const twice = bySubject.data.filter(({ partners }) => partners === 2).map(({ latest }) => latest.ioc?.value);
    expect(twice.sort()).toEqual(["192.0.2.1", "a.example.org"]);
    expect(bySubject.data.map(({ risk }) => risk)).toEqual(
      bySubject.data.map(({ risk }) => risk).sort((a, b) => Number(b) - Number(a)),
    );
    const paged: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await groups({ by: "subject", limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.meta.next_cursor;
      if (cursor === null) break;
    }
    expect(paged).toEqual(bySubject.data.map(({ id }) => id));
    expect((await groups({ by: "entry", watchlist_id: lists.networks })).data).toHaveLength(1);
    await expect(groups({ by: "entry", watchlist_id: "no" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("triage", () => {
  it("acknowledges a group over lists, says what it changed, and is undone by that", async () => {
    const [group] = (await groups({ by: "subject" })).data.filter(({ partners }) => partners === 2);
    const done = await triage(owner, { subject_ids: [group?.id], acknowledged: true });
    expect(done).toMatchObject({ changed: 2, more: false });
    expect(await triage(owner, { subject_ids: [group?.id], acknowledged: true })).toMatchObject({ changed: 0 });
    expect((await list({ status: "acknowledged" })).map(({ id }) => id).sort()).toEqual(done.ids.toSorted());
    expect(await triage(owner, { ids: done.ids, acknowledged: false })).toMatchObject({ changed: 2 });
    expect(await list({ status: "acknowledged" })).toEqual([]);
  });

  it("assigns to members alone, and leaves the state as it is", async () => {
    await userOf(owner, "ada@example.org");
    const [entry] = (await groups({ by: "entry" })).data;
    const done = await triage(owner, { entry_ids: [entry?.id], assigned_to: "Ada@Example.org" });
    expect(done.changed).toBe(entry?.matches);
    expect(await list({ assigned_to: "ada@example.org", status: "open" })).toHaveLength(done.changed);
    expect(await list({ assigned_to: "nobody" })).toHaveLength(7 - done.changed);
    await expect(triage(owner, { ids: done.ids, assigned_to: "eve@example.net" })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    expect(await triage(owner, { ids: done.ids, assigned_to: null })).toMatchObject({ changed: done.changed });
  });

  it("is told of list by list in the audit log", async () => {
    const ids = (await list()).map(({ id }) => id);
    await triage(owner, { ids, acknowledged: true });
    const events = await db.prisma.auditEvent.findMany({
      where: { workspaceId: owner.caller.workspaceId, action: "watchlist.triage" },
      select: { targetName: true, details: true },
    });
    expect(events.map(({ targetName, details }) => [targetName, details]).sort()).toEqual([
      ["Domains", { matches: 5, acknowledged: true }],
      ["Networks", { matches: 2, acknowledged: true }],
    ]);
  });

  it("touches and shows nothing of another workspace", async () => {
    const [match] = await list();
    const stranger = await testWorkspace(ctx);
    const ids = [match?.id ?? ""];
    expect(await triage(stranger, { ids, acknowledged: true })).toMatchObject({ changed: 0, ids: [] });
    expect(await triage(stranger, { entry_ids: [match?.entry.id], acknowledged: true })).toMatchObject({ changed: 0 });
    for (const matchId of [ids[0] ?? "", "x", "9".repeat(18)]) {
      await expect(getMatch(stranger, { matchId })).rejects.toMatchObject({ code: "not_found" });
      const said = commentOnMatch(stranger, commentInput.parse({ matchId, text: "Mine" }));
      await expect(said).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await groupMatches(stranger, groupMatchesInput.parse({ by: "entry" }))).data).toEqual([]);
  });

  it("refuses two choices at once, none, and nothing to do", () => {
    for (const input of [
      {},
      { ids: ["1"] },
      { ids: ["1"], entry_ids: [randomUUID()], acknowledged: true },
      { acknowledged: true },
    ]) {
      expect(triageInput.safeParse(input).success).toBe(false);
    }
  });
});

describe("comments", () => {
  it("are shown with their match in order, counted, and end at a bound", async () => {
    const [match] = await list();
    const matchId = match?.id ?? "";
    for (const text of ["One", "Two\nlines"]) await commentOnMatch(owner, commentInput.parse({ matchId, text }));
    const { data, comments } = await getMatch(owner, { matchId });
    expect(data).toMatchObject({ id: matchId, comments: 2 });
    expect(comments.map(({ text }) => text)).toEqual(["One", "Two\nlines"]);
    expect(comments[0]?.author).toBe(owner.caller.email);
    await db.prisma.watchlistMatch.update({ where: { id: BigInt(matchId) }, data: { comments: 200 } });
    const another = commentOnMatch(owner, commentInput.parse({ matchId, text: "Three" }));
    await expect(another).rejects.toMatchObject({ code: "invalid_parameter" });
  });
});

it("a preview counts what would match as a look-alike, and keeps nothing", async () => {
  const input = previewLookalikesInput.parse({ text: "example.org\n192.0.2.0/24\nunlike.test" });
  const { data, meta } = lookalikePreviewShape.parse(await previewLookalikes(owner, input));
  const sample = { type: "domain", value: "examp1e.org", reason: "lookalike.homoglyph" };
  expect(data).toEqual([{ domain: "example.org", matches: 1, samples: [sample] }]);
  expect(meta).toEqual({ domains: 2, matches: 1, compared: 3, complete: true });
  expect(await list()).toHaveLength(7);
});
