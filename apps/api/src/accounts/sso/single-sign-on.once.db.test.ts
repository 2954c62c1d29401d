import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { client, type IdentityProvider, startIdentityProvider } from "../../testing/identity-provider";
import { inject, origin } from "../../testing/requests";
import { buildTestApp, password, type TestApp } from "../../testing/test-app";
import { sessionCookie } from "../auth";
import { invitationIdOf } from "../invitation-id";

let t: TestApp;
let idp: IdentityProvider;
let lastAddress = 0;
/** Each caller from an address of its own: sign-ins are counted by address. */
const address = () => `192.0.2.${++lastAddress % 250}`;

beforeAll(async () => {
  idp = await startIdentityProvider(`${origin}/api/sso/callback`);
  t = await buildTestApp({ env: { TOCSIN_ALLOW_PRIVATE_IDENTITY_PROVIDERS: "on" } });
});
afterAll(async () => {
  await t.close();
  await idp.close();
});
afterEach(async () => {
  await t.deps.db.prisma.ssoProvider.deleteMany();
  await t.deps.db.prisma.workspace.updateMany({ data: { requiredProviderId: null } });
});

const settings = (more: object = {}) => ({
  name: "Company login",
  issuer: idp.issuer,
  client_id: client.id,
  client_secret: client.secret,
  scopes: "openid email profile groups",
  role_claim: "groups",
  role_map: [{ value: "chiefs", role: "admin" }],
  domains: ["company.example"],
  ...more,
});

const call = (name: string, input: object, cookie: string) =>
  inject(t, { method: "POST", url: `/api/trpc/${name}`, payload: input, remoteAddress: address() }, { cookie, origin });
const post = (path: string, payload: object, cookie = "") =>
  inject(t, { method: "POST", url: `/api/auth${path}`, payload, remoteAddress: address() }, { cookie, origin });
const get = (url: string, cookie: string) => inject(t, { method: "GET", url, remoteAddress: address() }, { cookie });
const keys = async (cookie: string) => (await get("/api/v1/keys", cookie)).statusCode;
const me = async (cookie: string) => (await get("/api/trpc/me.get", cookie)).json().result.data;
const events = (workspaceId: string, action: string) =>
  t.deps.db.prisma.auditEvent.findMany({
    where: { workspaceId, action },
    orderBy: { id: "asc" },
    select: { outcome: true, details: true },
  });

/** The provider of the stranger's workspace, with the domain proved. */
async function setUp(more: object = {}): Promise<void> {
  const saved = await call("singleSignOn.save", settings(more), t.stranger.cookie);
  expect(saved.statusCode, saved.body).toBe(200);
  await t.deps.db.prisma.ssoDomain.updateMany({ data: { verifiedAt: new Date() } });
}

/** A person whom the provider knows; every one has another subject and address. */
function person(claims: object = {}, name = `p${randomUUID().slice(0, 8)}`) {
  idp.people.set(name, { email: `${name}@company.example`, email_verified: true, name: "Pia Person", ...claims });
  return { subject: name, email: `${name}@company.example` };
}

const start = (email: string, more: object = {}) =>
  inject(
    t,
    { method: "POST", url: "/api/sso/start", payload: { email, ...more }, remoteAddress: address() },
    { origin },
  );
const back = (search: string, cookie: string) => get(`/api/sso/callback${search}`, cookie);
const cookieNamed = (response: { cookies: { name: string; value: string }[] }, name: string) => {
  const found = response.cookies.find((cookie) => cookie.name === name);
  return found ? `${name}=${encodeURIComponent(found.value)}` : "";
};

/** From the sign-in page to the page after it. */
async function signIn(who: { subject: string | null; email: string }, more: object = {}) {
  const begun = await start(who.email, more);
  expect(begun.statusCode, begun.body).toBe(200);
  const search = await idp.visit(begun.json().url, who.subject);
  const response = await back(search, cookieNamed(begun, "tocsin-sign-in"));
  expect(response.statusCode).toBe(303);
  return { location: response.headers.location, cookie: cookieNamed(response, sessionCookie) };
}

async function accountOf(email: string, workspaces: { id: string; role: string }[] = []): Promise<string> {
  const id = randomUUID();
  const account = await t.deps.db.prisma.account.findFirstOrThrow({
    where: { userId: t.member.userId },
    select: { password: true },
  });
  await t.deps.db.prisma.user.create({
    data: {
      id,
      email,
      name: "Ada Account",
      accounts: { create: { id: randomUUID(), accountId: id, providerId: "credential", password: account.password } },
      members: {
        create: workspaces.map(({ id: workspaceId, role }) => ({ id: randomUUID(), workspaceId, role })),
      },
    },
    select: { id: true },
  });
  return id;
}

