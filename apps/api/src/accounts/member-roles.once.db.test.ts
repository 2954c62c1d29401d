import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { hasRight, mayGive, roles } from "@tocsin/core/access";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardedProcedures, inject, origin, trpcErrorOf, trpcRequest } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { invitationIdOf } from "./invitation-id";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

const setRole = (role: string, userId = t.member.userId) =>
  t.deps.db.prisma.member.updateMany({ where: { userId }, data: { role } });
const storedRole = async ({ userId }: { userId: string }) =>
  (await t.deps.db.prisma.member.findFirstOrThrow({ where: { userId }, select: { role: true } })).role;
const post = (path: string, payload: object, cookie: string) =>
  inject(t, { method: "POST", url: `/api/auth/organization${path}`, payload }, { origin, cookie });

const guarded = guardedProcedures.flatMap((procedure) =>
  procedure.access.by === "session" && procedure.access.right
    ? [[procedure.name, procedure.access.right, procedure] as const]
    : [],
);

describe.each(roles)("a session of the role %s", (role) => {
  it("may call what its rights allow, and nothing else", async () => {
    await setRole(role);
    const refused: string[] = [];
    for (const [name, , procedure] of guarded) {
      const response = await inject(t, trpcRequest(procedure), { cookie: t.member.cookie });
      if (response.statusCode === 403 && trpcErrorOf(response).code === "insufficient_role") refused.push(name);
    }
    await setRole("analyst");
    expect(refused).toEqual(guarded.filter(([, right]) => !hasRight(role, right)).map(([name]) => name));
  });

  it("gives roles up to its own, as a change and with an invitation", async () => {
    const spare = await newMember();
    await setRole(role);
    const organizationId = t.member.workspaceId;
    const given: string[] = [];
    for (const wanted of roles) {
      const changed = await post("/update-member-role", { ...spare, role: wanted, organizationId }, t.member.cookie);
      const email = `${randomUUID()}@people.example`;
      const invited = await post("/invite-member", { email, role: wanted, organizationId }, t.member.cookie);
      expect(changed.statusCode === 200).toBe(invited.statusCode === 200);
      if (changed.statusCode === 200) given.push(wanted);
      await setRole("analyst", spare.userId);
    }
    await setRole("analyst");
    expect(given).toEqual(roles.filter((wanted) => mayGive(role, wanted)));
  });
});

it("an admin changes and removes nobody whose role is above their own", async () => {
  await setRole("admin");
  const where = { userId: t.operator.userId };
  const { id } = await t.deps.db.prisma.member.findFirstOrThrow({ where, select: { id: true } });
  const organizationId = t.operator.workspaceId;
  const demoted = await post("/update-member-role", { memberId: id, role: "viewer", organizationId }, t.member.cookie);
  const removed = await post("/remove-member", { memberIdOrEmail: id, organizationId }, t.member.cookie);
  await setRole("analyst");
  expect([demoted.statusCode, removed.statusCode, await storedRole(where)]).toEqual([403, 400, "owner"]);
});

describe("a role", () => {
  it("is one: lists, several in one text and unknown ones are refused, naming the field and what is allowed", async () => {
    const spare = await newMember();
    for (const role of [["admin", "viewer"], "admin,viewer", ["viewer"], "superuser", "", 7, null]) {
      const payload = { ...spare, role, organizationId: t.operator.workspaceId };
      for (const [path, body] of [
        ["/update-member-role", payload],
        ["/invite-member", { ...payload, email: "several@people.example" }],
      ] as const) {
        const response = await post(path, body, t.operator.cookie);
        expect(response.statusCode).toBe(400);
        expect(response.json().error.details.fields[0]).toMatchObject({ field: "role" });
      }
    }
    expect(await storedRole(spare)).toBe("analyst");
  });

  it("is still taken under the name that analysts had", async () => {
    const spare = await newMember();
    await setRole("viewer", spare.userId);
    const organizationId = t.operator.workspaceId;
    await post("/update-member-role", { ...spare, role: "member", organizationId }, t.operator.cookie);
    const email = "former@people.example";
    const invited = await post("/invite-member", { email, role: "member", organizationId }, t.operator.cookie);
    const where = { id: invitationIdOf(invited.json().id) };
    const { role } = await t.deps.db.prisma.invitation.findUniqueOrThrow({ where, select: { role: true } });
    expect([await storedRole(spare), role]).toEqual(["analyst", "analyst"]);
  });

  it("that was stored before there were six is kept: the greatest of several, and analyst for member", async () => {
    const people = await Promise.all(["member", "owner,admin", "admin,member", "admin"].map((role) => newMember(role)));
    const folder = path.join(import.meta.dirname, "../../../../prisma/migrations/20261201035500_name_roles");
    const sql = fs.readFileSync(path.join(folder, "migration.sql"), "utf8");
    for (const statement of sql.split(";").filter((part) => part.includes("UPDATE"))) {
      await t.deps.db.sql.query(statement);
    }
    expect(await Promise.all(people.map(storedRole))).toEqual(["analyst", "owner", "admin", "admin"]);
  });
});

it("a viewer sees neither figures by key nor notices about keys; others do", async () => {
  const { id } = await t.createKey(t.operator);
  const at = new Date();
  const notice = { workspaceId: t.operator.workspaceId, at };
  const feed = { feed_id: "test", feed: "Test", failures: 3, last_success_at: null, error: null };
  await t.deps.db.prisma.notice.createMany({
    data: [
      {
        ...notice,
        id: randomUUID(),
        kind: "key.expiring",
        keyId: id,
        keyName: "Test key",
        occasion: "a",
        details: { days: 1, expires_at: at.toISOString() },
      },
      { ...notice, id: randomUUID(), kind: "feed.failing", occasion: "b", details: feed },
    ],
  });
  const seen = async () => {
    const list = guardedProcedures.find(({ name }) => name === "notices.list");
    if (!list) throw new Error("there is no notices.list");
    const response = await inject(t, trpcRequest(list), { cookie: t.member.cookie });
    return response.json().result.data.data.map(({ kind }: { kind: string }) => kind);
  };
  const read = async (url: string) => (await inject(t, { method: "GET", url }, { cookie: t.member.cookie })).statusCode;
  const figures = () => Promise.all(["/api/v1/keys", `/api/v1/keys/${id}/usage`, "/api/v1/usage"].map(read));
  expect([await seen(), await figures()]).toEqual([expect.arrayContaining(["key.expiring"]), [200, 200, 200]]);
  await setRole("viewer");
  expect([await seen(), await figures()]).toEqual([["feed.failing"], [403, 403, 403]]);
  await setRole("analyst");
});

async function newMember(role = "analyst") {
  const [userId, id] = [randomUUID(), randomUUID()];
  await t.deps.db.prisma.user.create({ data: { id: userId, name: "Spare", email: `${userId}@people.example` } });
  await t.deps.db.prisma.member.create({ data: { id, workspaceId: t.operator.workspaceId, userId, role } });
  return { userId, memberId: id };
}
