import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inject, origin } from "../../testing/requests";
import { buildTestApp, password, type TestApp } from "../../testing/test-app";
import { invitationIdOf } from "../invitation-id";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_SIGNUP: "open", TOCSIN_PASSWORD_MIN_LENGTH: "12" } });
});
afterAll(() => t.close());

let last = 0;
const post = (url: string, payload: object, cookie = "") =>
  inject(t, { method: "POST", url, payload, remoteAddress: `192.0.2.${++last}` }, { origin, cookie });

it.each([
  ["short pass", /fewer than 12|too short/i],
  ["P@ssw0rd2026!", /most common/],
  ["grace.hopper.1906", /name or the email/],
])("signs nobody up with %s", async (chosen, problem) => {
  const email = "grace@navy.example";
  const response = await post("/api/auth/sign-up/email", { email, name: "Grace Hopper", password: chosen });
  expect([response.statusCode, response.json().message]).toEqual([400, expect.stringMatching(problem)]);
  expect(await t.deps.db.prisma.user.count({ where: { email } })).toBe(0);
});

it("changes no password to a bad one, and to a good one as ever", async () => {
  const cookie = await t.signIn(t.member.email);
  const change = (newPassword: string) =>
    post("/api/auth/change-password", { currentPassword: password, newPassword }, cookie);
  for (const bad of ["iloveyou2026!!", "member.tocsin.12"]) {
    expect((await change(bad)).json()).toMatchObject({ code: "PASSWORD_REFUSED" });
  }
  expect((await change("green mountains 77")).statusCode).toBe(200);
});

it("resets none to a bad one", async () => {
  const token = randomUUID();
  const { internalAdapter } = await t.deps.auth.$context;
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: t.stranger.userId,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  const reset = (newPassword: string) => post("/api/auth/reset-password", { token, newPassword });
  expect((await reset("stranger.stranger")).json()).toMatchObject({ code: "PASSWORD_REFUSED" });
  expect((await reset("green mountains 78")).statusCode).toBe(200);
});

it("takes none of those with an invitation", async () => {
  const secret = randomUUID();
  await t.deps.db.prisma.invitation.create({
    data: {
      id: invitationIdOf(secret),
      workspaceId: t.operator.workspaceId,
      email: "joan@bletchley.example",
      role: "analyst",
      expiresAt: new Date(Date.now() + 3_600_000),
      inviterId: t.operator.userId,
    },
    select: { id: true },
  });
  const accept = (chosen: string) =>
    post("/api/invitations/accept", { invitation_id: secret, name: "Joan", password: chosen });
  const refused = await accept("joan.bletchley.1");
  expect([refused.statusCode, refused.json().error.details.fields]).toEqual([
    400,
    [{ field: "password", problem: "is made of the name or the email address" }],
  ]);
  expect((await accept("green mountains 79")).statusCode).toBe(201);
});
