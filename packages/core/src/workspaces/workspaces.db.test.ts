import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { createKey, createKeyInput, revokeKey, verifyKey } from "../keys";
import { testContext } from "../testing";
import { createWorkspace } from "./create-workspace";
import { listWorkspaces } from "./list-workspaces";
import { setSuspended } from "./set-suspended";
import { setTier } from "./set-tier";
import { setSuspendedInput, setTierInput, workspaceListShape, workspaceShape } from "./shape";
import { testWorkspace } from "./testing";

let db: Db;
let ctx: Context;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

async function newUser(): Promise<string> {
  const id = randomUUID();
  await db.prisma.user.create({ data: { id, name: "Grace", email: `${id}@people.example` } });
  return id;
}

describe("createWorkspace", () => {
  it("makes the workspace, its owner and the event of it", async () => {
    const ownerUserId = await newUser();
    const made = await createWorkspace(ctx, { name: "Zoë's SOC team", ownerUserId, tier: "pro" });
    expect(made.slug).toBe("zoes-soc-team");
    expect(await db.prisma.workspace.findUnique({ where: { id: made.id }, include: { members: true } })).toMatchObject({
      name: "Zoë's SOC team",
      tier: "pro",
      members: [{ userId: ownerUserId, role: "owner" }],
    });
    expect(await db.prisma.auditEvent.findMany({ where: { workspaceId: made.id } })).toMatchObject([
      { action: "workspace.create", actorType: "user", actorId: ownerUserId, actorName: "Grace", targetId: made.id },
    ]);
  });

  it("finds a slug of its own for each of many that have one name", async () => {
    const owners = await Promise.all(Array.from({ length: 6 }, newUser));
    const made = await Promise.all(
      owners.map((ownerUserId) => createWorkspace(ctx, { name: "Same name", ownerUserId, tier: "free" })),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(6);
    expect(made.every(({ slug }) => /^same-name(-[0-9a-f]{6})?$/.test(slug))).toBe(true);
  });

  it.each([
    ["日本", /^workspace/],
    ["---", /^workspace/],
    ["A".repeat(100), /^a{48}/],
  ])("makes a slug of %s", async (name, slug) => {
    const made = await createWorkspace(ctx, { name, ownerUserId: await newUser(), tier: "free" });
    expect(made.slug).toMatch(slug);
  });

  it("makes nothing for an owner who does not exist", async () => {
    const before = await db.prisma.workspace.count();
    await expect(createWorkspace(ctx, { name: "x", ownerUserId: randomUUID(), tier: "free" })).rejects.toThrow();
    expect(await db.prisma.workspace.count()).toBe(before);
  });
});

describe("setTier and listWorkspaces", () => {
  it("changes what the workspace's keys may do at their next request, and writes before and after", async () => {
    const operator = await testWorkspace(ctx, { operator: true });
    const tenant = await testWorkspace(ctx, { tier: "free" });
    const { workspaceId } = tenant.caller;
    const { data } = await createKey(tenant, createKeyInput.parse({ name: "k" }));
    const set = (input: object) => setTier(operator, setTierInput.parse({ workspaceId, ...input }));

    const changed = await set({ tier: "pro", overrides: { requestsPerMinute: 5 } });
    expect(workspaceShape.parse(changed)).toEqual(changed);
    expect(changed).toMatchObject({ tier: "pro", overrides: { requestsPerMinute: 5 }, keys: { active: 1, total: 1 } });
    const verdict = await verifyKey(ctx, data.key, null);
    expect(verdict.usable && verdict.caller.tier).toMatchObject({ requestsPerMinute: 5, requestsPerDay: 1_000_000 });

    expect((await set({ tier: "free" })).overrides).toEqual({ requestsPerMinute: 5 });
    expect((await set({ tier: "free", overrides: null })).overrides).toBeNull();
    const events = await db.prisma.auditEvent.findMany({
      where: { workspaceId, action: "workspace.set_tier" },
      orderBy: { id: "asc" },
    });
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      actorId: operator.caller.userId,
      targetId: workspaceId,
      details: {
        before: { tier: "free", overrides: null },
        after: { tier: "pro", overrides: { requestsPerMinute: 5 } },
      },
    });
    expect(events[2]?.details).toEqual({
      before: { tier: "free", overrides: { requestsPerMinute: 5 } },
      after: { tier: "free", overrides: null },
    });
  });

  it("shuts a workspace and opens it again, and its keys with it", async () => {
    const operator = await testWorkspace(ctx, { operator: true });
    const tenant = await testWorkspace(ctx);
    const { workspaceId } = tenant.caller;
    const { data } = await createKey(tenant, createKeyInput.parse({ name: "k" }));
    const set = (input: object) => setSuspended(operator, setSuspendedInput.parse({ workspaceId, ...input }));
    const usable = async () => (await verifyKey(ctx, data.key, null)).usable;

    const shut = await set({ suspended: true, reason: "unpaid" });
    expect([shut.suspended_at, await usable()]).toEqual([expect.any(String), false]);
    expect((await set({ suspended: true, reason: "again" })).suspended_at).toBe(shut.suspended_at);
    const open = await set({ suspended: false });
    expect([open.suspended_at, await usable()]).toEqual([null, true]);
    const events = await db.prisma.auditEvent.findMany({
      where: { workspaceId, action: { in: ["workspace.suspend", "workspace.resume"] } },
      orderBy: { id: "asc" },
      select: { action: true, reason: true, actorId: true },
    });
    expect(events).toEqual([
      { action: "workspace.suspend", reason: "unpaid", actorId: operator.caller.userId },
      { action: "workspace.resume", reason: null, actorId: operator.caller.userId },
    ]);
  });

  it("shuts neither the operator's own workspace, nor any for who is no operator", async () => {
    const operator = await testWorkspace(ctx, { operator: true });
    const tenant = await testWorkspace(ctx);
    const own = { workspaceId: operator.caller.workspaceId, suspended: true };
    await expect(setSuspended(operator, own)).rejects.toMatchObject({ code: "invalid_parameter" });
    await expect(setSuspended(tenant, own)).rejects.toMatchObject({ code: "insufficient_role" });
    const unknown = { workspaceId: randomUUID(), suspended: true };
    await expect(setSuspended(operator, unknown)).rejects.toMatchObject({ code: "not_found" });
  });

  it("lists all workspaces with their counts", async () => {
    const operator = await testWorkspace(ctx, { operator: true });
    const tenant = await testWorkspace(ctx);
    for (const days of [null, 1, null]) {
      await createKey(tenant, createKeyInput.parse({ name: "k", expires_in_days: days }));
    }
    const [first] = await db.prisma.apiKey.findMany({
      where: { workspaceId: tenant.caller.workspaceId, expiresAt: null },
    });
    await revokeKey(tenant, { keyId: first?.id ?? "", reason: null });
    const later = { ...operator, now: () => new Date(ctx.now().getTime() + 2 * 86_400_000) };
    const list = await listWorkspaces(later);
    expect(workspaceListShape.parse(list)).toEqual(list);
    expect(list.meta.total).toBe(await db.prisma.workspace.count());
    expect(list.data.find((workspace) => workspace.id === tenant.caller.workspaceId)).toMatchObject({
      keys: { active: 1, total: 3 },
      members: 1,
    });
  });

  it("is for operators only, and tells nobody which ids exist", async () => {
    const owner = await testWorkspace(ctx);
    const operator = await testWorkspace(ctx, { operator: true });
    const input = { workspaceId: owner.caller.workspaceId, tier: "pro" as const };
    await expect(setTier(owner, input)).rejects.toMatchObject({ code: "insufficient_role" });
    await expect(listWorkspaces(owner)).rejects.toMatchObject({ code: "insufficient_role" });
    for (const workspaceId of ["x", randomUUID()]) {
      await expect(setTier(operator, { ...input, workspaceId })).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