describe("whom a workspace's provider vouches for", () => {
  it("joins with the role of the claim, which each sign-in reads anew", async () => {
    await setUp();
    const pia = person({ groups: ["staff"] });
    const first = await signIn(pia, { redirect: "/keys?status=active" });
    expect(first.location).toBe(`${origin}/keys?status=active`);
    expect(await me(first.cookie)).toMatchObject({
      user: { email: pia.email, name: "Pia Person" },
      role: "analyst",
      operator: false,
      workspace_only: true,
      workspaces: [{ id: t.stranger.workspaceId }],
    });
    person({ groups: ["staff", "chiefs"] }, pia.subject);
    const second = await signIn(pia);
    expect((await me(second.cookie)).role).toBe("admin");
    person({ groups: [] }, pia.subject);
    await signIn(pia);
    // What a session may do is read at each request.
    expect((await me(second.cookie)).role).toBe("analyst");
    const roles = await events(t.stranger.workspaceId, "member.set_role");
    expect(roles.map(({ details }) => details)).toMatchObject([
      { role: "admin", before: "analyst" },
      { role: "analyst" },
    ]);
    expect(await events(t.stranger.workspaceId, "member.join")).toHaveLength(1);
  });

  it("stays an owner, and becomes none by a claim", async () => {
    const refused = await call(
      "singleSignOn.save",
      settings({ role_map: [{ value: "chiefs", role: "owner" }] }),
      t.stranger.cookie,
    );
    expect(refused.statusCode).toBe(400);
    await setUp();
    const owner = person({ groups: [] });
    await accountOf(owner.email, [{ id: t.stranger.workspaceId, role: "owner" }]);
    expect((await me((await signIn(owner)).cookie)).role).toBe("owner");
  });

  it("gets in nowhere where neither claim nor setting gives a role", async () => {
    await setUp({ default_role: null });
    const pia = person({ groups: ["staff"] });
    expect((await signIn(pia)).location).toBe(`${origin}/sign-in?problem=role`);
    expect(await t.deps.db.prisma.user.count({ where: { email: pia.email } })).toBe(0);
    expect(await events(t.stranger.workspaceId, "session.refuse")).toMatchObject([
      { outcome: "denied", details: { problem: "role" } },
    ]);
  });

  it.each([
    ["no_email", { email: undefined }],
    ["email", { email_verified: false }],
    ["domain", { email: "someone@elsewhere.example" }],
  ])("is refused for %s", async (problem, claims) => {
    await setUp();
    const one = person(claims);
    expect((await signIn(one)).location).toBe(`${origin}/sign-in?problem=${problem}`);
  });

  it("is the subject: another one with the address of a member is refused", async () => {
    await setUp();
    const pia = person();
    await signIn(pia);
    const other = person({ email: pia.email });
    expect((await signIn({ ...other, email: pia.email })).location).toBe(`${origin}/sign-in?problem=subject`);
  });

  it("is refused by the provider itself", async () => {
    await setUp();
    expect((await signIn({ subject: null, email: "x@company.example" })).location).toBe(
      `${origin}/sign-in?problem=denied`,
    );
  });
});

describe("a sign-in", () => {
  it("begins with a proved domain alone", async () => {
    await call("singleSignOn.save", settings(), t.stranger.cookie);
    expect((await start("a@company.example")).statusCode).toBe(404);
    await t.deps.db.prisma.ssoDomain.updateMany({ data: { verifiedAt: new Date() } });
    expect((await start("a@company.example")).statusCode).toBe(200);
    expect((await start("a@other.example")).statusCode).toBe(404);
    expect((await start("a@company.example", { redirect: "//evil.example" })).statusCode).toBe(400);
  });

  it("ends in the browser that began it, once", async () => {
    await setUp();
    const pia = person();
    const begun = await start(pia.email);
    const search = await idp.visit(begun.json().url, pia.subject);
    const kept = cookieNamed(begun, "tocsin-sign-in");
    const other = cookieNamed(await start(pia.email), "tocsin-sign-in");
    for (const cookie of ["", "tocsin-sign-in=s1.x.y.z"]) {
      expect((await back(search, cookie)).headers.location).toBe(`${origin}/sign-in?problem=expired`);
    }
    expect((await back(search, other)).headers.location).toBe(`${origin}/sign-in?problem=failed`);
    expect((await back(search, kept)).headers.location).toBe(`${origin}/`);
    expect((await back(search, kept)).headers.location).toBe(`${origin}/sign-in?problem=failed`);
  });

  it("says why the provider cannot be asked", async () => {
    await setUp({ issuer: `${idp.issuer}/elsewhere` });
    const response = await start("a@company.example");
    expect([response.statusCode, response.json().error.code]).toEqual([503, "service_unavailable"]);
    const tested = await call("singleSignOn.test", {}, t.stranger.cookie);
    expect(tested.json().result.data.data).toMatchObject({ ok: false, authorization_endpoint: null });
    await setUp();
    expect((await call("singleSignOn.test", {}, t.stranger.cookie)).json().result.data.data).toEqual({
      ok: true,
      problem: null,
      authorization_endpoint: `${idp.issuer}/auth`,
    });
  });
});

