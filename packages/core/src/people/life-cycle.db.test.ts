import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticated } from "../access";
import { listEvents, listEventsInput, verifyChain } from "../audit";
import type { Context } from "../context";
import { createKey, createKeyInput, verifyKey } from "../keys";
import { testContext } from "../testing";
import {
  deleteWorkspace,
  exportedWorkspaceShape,
  exportWorkspace,
  finishDeletions,
  makeWorkspace,
  makeWorkspaceInput,
  renameWorkspace,
  setMembership,
} from "../workspaces";
import { testWorkspace } from "../workspaces/testing";
import { deletePerson } from "./delete-person";
import { exportPerson } from "./export-person";
import { exportedPersonShape } from "./shape";

let db: Db;
let ctx: Context;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

const operator = () => testWorkspace(ctx, { operator: true });
const slugOf = async (id: string) =>
  (await db.prisma.workspace.findUniqueOrThrow({ where: { id }, select: { slug: true } })).slug;
const newKey = async (call: Awaited<ReturnType<typeof operator>>) =>
  (await createKey(call, createKeyInput.parse({ name: "Key" }))).data;
const usable = async (secret: string) => (await verifyKey(ctx, secret, null)).usable;

describe("an operator", () => {
  it("makes a workspace for somebody, renames it, and adds, changes and removes its members", async () => {
    const [call, other] = [await operator(), await testWorkspace(ctx)];
    const made = await makeWorkspace(call, makeWorkspaceInput.parse({ name: "Team", owner: other.caller.email }));
    expect([made.members, made.tier]).toEqual([1, "free"]);
    const workspaceId = made.id;
    expect((await renameWorkspace(call, { workspaceId, name: "New name" })).name).toBe("New name");
    const { email } = call.caller;
    expect((await setMembership(call, { workspaceId, email, role: "viewer" })).members).toBe(2);
    await setMembership(call, { workspaceId, email, role: "auditor" });
    expect((await setMembership(call, { workspaceId, email, role: null })).members).toBe(1);
    await expect(setMembership(call, { workspaceId, email: other.caller.email, role: null })).rejects.toMatchObject({
      code: "last_owner",
    });
    await expect(
      setMembership(call, { workspaceId, email: "nobody@people.example", role: "viewer" }),
    ).rejects.toMatchObject({ code: "invalid_parameter" });
    const events = await db.prisma.auditEvent.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
    expect(events.map(({ action, actorId }) => [action, actorId])).toEqual(
      ["workspace.create", "workspace.update", "member.add", "member.set_role", "member.remove"].map((action) => [
        action,
        call.caller.userId,
      ]),
    );
  });
});

