import { afterAll, beforeAll, expect, it } from "vitest";
import { setTestPolicy } from "./testing/key-policies";
import { inject } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

const base = "/api/v1/manage/key-requests";

it("a token asks for a key, somebody else approves it, and the same token collects it", async () => {
  const { workspaceId } = t.operator;
  await setTestPolicy(t, workspaceId, { require_approval: true, allowed_scopes: ["read:iocs"] });
  const { secret, id: tokenId } = await createTestToken(t, t.operator);
  // Who made the token is no second person: here it was somebody else.
  await t.deps.db.prisma.managementToken.update({
    where: { id: tokenId },
    data: { createdBy: "ben@people.example" },
    select: { id: true },
  });
  const call = async (method: "GET" | "POST", url: string, payload?: object) =>
    inject(t, { method, url, ...(payload ? { payload } : {}) }, { authorization: `Bearer ${secret}` });

  const refused = await call("POST", "/api/v1/manage/keys", { name: "SIEM" });
  expect([refused.statusCode, refused.json().error.code]).toEqual([403, "approval_required"]);
  const wrong = await call("POST", base, { name: "SIEM", scopes: ["read:misp"] });
  expect(wrong.json().error.details.fields).toMatchObject([{ field: "scopes", allowed: "read:iocs" }]);
  const misspelt = await call("POST", base, { name: "SIEM", scope: ["read:iocs"] });
  expect(misspelt.statusCode).toBe(400);

  const asked = await call("POST", base, { name: "SIEM", reason: "The new SIEM" });
  expect([asked.statusCode, asked.json().data]).toMatchObject([202, { status: "pending", scopes: ["read:iocs"] }]);
  const { id } = asked.json().data;
  const early = await call("POST", `${base}/${id}/collect`);
  expect(early.json().error.details.fields).toMatchObject([{ field: "requestId", allowed: "one that is approved" }]);

  const decided = await inject(
    t,
    { method: "POST", url: "/api/trpc/keyRequests.decide", payload: { requestId: id, approve: true } },
    { cookie: t.operator.cookie },
  );
  expect(decided.statusCode, decided.body).toBe(200);
  expect((await call("GET", `${base}/${id}`)).json().data.status).toBe("approved");

  const other = await createTestToken(t, t.operator);
  const stolen = await inject(
    t,
    { method: "POST", url: `${base}/${id}/collect` },
    { authorization: `Bearer ${other.secret}` },
  );
  expect(stolen.statusCode).toBe(404);
  const collected = await call("POST", `${base}/${id}/collect`);
  expect([collected.statusCode, collected.headers["cache-control"]]).toEqual([201, "no-store"]);
  const { key } = collected.json().data;
  const used = await inject(t, { method: "GET", url: "/api/v1/iocs" }, { authorization: `Bearer ${key}` });
  expect(used.statusCode, used.body).toBe(200);
  expect((await call("POST", `${base}/${id}/collect`)).statusCode).toBe(400);
  expect((await call("GET", `${base}/nonsense`)).statusCode).toBe(404);
});
