import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";
import { sessionCookie } from "./auth";
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

  it("is not given after too many attempts from one address", async () => {
    const from = address();
    const attempt = () => post("/sign-in/email", { email: t.member.email, password: "not the password" }, {}, from);
    for (let i = 0; i < 10; i += 1) expect((await attempt()).statusCode).toBe(401);
    expect((await attempt()).statusCode).toBe(429);
    expect((await post("/sign-in/email", { email: t.member.email, password })).statusCode).toBe(200);
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
    const step = first.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    expect((await post("/two-factor/verify-totp", { code: "000000" }, { cookie: step })).statusCode).toBe(401);
    const second = await post("/two-factor/verify-totp", { code: totp(totpURI) }, { cookie: step });
    expect((await keys(cookieOf(second) ?? "")).statusCode).toBe(200);
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
});

/** RFC 6238 with better-auth's defaults: SHA-1, 30 seconds, 6 digits. */
function totp(uri: string): string {
  const secret = base32(new URL(uri).searchParams.get("secret") ?? "");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function base32(text: string): Buffer {
  const bits = [...text.replaceAll("=", "")]
    .map((char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
