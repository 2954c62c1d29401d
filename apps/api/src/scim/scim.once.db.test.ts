import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setTestPolicy } from "../testing/key-policies";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";

let t: TestApp;
let url: string;
let bearer: string;

beforeAll(async () => {
  t = await buildTestApp();
  const { workspaceId } = t.operator;
  await t.deps.db.prisma.ssoProvider.create({
    data: {
      id: randomUUID(),
      workspaceId,
      name: "Login",
      issuer: "https://login.example",
      clientId: "tocsin",
      secret: "sealed",
      scopes: "openid",
      defaultRole: "viewer",
      createdBy: "a test",
      domains: { create: { id: randomUUID(), domain: "acme.example", token: "t", verifiedAt: new Date() } },
    },
    select: { id: true },
  });
  bearer = (await createTestToken(t, t.operator, { scopes: ["manage:members"] })).secret;
  url = `${await t.app.listen({ host: "127.0.0.1", port: 0 })}/scim/v2`;
});
afterAll(() => t.close());

/** As a provider asks: over real HTTP, with SCIM's media type. */
async function scim(method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...(body ? { "content-type": "application/scim+json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}
const patch = (...Operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});
const ada = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "Ada@acme.example",
  externalId: "00u1",
  name: { givenName: "Ada", familyName: "Lovelace" },
  active: true,
};
const membersOf = (email: string) =>
  t.deps.db.prisma.member.findMany({
    where: { workspaceId: t.operator.workspaceId, user: { email } },
    select: { role: true, userId: true },
  });
const events = (action: string) =>
  t.deps.db.prisma.auditEvent.findMany({
    where: { action, workspaceId: t.operator.workspaceId, actorType: "token" },
    orderBy: { id: "asc" },
  });

it("says what it can, to nobody without a token for it", async () => {
  const config = await scim("GET", "/ServiceProviderConfig");
  expect(config.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
  expect(config.body).toMatchObject({ patch: { supported: true }, bulk: { supported: false } });
  const types = await scim("GET", "/ResourceTypes");
  expect(types.body.Resources.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(["/Users", "/Groups"]);
  const schemas = await scim("GET", "/Schemas");
  for (const { meta, id } of schemas.body.Resources) {
    expect(meta.location).toContain(id);
    expect((await scim("GET", `/Schemas/${id}`)).body.id).toBe(id);
  }
  const good = bearer;
  bearer = (await createTestToken(t, t.operator)).secret;
  expect((await scim("GET", "/Users")).status).toBe(403);
  bearer = "sk_manage_nonsense";
  const refused = await scim("GET", "/Users");
  expect([refused.status, refused.body]).toMatchObject([
    401,
    { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "401" },
  ]);
  bearer = good;
});

it("lets owners alone make a token for it", async () => {
  const make = (cookie: string) =>
    inject(
      t,
      {
        method: "POST",
        url: "/api/trpc/tokens.create",
        payload: { name: "SCIM", scopes: ["manage:members"], expires_in_days: 30 },
      },
      { cookie },
    );
  const where = { workspaceId: t.operator.workspaceId, userId: t.operator.userId };
  await t.deps.db.prisma.member.create({
    data: { id: randomUUID(), workspaceId: where.workspaceId, userId: t.stranger.userId, role: "owner" },
    select: { id: true },
  });
  await t.deps.db.prisma.member.updateMany({ where, data: { role: "admin" } });
  expect((await make(t.operator.cookie)).statusCode).toBe(403);
  await t.deps.db.prisma.member.updateMany({ where, data: { role: "owner" } });
  expect((await make(t.operator.cookie)).statusCode).toBe(200);
});

it("provisions, finds, changes, deactivates and brings back a person", async () => {
  const made = await scim("POST", "/Users", ada);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    userName: "ada@acme.example",
    displayName: "Ada Lovelace",
    externalId: "00u1",
    active: true,
    meta: { resourceType: "User", location: made.headers.get("location") },
  });
  const { id } = made.body;
  expect(await membersOf("ada@acme.example")).toMatchObject([{ role: "viewer" }]);
  expect((await scim("POST", "/Users", ada)).body).toMatchObject({ status: "409", scimType: "uniqueness" });

  const find = async (filter: string) => (await scim("GET", `/Users?filter=${encodeURIComponent(filter)}`)).body;
  expect(await find('userName eq "ADA@acme.example"')).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  expect(await find('externalId eq "00u1"')).toMatchObject({ totalResults: 1 });
  expect(await find('userName eq "nobody@acme.example"')).toMatchObject({ totalResults: 0, Resources: [] });
  expect(await find("userName co ada")).toMatchObject({ status: "400", scimType: "invalidFilter" });

  const userId = (await membersOf("ada@acme.example"))[0]?.userId ?? "";
  const sessions = () => t.deps.db.prisma.session.count({ where: { userId } });
  const openSession = () => {
    const data = { id: randomUUID(), token: randomUUID(), userId, expiresAt: new Date(Date.now() + 3_600_000) };
    return t.deps.db.prisma.session.create({ data, select: { id: true } });
  };
  await openSession();
  // As Entra says it: another case, and a boolean as text.
  const off = await scim("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: "False" }));
  expect([off.status, off.body.active]).toEqual([200, false]);
  expect(await membersOf("ada@acme.example")).toEqual([]);
  expect(await sessions()).toBe(0);
  expect((await events("member.remove")).at(-1)?.details).toMatchObject({ by: "scim", sessions: 1, role: "viewer" });
  // In another workspace of theirs they work on, whatever else the provider says of them here.
  await openSession();
  await scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "externalId", value: "00u9" }));
  expect(await sessions()).toBe(1);
  // As Okta says it: without a path.
  const on = await scim(
    "PATCH",
    `/Users/${id}`,
    patch({ op: "replace", value: { active: true, displayName: "Ada L." } }),
  );
  expect(on.body).toMatchObject({ active: true, displayName: "Ada L." });
  expect(await membersOf("ada@acme.example")).toHaveLength(1);
  const renamed = await scim(
    "PATCH",
    `/Users/${id}`,
    patch({ op: "replace", path: "userName", value: "b@acme.example" }),
  );
  expect([renamed.status, renamed.body.scimType]).toEqual([400, "mutability"]);
  const whole = await scim("PUT", `/Users/${id}`, { ...ada, active: false });
  expect([whole.status, whole.body.active]).toEqual([200, false]);
  expect((await scim("DELETE", `/Users/${id}`)).status).toBe(204);
  expect((await scim("GET", `/Users/${id}`)).body).toMatchObject({ status: "404" });
});