describe("a session by a workspace's provider", () => {
  /** An operator's account, owner elsewhere, whom the stranger's provider vouches for. */
  async function reaching() {
    await setUp();
    const olga = person();
    const userId = await accountOf(olga.email, [{ id: t.operator.workspaceId, role: "admin" }]);
    await t.deps.db.prisma.user.update({ where: { id: userId }, data: { operator: true } });
    return (await signIn(olga)).cookie;
  }

  it("reaches that workspace alone, and makes nobody an operator", async () => {
    const cookie = await reaching();
    expect(await me(cookie)).toMatchObject({ operator: false, workspaces: [{ id: t.stranger.workspaceId }] });
    expect((await call("instanceSignOn.test", {}, cookie)).statusCode).toBe(403);
    expect((await call("account.export", {}, cookie)).statusCode).toBe(403);
    const { slug } = await t.deps.db.prisma.workspace.findUniqueOrThrow({
      where: { id: t.operator.workspaceId },
      select: { slug: true },
    });
    const organizationId = t.operator.workspaceId;
    const answers = [
      await post("/organization/set-active", { organizationId }, cookie),
      await post("/organization/set-active", { organizationSlug: slug }, cookie),
      await post("/organization/update", { organizationId, data: { name: "Mine" } }, cookie),
      await post(
        "/organization/update",
        { organizationId: organizationId.replaceAll("-", ""), data: { name: "Mine" } },
        cookie,
      ),
      await post("/organization/invite-member", { organizationId, email: "a@b.example", role: "admin" }, cookie),
      await get(`/api/auth/organization/list-members?organizationSlug=${slug}`, cookie),
      await get(`/api/auth/organization/get-full-organization?organizationId=${organizationId}`, cookie),
      await get("/api/auth/organization/list", cookie),
      await get("/api/auth/list-sessions", cookie),
      await post("/update-user", { name: "Changed" }, cookie),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 400, 403, 403, 403, 403, 403, 403]);
    const name = { organizationId: t.stranger.workspaceId, data: { name: "Second" } };
    // A member of it: the endpoint itself refuses, not the reach.
    expect((await post("/organization/update", name, cookie)).json().code).not.toBe("SINGLE_SIGN_ON_REQUIRED");
  });

  it("ends after twelve hours, with the provider, and where it is switched off", async () => {
    await setUp();
    const [one, two, three] = [await signIn(person()), await signIn(person()), await signIn(person())];
    expect(await Promise.all([one, two, three].map(({ cookie }) => keys(cookie)))).toEqual([200, 200, 200]);
    const token = decodeURIComponent(one.cookie.slice(sessionCookie.length + 1)).split(".")[0] ?? "";
    await t.deps.db.prisma.session.update({
      where: { token },
      data: { createdAt: new Date(Date.now() - 13 * 3_600_000) },
      select: { id: true },
    });
    expect(await Promise.all([one, two, three].map(({ cookie }) => keys(cookie)))).toEqual([401, 200, 200]);
    await setUp({ enabled: false });
    expect(await Promise.all([one, two, three].map(({ cookie }) => keys(cookie)))).toEqual([401, 401, 401]);
  });
});

