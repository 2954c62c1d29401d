import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";
import { totp } from "../testing/totp";
import { tellers } from "./audit-calls";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

const post = (path: string, payload: object, cookie = "") =>
  inject(t, { method: "POST", url: `/api/auth${path}`, payload }, { origin, ...(cookie ? { cookie } : {}) });
const events = async (since: bigint) =>
  t.deps.db.prisma.auditEvent.findMany({ where: { id: { gt: since } }, orderBy: { id: "asc" } });
const lastEvent = async () => (await t.deps.db.prisma.auditEvent.findFirst({ orderBy: { id: "desc" } }))?.id ?? 0n;

async function newMember() {
  const [userId, id] = [randomUUID(), randomUUID()];
  await t.deps.db.prisma.user.create({ data: { id: userId, name: "Spare", email: `${userId}@people.example` } });
  const data = { id, workspaceId: t.operator.workspaceId, userId, role: "viewer" };
  await t.deps.db.prisma.member.create({ data });
  return { userId, memberId: id };
}

const here = () => t.operator.workspaceId;
const invite = async (email = `${randomUUID()}@people.example`) =>
  (
    await post("/organization/invite-member", { email, role: "viewer", organizationId: here() }, t.operator.cookie)
  ).json().id as string;
const storedInvitation = async (email: string) =>
  t.deps.db.prisma.invitation.findFirstOrThrow({ where: { email, status: "pending" }, select: { id: true } });

async function addPasskey(): Promise<string> {
  const id = randomUUID();
  const device = { publicKey: "", counter: 0, deviceType: "singleDevice", backedUp: false };
  const data = { id, userId: t.operator.userId, name: "Phone", credentialID: id, ...device };
  await t.deps.db.prisma.passkey.create({ data, select: { id: true } });
  return id;
}

/** By endpoint: who calls it with what, and what is written of it. */
const calls: Readonly<Record<string, () => Promise<{ body: object; cookie: string; action: string }>>> = {
  "/update-user": async () => ({ body: { name: "Mia M." }, cookie: t.member.cookie, action: "account.update" }),
  "/change-password": async () => ({
    body: { currentPassword: password, newPassword: password, revokeOtherSessions: false },
    cookie: t.member.cookie,
    action: "account.change_password",
  }),
  "/two-factor/enable": async () => ({
    body: { password },
    cookie: t.stranger.cookie,
    action: "account.enable_second_factor",
  }),
  "/two-factor/verify-totp": async () => {
    const { totpURI } = (await post("/two-factor/enable", { password }, t.stranger.cookie)).json();
    return { body: { code: totp(totpURI) }, cookie: t.stranger.cookie, action: "account.enable_second_factor" };
  },
  "/two-factor/generate-backup-codes": async () => ({
    body: { password },
    cookie: await strangerCookie(),
    action: "account.renew_backup_codes",
  }),
  "/two-factor/disable": async () => ({
    body: { password },
    cookie: await strangerCookie(),
    action: "account.disable_second_factor",
  }),
  "/passkey/update-passkey": async () => ({
    body: { id: await addPasskey(), name: "Laptop" },
    cookie: t.operator.cookie,
    action: "account.rename_passkey",
  }),
  "/passkey/delete-passkey": async () => ({
    body: { id: await addPasskey() },
    cookie: t.operator.cookie,
    action: "account.remove_passkey",
  }),
  "/revoke-session": async () => {
    const cookie = await t.signIn(t.member.email);
    const sessions = (await inject(t, { method: "GET", url: "/api/auth/list-sessions" }, { cookie })).json();
    return { body: { token: sessions[0].token }, cookie, action: "session.revoke" };
  },
  "/revoke-other-sessions": async () => ({
    body: {},
    cookie: await t.signIn(t.member.email),
    action: "session.revoke",
  }),
  "/revoke-sessions": async () => ({ body: {}, cookie: await t.signIn(t.member.email), action: "session.revoke" }),
  "/organization/update": async () => ({
    body: { organizationId: t.operator.workspaceId, data: { name: "Renamed" } },
    cookie: t.operator.cookie,
    action: "workspace.update",
  }),
  "/organization/invite-member": async () => ({
    body: { email: "new@people.example", role: "viewer", organizationId: here() },
    cookie: t.operator.cookie,
    action: "member.invite",
  }),
  "/organization/update-member-role": async () => ({
    body: { memberId: (await newMember()).memberId, role: "analyst", organizationId: here() },
    cookie: t.operator.cookie,
    action: "member.set_role",
  }),
  "/organization/remove-member": async () => ({
    body: { memberIdOrEmail: (await newMember()).memberId, organizationId: here() },
    cookie: t.operator.cookie,
    action: "member.remove",
  }),
  "/organization/cancel-invitation": async () => {
    const email = `${randomUUID()}@people.example`;
    await invite(email);
    const { id } = await storedInvitation(email);
    return { body: { invitationId: id }, cookie: t.operator.cookie, action: "invitation.withdraw" };
  },
  "/organization/reject-invitation": async () => ({
    body: { invitationId: await invite(t.stranger.email) },
    cookie: await t.signIn(t.stranger.email),
    action: "invitation.reject",
  }),
  "/organization/accept-invitation": async () => ({
    body: { invitationId: await invite(t.stranger.email) },
    cookie: await t.signIn(t.stranger.email),
    action: "invitation.accept",
  }),
  "/organization/leave": async () => ({
    body: { organizationId: t.operator.workspaceId },
    cookie: await t.signIn(t.stranger.email),
    action: "member.leave",
  }),
};