it("gives roles by groups, the greatest of several, and no ownership", async () => {
  const { id } = (await scim("POST", "/Users", { ...ada, userName: "grace@acme.example", externalId: "00u2" })).body;
  const role = async () => (await membersOf("grace@acme.example"))[0]?.role;
  const groups = (await scim("GET", "/Groups")).body.Resources.map(
    ({ displayName }: { displayName: string }) => displayName,
  );
  expect(groups).toEqual(["admin", "key_admin", "analyst", "auditor", "viewer"]);
  await scim("PATCH", "/Groups/analyst", patch({ op: "add", path: "members", value: [{ value: id }] }));
  expect(await role()).toBe("analyst");
  await scim("PATCH", "/Groups/admin", patch({ op: "add", value: { members: [{ value: id }] } }));
  expect(await role()).toBe("admin");
  await scim("PATCH", "/Groups/admin", patch({ op: "remove", path: `members[value eq "${id}"]` }));
  expect(await role()).toBe("analyst");
  const read = await scim("GET", `/Groups?filter=${encodeURIComponent('displayName eq "analyst"')}`);
  expect(read.body.Resources).toMatchObject([{ id: "analyst", members: [{ value: id }] }]);
  await scim("PUT", "/Groups/analyst", { displayName: "analyst", members: [] });
  expect(await role()).toBe("viewer");
  expect((await events("member.set_role")).map(({ details }) => details)).toMatchObject([
    { before: "viewer", after: "analyst", by: "scim" },
    { before: "analyst", after: "admin" },
    { before: "admin", after: "analyst" },
    { before: "analyst", after: "viewer" },
  ]);
  expect((await scim("GET", "/Groups/owner")).status).toBe(404);
  expect((await scim("POST", "/Groups", { displayName: "analyst" })).status).toBe(409);
  expect((await scim("POST", "/Groups", { displayName: "SOC" })).body.scimType).toBe("invalidValue");
  const nobody = await scim(
    "PATCH",
    "/Groups/admin",
    patch({ op: "add", path: "members", value: [{ value: randomUUID() }] }),
  );
  expect(nobody.body.scimType).toBe("invalidValue");
});

it("ends the keys of whoever is deactivated where the key policy says so", async () => {
  const { id } = (await scim("POST", "/Users", { ...ada, userName: "eve@acme.example", externalId: "00u3" })).body;
  const made = await Promise.all([t.createKey(t.operator), t.createKey(t.operator)]);
  const [theirs, other] = made;
  await t.deps.db.prisma.apiKey.update({
    where: { id: theirs?.id ?? "" },
    data: { createdBy: "eve@acme.example" },
    select: { id: true },
  });
  const usable = async () =>
    Promise.all(made.map(async ({ secret }) => (await t.deps.verifier.verify(secret, null)).usable));
  const off = () => scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: false }));
  await off();
  expect(await usable()).toEqual([true, true]);
  await setTestPolicy(t, t.operator.workspaceId, { end_keys_of_leavers: true });
  expect((await off()).status).toBe(200);
  expect(await usable()).toEqual([false, true]);
  expect(await t.deps.db.prisma.apiKey.findUnique({ where: { id: other?.id ?? "" } })).toMatchObject({
    revokedAt: null,
  });
  expect((await events("key.revoke")).map(({ targetId }) => targetId)).toEqual([theirs?.id]);
  await setTestPolicy(t, t.operator.workspaceId, {});
});

it("takes nobody of a domain that is not proved, nor another workspace's, and pages", async () => {
  const away = await scim("POST", "/Users", { ...ada, userName: "ada@elsewhere.example" });
  expect([away.status, away.body]).toMatchObject([400, { scimType: "invalidValue" }]);
  expect(away.body.detail).toContain("elsewhere.example");
  for (const body of [
    {},
    { userName: "no address" },
    { userName: 5 },
    { ...ada, userName: "x@acme.example", active: "maybe" },
  ])
    expect((await scim("POST", "/Users", body)).body).toMatchObject({ status: "400", scimType: "invalidValue" });
  const page = (await scim("GET", "/Users?startIndex=2&count=1")).body;
  expect(page).toMatchObject({ totalResults: 2, startIndex: 2, itemsPerPage: 1 });
  expect((await scim("GET", "/Users?count=-1")).body).toMatchObject({ totalResults: 2, itemsPerPage: 0 });
  expect((await scim("GET", "/Users?count=many")).body.scimType).toBe("invalidValue");
  const mine = bearer;
  const theirs = page.Resources[0].id;
  bearer = (await createTestToken(t, t.stranger, { scopes: ["manage:members"] })).secret;
  expect((await scim("GET", `/Users/${theirs}`)).status).toBe(404);
  expect((await scim("DELETE", `/Users/${theirs}`)).status).toBe(404);
  expect((await scim("GET", "/Users")).body.totalResults).toBe(0);
  bearer = mine;
});
