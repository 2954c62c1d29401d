import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";
import { totp } from "../testing/totp";
import { sessionCookie } from "./auth";
import { invitationIdOf } from "./invitation-id";
import { createSetupLink } from "./setup";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

let lastAddress = 0;
/** Each caller from an address of its own: sign-ins are counted by address. */
const address = () => `192.0.2.${++lastAddress}`;
const post = (path: string, payload: object, headers: Record<string, string> = {}, remoteAddress = address()) =>
  inject(t, { method: "POST", url: `/api/auth${path}`, payload, remoteAddress }, { origin, ...headers });
const keys = (cookie: string) => inject(t, { method: "GET", url: "/api/v1/keys" }, { cookie });
const cookieOf = (response: { cookies: { name: string; value: string }[] }) => {
  const cookie = response.cookies.find(({ name }) => name === sessionCookie);
  return cookie ? `${sessionCookie}=${encodeURIComponent(cookie.value)}` : null;
};

/** The cookies of a sign-in that waits for the second factor. */
const stepOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
  cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");

describe("a session", () => {
  it("begins with the right password alone, in a cookie that no script can read", async () => {
    const wrong = await post("/sign-in/email", { email: t.member.email, password: "not the password" });
    const nobody = await post("/sign-in/email", { email: "nobody@tocsin.example", password: "not the password" });
    expect([wrong.statusCode, nobody.statusCode, nobody.body]).toEqual([401, 401, wrong.body]);
    const right = await post("/sign-in/email", { email: t.member.email, password });
    expect(right.statusCode).toBe(200);
    expect(right.cookies.find(({ name }) => name === sessionCookie)).toMatchObject({
      httpOnly: true,
      sameSite: "Lax",
      path: "/",
    });
    expect((await keys(cookieOf(right) ?? "")).statusCode).toBe(200);
  });

  it("ends at once with a sign-out", async () => {
    const cookie = await t.signIn(t.member.email);
    expect((await post("/sign-out", {}, { cookie })).statusCode).toBe(200);
    const after = await keys(cookie);
    expect([after.statusCode, after.json().error.code]).toEqual([401, "invalid_session"]);
  });

  it("ends at once when its owner ends it from another one", async () => {
    const [mine, other] = [await t.signIn(t.member.email), await t.signIn(t.member.email)];
    const list = await inject(t, { method: "GET", url: "/api/auth/list-sessions" }, { cookie: mine });
    expect(list.json().length).toBeGreaterThan(1);
    expect((await post("/revoke-other-sessions", {}, { cookie: mine })).statusCode).toBe(200);
    expect([(await keys(mine)).statusCode, (await keys(other)).statusCode]).toEqual([200, 401]);
    t.member.cookie = mine;
  });

  it("ends with a change of the password everywhere else, unless the caller keeps the others", async () => {
    const change = (from: string, to: string, more: object, cookie: string) =>
      post("/change-password", { currentPassword: from, newPassword: to, ...more }, { cookie });
    const [mine, other] = [await t.signIn(t.member.email), await t.signIn(t.member.email)];
    const kept = await change(password, `${password} 2`, { revokeOtherSessions: false }, mine);
    expect([kept.statusCode, (await keys(mine)).statusCode, (await keys(other)).statusCode]).toEqual([200, 200, 200]);
    const changed = await change(`${password} 2`, password, {}, mine);
    const fresh = cookieOf(changed) ?? "";
    expect([changed.statusCode, (await keys(other)).statusCode]).toEqual([200, 401]);
    expect((await keys(fresh)).statusCode).toBe(200);
    t.member.cookie = fresh;
  });

  it("is in the audit log, its beginning and its end", async () => {
    const response = await post("/sign-in/email", { email: t.stranger.email, password });
    await post("/sign-out", {}, { cookie: cookieOf(response) ?? "" });
    const events = await t.deps.db.prisma.auditEvent.findMany({
      where: { workspaceId: t.stranger.workspaceId, action: { startsWith: "session." } },
      orderBy: { id: "desc" },
      take: 2,
      select: { action: true, actorId: true, requestId: true, ip: true },
    });
    expect(events.map(({ action }) => action)).toEqual(["session.sign_out", "session.sign_in"]);
    expect(events[1]).toMatchObject({ actorId: t.stranger.userId, requestId: response.headers["x-request-id"] });
    expect(events[1]?.ip).toMatch(/^192\.0\.2\./);
  });

  it("is refused to another site's page", async () => {
    const headers = { origin: "https://evil.example" };
    const response = await post("/sign-in/email", { email: t.member.email, password }, headers);
    expect([response.statusCode, response.json().error.code]).toEqual([403, "cross_site_request"]);
  });

  it("may ask for a second factor", async () => {
    const cookie = await t.signIn(t.stranger.email);
    const enabled = await post("/two-factor/enable", { password }, { cookie });
    const { totpURI } = enabled.json();
    const verified = await post("/two-factor/verify-totp", { code: totp(totpURI) }, { cookie });
    expect(verified.statusCode).toBe(200);
    const first = await post("/sign-in/email", { email: t.stranger.email, password });
    expect(first.json()).toMatchObject({ twoFactorRedirect: true });
    const taken = cookieOf(first);
    if (taken) expect((await keys(taken)).statusCode).toBe(401);
    const step = stepOf(first);
    const challenge = async () => stepOf(await post("/sign-in/email", { email: t.stranger.email, password }));
    expect((await post("/two-factor/verify-totp", { code: "000000" }, { cookie: step })).statusCode).toBe(401);
    const code = totp(totpURI, 1);
    const second = await post("/two-factor/verify-totp", { code }, { cookie: step });
    expect((await keys(cookieOf(second) ?? "")).statusCode).toBe(200);
    const again = await post("/two-factor/verify-totp", { code }, { cookie: await challenge() });
    expect([again.statusCode, again.json().code]).toEqual([401, "CODE_USED"]);
  });
});