/** The stranger's session after the second factor: verifying it makes a new one. */
async function strangerCookie() {
  const session = await t.deps.db.prisma.session.findFirstOrThrow({
    where: { userId: t.stranger.userId },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  expect(session.id).toBeTruthy();
  return cookies.stranger ?? t.stranger.cookie;
}
const cookies: { stranger?: string } = {};

describe("the log tells of", () => {
  it("has a call here for each endpoint that has an event", () => {
    // Only a device makes a passkey: e2e/passkeys.test.ts.
    const others = ["/passkey/verify-registration"];
    expect([...Object.keys(calls), ...others].sort()).toEqual(Object.keys(tellers).sort());
  });

  it.each(Object.keys(calls))("%s, by whom and from where, and of nothing that was refused", async (path) => {
    const make = calls[path];
    if (!make) throw new Error(`there is no call of ${path}`);
    const { body, cookie, action } = await make();
    const before = await lastEvent();
    expect((await post(path, { ...body, organizationId: "nowhere", memberId: "nobody" }, "")).statusCode).not.toBe(200);
    expect(await events(before)).toEqual([]);
    const answer = await post(path, body, cookie);
    expect(answer.statusCode, answer.body).toBe(200);
    const fresh = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    if (path === "/two-factor/verify-totp" && fresh) cookies.stranger = fresh;
    if (path === "/change-password" && fresh) t.member.cookie = fresh;
    const written = (await events(before)).filter((event) => event.action === action);
    expect(written.length).toBeGreaterThan(0);
    expect(written[0]).toMatchObject({ actorType: "user", ip: "127.0.0.1", requestId: answer.headers["x-request-id"] });
  });
});

it("a wrong password is written for an account, and nothing for an address that nobody has", async () => {
  const before = await lastEvent();
  await post("/sign-in/email", { email: "nobody@people.example", password: "wrong wrong wrong" });
  await post("/sign-in/email", { email: t.member.email, password: "wrong wrong wrong" });
  await expect
    .poll(async () => (await events(before)).map(({ action }) => action), { timeout: 60_000 })
    .toEqual(["session.fail"]);
  const [event] = await events(before);
  expect(event).toMatchObject({ outcome: "denied", reason: "wrong password", targetId: t.member.userId });
});

it("what a role may not do is a refusal in the log", async () => {
  const before = await lastEvent();
  // From an address that has not signed in as often as the suite.
  const cookie = await t.signIn(t.member.email, "198.51.100.20");
  const start = await lastEvent();
  expect(start).toBeGreaterThan(before);
  await post(
    "/organization/invite-member",
    { email: "no@people.example", role: "viewer", organizationId: here() },
    cookie,
  );
  await t.writeDenials();
  expect(await events(start)).toMatchObject([
    { action: "access.denied", targetName: "/api/auth/organization/invite-member", reason: "insufficient_role" },
  ]);
});

it("a download of the log is an event of it", async () => {
  const before = await lastEvent();
  await inject(t, { method: "GET", url: "/api/v1/audit?format=csv&action=key.create" }, { cookie: t.operator.cookie });
  expect(await events(before)).toMatchObject([
    { action: "audit.export", details: { format: "csv", action: "key.create" } },
  ]);
});
