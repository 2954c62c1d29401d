import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticated } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { createKey, createKeyInput, verifyKey } from "../keys";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { claimLink, createLink, linkMs, readLink } from "./account-links";
import { endSessions } from "./end-sessions";
import { listPeople } from "./list-people";
import { setDisabled } from "./set-disabled";
import { setOperator } from "./set-operator";
import { listPeopleInput, setDisabledInput } from "./shape";

let db: Db;
let ctx: Context;
let time = new Date("2026-03-01T12:00:00Z");
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => time });
});
afterAll(() => db.close());

const system = () => ({
  ...ctx,
  caller: authenticated({ kind: "system", name: "command line" }),
  origin: noOrigin,
});
const disabling = (personId: string, more = {}) => setDisabledInput.parse({ personId, disabled: true, ...more });
const tokenOf = (url: string) => url.split("#")[1] ?? "";
const actionsFor = async (targetId: string) =>
  (await db.prisma.auditEvent.findMany({ where: { targetId }, orderBy: { id: "asc" }, select: { action: true } })).map(
    ({ action }) => action,
  );

async function newSession(userId: string) {
  const id = randomUUID();
  const expiresAt = new Date(time.getTime() + 3_600_000);
  await db.prisma.session.create({ data: { id, token: id, userId, expiresAt } });
}