describe("cookies behind https", () => {
  it("are kept to this host by the browser, and never sent in clear text; the contract names the one of the session", async () => {
    const https = await buildTestApp({ env: { PUBLIC_URL: "https://tocsin.example" } });
    try {
      const call = (path: string, payload: object, cookie: string) =>
        inject(https, { method: "POST", url: `/api/auth${path}`, payload, remoteAddress: address() }, { cookie });
      const { email, cookie } = https.operator;
      const { totpURI } = (await call("/two-factor/enable", { password }, cookie)).json();
      const verified = await call("/two-factor/verify-totp", { code: totp(totpURI) }, cookie);
      const step = await call("/sign-in/email", { email, password, rememberMe: false }, "");
      const code = totp(totpURI, 1);
      const second = await call("/two-factor/verify-totp", { code, trustDevice: true }, stepOf(step));
      const set = [verified, step, second].flatMap(({ cookies }) => cookies);
      const names = new Set(set.map(({ name }) => name.replace("__Host-better-auth.", "host ")));
      for (const name of [sessionCookie, "host two_factor", "host trust_device"]) expect(names).toContain(name);
      for (const { name, secure, path, domain } of set) {
        expect([name.startsWith("__Host-") || name === sessionCookie, secure, path, domain]).toEqual([
          true,
          true,
          "/",
          undefined,
        ]);
      }
    } finally {
      await https.close();
    }
  });
});