describe("a workspace that is removed", () => {
  it("loses its keys, its usage and itself; its log stays whole, and other workspaces are untouched", async () => {
    const [owner, other] = [await testWorkspace(ctx), await operator()];
    const [key, kept] = [await newKey(owner), await newKey(other)];
    const workspaceId = owner.caller.workspaceId;
    const minute = new Date("2026-03-01T12:00:00Z");
    const use = { route: "/x", status: 200, requests: 1, durationMs: 1, histogram: [] };
    await db.prisma.usageDayRoute.createMany({
      data: [key.id, kept.id].map((keyId) => ({ keyId, day: minute, ...use })),
    });
    const copy = exportedWorkspaceShape.parse(await exportWorkspace(owner));
    expect([copy.members.length, copy.keys.length, JSON.stringify(copy).includes(key.key)]).toEqual([1, 1, false]);
    const slug = await slugOf(workspaceId);
    await expect(deleteWorkspace(owner, { workspaceId, slug: "another" })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    await expect(deleteWorkspace(owner, { workspaceId: other.caller.workspaceId, slug: "x" })).rejects.toMatchObject({
      code: "insufficient_role",
    });
    const admin = { ...owner, caller: authenticated({ ...owner.caller, role: "admin" as const }) };
    await expect(deleteWorkspace(admin, { workspaceId, slug })).rejects.toMatchObject({ code: "insufficient_role" });
    await deleteWorkspace(owner, { workspaceId, slug });
    expect([await usable(key.key), await usable(kept.key)]).toEqual([false, true]);
    expect(await db.prisma.workspace.count({ where: { id: workspaceId } })).toBe(0);
    expect(await db.prisma.usageDayRoute.findMany({ select: { keyId: true } })).toEqual([{ keyId: kept.id }]);
    const events = await db.prisma.auditEvent.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
    expect(events.map(({ action }) => action)).toEqual([
      "key.create",
      "workspace.export",
      "workspace.delete",
      "key.revoke",
    ]);
    expect((await verifyChain(ctx, workspaceId)).problem).toBeNull();
  });

  it("is finished by a worker where it stopped midway", async () => {
    const owner = await testWorkspace(ctx);
    await operator();
    const key = await newKey(owner);
    const id = owner.caller.workspaceId;
    await db.prisma.workspace.update({ where: { id }, data: { deletingAt: new Date(), suspendedAt: new Date() } });
    expect(await finishDeletions(ctx)).toBe(1);
    expect([await usable(key.key), await db.prisma.workspace.count({ where: { id } })]).toEqual([false, 0]);
    expect(await finishDeletions(ctx)).toBe(0);
  });
});

describe("a person whose account is deleted", () => {
  it("is a pseudonym wherever the log is read, whose chain stays whole; keys go on under it", async () => {
    const [call, person] = [await operator(), await testWorkspace(ctx)];
    const { workspaceId } = call.caller;
    const { userId, email } = person.caller;
    const data = { id: randomUUID(), workspaceId, userId, role: "admin" };
    await db.prisma.member.create({ data });
    const theirs = { ...person, caller: authenticated({ ...person.caller, workspaceId, name: "Ada Lovelace" }) };
    const key = await newKey(theirs);
    expect(exportedPersonShape.parse(await exportPerson(theirs)).keys).toEqual([
      expect.objectContaining({ id: key.id }),
    ]);
    await expect(deletePerson(theirs, { personId: userId, endKeys: false })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    const own = person.caller.workspaceId;
    await deleteWorkspace(person, { workspaceId: own, slug: await slugOf(own) });
    const { pseudonym } = await deletePerson(theirs, { personId: userId, endKeys: false });
    expect(await db.prisma.user.count({ where: { id: userId } })).toBe(0);
    const log = JSON.stringify(await listEvents(call, listEventsInput.parse({})));
    expect([log.includes("Ada Lovelace"), log.includes(email), log.includes(pseudonym)]).toEqual([false, false, true]);
    expect((await verifyChain(ctx, workspaceId)).problem).toBeNull();
    const row = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: key.id }, select: { createdBy: true } });
    expect([await usable(key.key), row.createdBy]).toEqual([true, pseudonym]);
  });

  it("takes their keys with them where that is asked for", async () => {
    const [call, person] = [await operator(), await testWorkspace(ctx)];
    const { workspaceId } = person.caller;
    const key = await newKey(person);
    await setMembership(call, { workspaceId, email: call.caller.email, role: "owner" });
    await deletePerson(call, { personId: person.caller.userId, endKeys: true });
    expect(await usable(key.key)).toBe(false);
  });

  it("is never the last owner, of two who go at once neither", async () => {
    const [one, two] = [await testWorkspace(ctx), await testWorkspace(ctx)];
    const { workspaceId } = one.caller;
    const call = await operator();
    await setMembership(call, { workspaceId, email: two.caller.email, role: "owner" });
    const own = two.caller.workspaceId;
    await deleteWorkspace(two, { workspaceId: own, slug: await slugOf(own) });
    const gone = await Promise.allSettled(
      [one, two].map((each) => deletePerson(each, { personId: each.caller.userId, endKeys: false })),
    );
    expect(gone.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.prisma.member.count({ where: { workspaceId, role: "owner" } })).toBe(1);
  });
});