describe("single sign-on only", () => {
  it("of a workspace refuses passwords to it, by whichever name, but to an operator", async () => {
    await setUp({ required: true });
    const email = `${randomUUID()}@company.example`;
    const required = t.stranger.workspaceId;
    await accountOf(email, [{ id: required, role: "analyst" }]);
    const refused = await post("/sign-in/email", { email, password });
    expect([refused.statusCode, refused.json().code]).toEqual([403, "SINGLE_SIGN_ON_REQUIRED"]);
    const wrong = await post("/sign-in/email", { email, password: "not the password" });
    expect(wrong.statusCode).toBe(401);

    const both = `${randomUUID()}@company.example`;
    const userId = await accountOf(both, [
      { id: required, role: "admin" },
      { id: t.operator.workspaceId, role: "analyst" },
    ]);
    const cookie = await t.signIn(both);
    expect((await me(cookie)).workspaces.map(({ id }: { id: string }) => id)).toEqual([t.operator.workspaceId]);
    const { slug } = await t.deps.db.prisma.workspace.findUniqueOrThrow({
      where: { id: required },
      select: { slug: true },
    });
    const secret = randomUUID();
    await t.deps.db.prisma.invitation.create({
      data: {
        id: invitationIdOf(secret),
        workspaceId: required,
        email: both,
        role: "admin",
        expiresAt: new Date(Date.now() + 3_600_000),
        inviterId: t.stranger.userId,
      },
      select: { id: true },
    });
    await t.deps.db.prisma.session.updateMany({ where: { userId }, data: { activeWorkspaceId: required } });
    const data = { name: "Mine" };
    const other = t.operator.workspaceId;
    const answers = [
      await post("/organization/update", { organizationId: required, data }, cookie),
      await post("/organization/update", { organizationId: required.toUpperCase(), data }, cookie),
      await post("/organization/update", { organizationId: "", data }, cookie),
      await post("/organization/update", { data }, cookie),
      await post(`/organization/update?organizationId=${other}`, { data }, cookie),
      await post("/organization/update", { data: { ...data, organizationId: other } }, cookie),
      await post("/organization/set-active", { organizationSlug: slug }, cookie),
      await get(`/api/auth/organization/list-members?organizationId=${other}&organizationSlug=${slug}`, cookie),
      await get(`/api/auth/organization/get-active-member?organizationId=${other}`, cookie),
      await post("/organization/accept-invitation", { invitationId: secret }, cookie),
      await post("/organization/cancel-invitation", { invitationId: invitationIdOf(secret) }, cookie),
    ];
    expect(answers.map((answer) => answer.json().code)).toEqual(answers.map(() => "SINGLE_SIGN_ON_REQUIRED"));
    expect(await t.deps.db.prisma.workspace.count({ where: { name: "Mine" } })).toBe(0);
    const joining = { invitation_id: secret, name: "New", password: "a password for nothing" };
    const accepted = await inject(t, { method: "POST", url: "/api/invitations/accept", payload: joining }, { origin });
    expect([accepted.statusCode, accepted.json().error.code]).toEqual([403, "single_sign_on_required"]);

    await t.deps.db.prisma.user.update({ where: { id: userId }, data: { operator: true } });
    const glass = await t.signIn(both);
    expect((await post("/organization/set-active", { organizationId: required }, glass)).statusCode).toBe(200);
    expect(await me(glass)).toMatchObject({ operator: true, workspace: { id: required } });
    expect(await keys((await signIn(person())).cookie)).toBe(200);
  });

  it("of the instance leaves passwords to operators, and lets people join the workspace it names", async () => {
    const { slug } = await t.deps.db.prisma.workspace.findUniqueOrThrow({
      where: { id: t.operator.workspaceId },
      select: { slug: true },
    });
    const input = settings({ required: true, join_workspace: slug });
    const old = await t.signIn(t.member.email);
    const saved = await call("instanceSignOn.save", input, t.operator.cookie);
    expect(saved.statusCode, saved.body).toBe(200);
    expect([await keys(old), await keys(t.operator.cookie)]).toEqual([401, 200]);
    const refused = await post("/sign-in/email", { email: t.member.email, password });
    expect(refused.json().code).toBe("SINGLE_SIGN_ON_REQUIRED");
    const signUp = { email: "new@company.example", name: "New", password: "a password for nothing" };
    expect((await post("/sign-up/email", signUp)).json().code).toBe("SINGLE_SIGN_ON_REQUIRED");
    await t.signIn(t.operator.email);
    const pia = await signIn(person({ groups: ["chiefs"] }));
    expect(await me(pia.cookie)).toMatchObject({ role: "admin", workspace_only: false, workspace: { slug } });
    expect((await call("instanceSignOn.remove", {}, t.operator.cookie)).statusCode).toBe(200);
    expect(await keys(pia.cookie)).toBe(401);
    t.member.cookie = await t.signIn(t.member.email);
    expect(await keys(t.member.cookie)).toBe(200);
  });
});