describe("accounts", () => {
  it("are not to be had where sign-up is closed", async () => {
    const response = await post("/sign-up/email", { email: "new@tocsin.example", password, name: "New" });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(await t.deps.db.prisma.user.count({ where: { email: "new@tocsin.example" } })).toBe(0);
  });

  it("cannot make themselves operators", async () => {
    await post("/update-user", { operator: true, name: "Mia" }, { cookie: t.member.cookie });
    const user = await t.deps.db.prisma.user.findUniqueOrThrow({ where: { id: t.member.userId } });
    expect(user.operator).toBe(false);
  });

  it("cannot delete a workspace, and its keys and log with it", async () => {
    const payload = { organizationId: t.operator.workspaceId };
    const response = await post("/organization/delete", payload, { cookie: t.operator.cookie });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(await t.deps.db.prisma.workspace.count({ where: { id: t.operator.workspaceId } })).toBe(1);
  });

  it("are not set up twice, even with a fresh link", async () => {
    const token = new URL(await createSetupLink(t.deps)).searchParams.get("token");
    const payload = { token, email: "second@tocsin.example", password, name: "Second", workspace: "Third" };
    const response = await inject(t, { method: "POST", url: "/api/setup", payload }, { origin });
    expect([response.statusCode, response.json().error.code]).toEqual([404, "not_found"]);
  });

  it("come with an invitation, once", async () => {
    const invited = await post(
      "/organization/invite-member",
      { email: "guest@tocsin.example", role: "member", organizationId: t.operator.workspaceId },
      { cookie: t.operator.cookie },
    );
    const { id } = invited.json();
    const stored = await t.deps.db.prisma.invitation.findMany({ select: { id: true } });
    expect(stored).toEqual([{ id: invitationIdOf(id) }]);
    expect(invitationIdOf(id)).not.toBe(id);
    const hashed = await inject(t, { method: "GET", url: `/api/invitations/${invitationIdOf(id)}` });
    expect(hashed.statusCode).toBe(404);
    const shown = await inject(t, { method: "GET", url: `/api/invitations/${id}` });
    expect(shown.json()).toMatchObject({ email: "guest@tocsin.example", workspace: "First", has_account: false });
    const accept = () =>
      inject(
        t,
        { method: "POST", url: "/api/invitations/accept", payload: { invitation_id: id, name: "Gus", password } },
        { origin },
      );
    const response = await accept();
    expect([response.statusCode, (await keys(cookieOf(response) ?? "")).statusCode]).toEqual([201, 200]);
    expect((await accept()).statusCode).toBe(404);
  });

  it("that are there already accept one by its secret, refuse one, and a second one replaces the first", async () => {
    const invite = async () => {
      const payload = { email: t.stranger.email, role: "member", organizationId: t.operator.workspaceId };
      return (await post("/organization/invite-member", payload, { cookie: t.operator.cookie })).json().id;
    };
    const answer = (verb: string, invitationId: string) =>
      post(`/organization/${verb}-invitation`, { invitationId }, { cookie: t.stranger.cookie });
    const first = await invite();
    const second = await invite();
    expect((await answer("accept", first)).statusCode).toBe(400);
    expect((await answer("accept", invitationIdOf(second))).statusCode).toBe(400);
    expect((await answer("reject", second)).statusCode).toBe(200);
    const third = await invite();
    expect((await answer("accept", third)).statusCode).toBe(200);
    expect(await t.deps.db.prisma.member.count({ where: { userId: t.stranger.userId } })).toBe(2);
  });

  it("keep the links of invitations that were made before ids were hashed", async () => {
    const [secret, name] = [randomUUID(), "20261129190500_harden_accounts"];
    const expiresAt = new Date(Date.now() + 3_600_000);
    const { userId: inviterId, workspaceId } = t.operator;
    const row = { id: secret, workspaceId, email: "old@tocsin.example", role: "member", inviterId, expiresAt };
    await t.deps.db.prisma.invitation.create({ data: row });
    const folder = path.join(import.meta.dirname, "../../../../prisma/migrations", name);
    const [, update = ""] = fs
      .readFileSync(path.join(folder, "migration.sql"), "utf8")
      .split(/(?=^UPDATE "invitation")/m);
    await t.deps.db.sql.query(update.replace(/;\s*$/, ` WHERE "id" = '${secret}'::uuid`));
    const shown = await inject(t, { method: "GET", url: `/api/invitations/${secret}` });
    expect(shown.json()).toMatchObject({ email: "old@tocsin.example" });
  });
});