describe("the list of people", () => {
  it("finds by part of a name or address, says what they have, and goes on by its cursor", async () => {
    const call = await testWorkspace(ctx, { role: "key_admin" });
    const { userId, email, workspaceId } = call.caller;
    await createKey(call, createKeyInput.parse({ name: "Theirs" }));
    await newSession(userId);
    const found = await listPeople(system(), listPeopleInput.parse({ q: email.slice(0, 20).toUpperCase() }));
    expect(found.data).toEqual([
      expect.objectContaining({
        id: userId,
        sessions: 1,
        active_keys: 1,
        operator: false,
        disabled_at: null,
        workspaces: [{ id: workspaceId, name: "Test", role: "key_admin" }],
      }),
    ]);
    await testWorkspace(ctx);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPeople(system(), listPeopleInput.parse({ limit: 1, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([await db.prisma.user.count(), seen.length]);
    expect((await listPeople(system(), listPeopleInput.parse({ q: "%" }))).data).toEqual([]);
  });

  it("is for operators", async () => {
    const call = await testWorkspace(ctx);
    await expect(listPeople(call, listPeopleInput.parse({}))).rejects.toMatchObject({ code: "insufficient_role" });
  });
});

describe("a one-time link", () => {
  it("is used once, by one of two at once, within its hour, and ends when a newer one is made", async () => {
    const { caller } = await testWorkspace(ctx);
    const make = async () => tokenOf((await createLink(system(), { personId: caller.userId, kind: "password" })).url);
    const [first, second] = [await make(), await make()];
    await expect(readLink(ctx, first)).rejects.toMatchObject({ code: "not_found" });
    expect(await readLink(ctx, second)).toMatchObject({ kind: "password", userId: caller.userId });
    const claim = (token: string) => db.prisma.$transaction((tx) => claimLink(ctx, tx, token));
    const both = await Promise.allSettled([claim(second), claim(second)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const third = await make();
    time = new Date(time.getTime() + linkMs);
    await expect(claim(third)).rejects.toMatchObject({ code: "not_found" });
    expect(await actionsFor(caller.userId)).toEqual(["person.create_link", "person.create_link", "person.create_link"]);
    const rows = await db.prisma.accountLink.findMany({ select: { hash: true } });
    expect(rows.some(({ hash }) => Buffer.from(hash).toString("base64url") === third)).toBe(false);
  });
});

describe("a person who is disabled", () => {
  it("loses sessions and links, and their keys in every workspace where that is asked for", async () => {
    const [here, there] = [await testWorkspace(ctx), await testWorkspace(ctx)];
    const theirs: Call<typeof here.caller> = {
      ...there,
      caller: authenticated({ ...here.caller, workspaceId: there.caller.workspaceId }),
    };
    const make = async (call: typeof here) => (await createKey(call, createKeyInput.parse({ name: "Key" }))).data.key;
    const [one, two, other] = [await make(here), await make(theirs), await make(there)];
    const usable = () =>
      Promise.all([one, two, other].map(async (secret) => (await verifyKey(ctx, secret, null)).usable));
    const personId = here.caller.userId;
    await newSession(personId);
    const { url } = await createLink(system(), { personId, kind: "second_factor" });
    const kept = await setDisabled(system(), disabling(personId, { reason: "left" }));
    expect([kept.sessions, kept.active_keys, kept.disabled_at]).toEqual([0, 2, time.toISOString()]);
    await expect(readLink(ctx, tokenOf(url))).rejects.toMatchObject({ code: "not_found" });
    expect(await usable()).toEqual([true, true, true]);
    await setDisabled(system(), disabling(personId, { endKeys: true }));
    expect(await usable()).toEqual([false, false, true]);
    await expect(createLink(system(), { personId, kind: "password" })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    const enabled = await setDisabled(system(), setDisabledInput.parse({ personId, disabled: false }));
    expect([enabled.disabled_at, await usable()]).toEqual([null, [false, false, true]]);
    expect(await actionsFor(personId)).toEqual(["person.create_link", "person.disable", "person.enable"]);
  });
});

describe("operators", () => {
  it("are made and unmade, and one who can sign in is left, whoever goes at once", async () => {
    await db.prisma.user.updateMany({ where: { operator: true }, data: { operator: false } }).catch(() => {});
    const [a, b] = [await testWorkspace(ctx, { operator: true }), await testWorkspace(ctx)];
    const [one, two] = [a.caller.userId, b.caller.userId];
    await expect(setOperator(system(), { personId: one, operator: false })).rejects.toMatchObject({
      code: "last_operator",
    });
    await expect(setDisabled(system(), disabling(one))).rejects.toMatchObject({ code: "last_operator" });
    expect((await setOperator(system(), { personId: two, operator: true })).operator).toBe(true);
    const races = await Promise.allSettled([
      setOperator(system(), { personId: one, operator: false }),
      setDisabled(system(), disabling(two)),
    ]);
    expect(races.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(races.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "last_operator" } });
    expect(await db.prisma.user.count({ where: { operator: true, disabledAt: null } })).toBe(1);
  });

  it("who are none any more lose the way in by a password, where the instance requires single sign-on", async () => {
    const [call, { caller }] = [await testWorkspace(ctx, { operator: true }), await testWorkspace(ctx)];
    const { userId } = caller;
    const sessions = () => db.prisma.session.count({ where: { userId } });
    const demote = async () => {
      await setOperator(call, { personId: userId, operator: true });
      await newSession(userId);
      await setOperator(call, { personId: userId, operator: false });
    };
    await demote();
    expect(await sessions()).toBe(1);
    const texts = { name: "Login", issuer: "https://login.example", clientId: "tocsin", secret: "sealed" };
    const data = { id: randomUUID(), ...texts, scopes: "openid", required: true, createdBy: "Ada" };
    const { id } = await db.prisma.ssoProvider.create({ data, select: { id: true } });
    await demote();
    await db.prisma.ssoProvider.delete({ where: { id } });
    expect(await sessions()).toBe(0);
  });

  it("do not disable themselves", async () => {
    const call = await testWorkspace(ctx, { operator: true });
    await expect(setDisabled(call, disabling(call.caller.userId))).rejects.toMatchObject({ code: "invalid_parameter" });
  });

  it("end the sessions of others", async () => {
    const [call, { caller }] = [await testWorkspace(ctx, { operator: true }), await testWorkspace(ctx)];
    await newSession(caller.userId);
    expect((await endSessions(call, { personId: caller.userId })).sessions).toBe(0);
    expect(await actionsFor(caller.userId)).toEqual(["session.revoke", "session.revoke"]);
  });
});
