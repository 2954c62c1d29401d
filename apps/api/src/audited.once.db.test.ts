import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tellers } from "./accounts/audit-calls";
import { listProcedures } from "./router/list-procedures";
import { changeBy, type MutationInputs, mutationInputs, mutations } from "./testing/mutations";
import { addRecords } from "./testing/records";
import { buildTestApp, type TestApp } from "./testing/test-app";

let t: TestApp;
let inputs: MutationInputs;

beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_GITHUB_SECRET_SCANNING: "on" } });
  inputs = mutationInputs(t);
  await addRecords(t, [{ value: "evil.example" }]);
});
afterAll(() => t.close());

/** Procedures that change something, or may, and append no event: each with its reason. */
const unaudited: Readonly<Record<string, string>> = {
  "extract.fromText": "only reads; a POST for the length of its text",
  "lookup.byValues": "only reads; a POST for the length of its list",
  "ownFeeds.preview": "fetches and shows, and keeps nothing",
  "feeds.run": "makes a feed due that is due every hour anyway; the run that follows is kept",
  "manage.collect": "makes a key by the verb of keyRequests.collect, for the token that asked",
  "notices.markRead": "a person's own mark on a notice",
  "singleSignOn.test": "asks the provider for its discovery document, and keeps nothing",
  "instanceSignOn.test": "the same",
  "singleSignOn.verifyDomain": "needs a record in the DNS; its event: single-sign-on.db.test.ts in packages/core",
  "webhooks.test": "queues a message to the address that the event webhook.set names; the delivery is kept",
  "webhooks.replay": "queues a message once more; the delivery is kept with each of its attempts",
  "workspaces.deleteOwn": "ends the workspace of whoever asks by the verb of workspaces.delete",
  "watchlists.lookalikes": "only reads; a POST for the length of its text",
  "watchlists.acknowledge": "the match itself names who has seen it and when",
};

/** Routes that may change something and are made of no procedure: why none of them escapes. */
const otherRoutes: Readonly<Record<string, string>> = {
  "POST /api/trpc/:path": "the procedures above",
  "POST /api/auth/*": "each of its endpoints, below",
  "POST /mcp": "its tools ask routes that only read (mcp/tools)",
  "POST /api/setup": "makes the first workspace, which is an event, and signs in, which is another",
  "POST /api/sso/start": "begins what the provider ends; the callback's sign-in or refusal is an event",
  "POST /api/account-links/request": "the link that it makes is an event (ways-back-in.once.db.test.ts)",
  "POST /api/account-links/read": "only reads; a POST, since the token must stay out of addresses",
  "POST /api/account-links/use": "each kind of link is an event (ways-back-in.once.db.test.ts)",
  "POST /api/account/delete": "ends the account of whoever asks by the verb of people.delete",
  "POST /api/account/email": "the request and the change are events (ways-back-in.once.db.test.ts)",
  "POST /api/invitations/accept": "signs in, which is an event",
  "POST /api/v1/indicators/stream":
    "the verb of indicators.add, and an event for the whole (own-indicators.db.test.ts)",
  "POST /scim/v2/Users": "member.add (scim.once.db.test.ts, as each change of a member below)",
  "PUT /scim/v2/Users/:id": "member.add or member.remove",
  "PATCH /scim/v2/Users/:id": "member.add or member.remove",
  "DELETE /scim/v2/Users/:id": "member.remove",
  "POST /scim/v2/Groups": "always refused: groups are roles",
  "PUT /scim/v2/Groups/:id": "member.set_role",
  "PATCH /scim/v2/Groups/:id": "member.set_role",
  "DELETE /scim/v2/Groups/:id": "always refused: groups are roles",
  "POST /api/v1/integrations/github/secret-scanning": "ends what leaked by the verb of leaks.revoke",
};

describe("every procedure that changes something", () => {
  it("has an input here, or a reason why it appends no event", () => {
    const names = mutations.map(({ name }) => name);
    expect([...Object.keys(inputs), ...Object.keys(unaudited)].sort()).toEqual([...names].sort());
  });

  it("is a mutation where its REST route is no GET", () => {
    const odd = listProcedures().filter(({ type, rest }) => rest && (rest.method === "GET") !== (type === "query"));
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  it.each(mutations.filter(({ name }) => !Object.hasOwn(unaudited, name)).map(({ name }) => name))(
    "%s appends an event",
    async (name) => {
      const input = await inputs[name]?.();
      const before = await countEvents();
      await changeBy(t, name, input ?? {});
      // What a report of leaks begins may end after its answer.
      await vi.waitFor(async () => expect(await countEvents()).toBeGreaterThan(before), { timeout: 120_000 });
    },
  );
});

/** Endpoints of better-auth that may change something, and have no event of their own: why. */
const quietEndpoints: Readonly<Record<string, string>> = {
  "/callback/:id": "no provider of better-auth's own is set up",
  "/sign-in/social": "no provider of better-auth's own is set up",
  "/link-social": "no provider of better-auth's own is set up",
  "/unlink-account": "nobody has an account of such a provider",
  "/get-access-token": "nobody has an account of such a provider",
  "/refresh-token": "nobody has an account of such a provider",
  "/get-session": "only reads",
  "/verify-password": "only reads",
  "/two-factor/get-totp-uri": "only reads",
  "/organization/check-slug": "only reads",
  "/organization/has-permission": "only reads",
  "/organization/set-active": "a choice of the session's own",
  "/update-session": "a session has no field that it may change",
  "/sign-in/email": "the session that it makes, or the failure, is an event",
  "/passkey/verify-authentication": "the session that it makes, or the failure, is an event",
  "/sign-out": "the end of the session is an event",
  "/sign-up/email": "makes a workspace, which is an event",
  "/two-factor/verify-backup-code": "the session that it makes, or the failure, is an event",
  "/two-factor/send-otp": "codes by e-mail are not set up: refused",
  "/two-factor/verify-otp": "codes by e-mail are not set up: refused",
  "/change-email": "not set up: refused; /api/account/email does it",
  "/delete-user": "not set up: refused; /api/account/delete does it",
  "/request-password-reset": "not set up: refused; /api/account-links does it",
  "/reset-password": "nobody has such a token; /api/account-links does it",
  "/send-verification-email": "not set up: refused",
  "/organization/create": "refused: operators make workspaces",
  "/organization/delete": "refused: workspaces.deleteOwn does it",
};

it("knows of every endpoint of better-auth that may change something what is written, or why nothing is", () => {
  const endpoints = Object.values(t.deps.auth.api as unknown as Record<string, Endpoint>).flatMap(
    ({ path, options }) => (path !== undefined && [options?.method ?? "GET"].flat().includes("POST") ? [path] : []),
  );
  const known = [...Object.keys(tellers), ...Object.keys(quietEndpoints)];
  expect(endpoints.filter((path) => !known.includes(path))).toEqual([]);
  expect(Object.keys(tellers).filter((path) => !endpoints.includes(path))).toEqual([]);
});

type Endpoint = { path?: string; options?: { method?: string | string[] } };

it("has no other route that may change something, but those named here", () => {
  const ofProcedures = new Set(listProcedures().flatMap(({ rest }) => (rest ? [`${rest.method} ${rest.path}`] : [])));
  const others = t.app.routeTable
    .list()
    .filter(({ method }) => !["GET", "HEAD", "OPTIONS"].includes(method))
    .map(({ method, url }) => `${method} ${url}`)
    // Collections are read-only: what would change one is refused before anything is read.
    .filter((route) => !ofProcedures.has(route) && !/ \/(?:api\/)?taxii2\//.test(route));
  expect(others.sort()).toEqual(Object.keys(otherRoutes).sort());
});

async function countEvents(): Promise<number> {
  return t.deps.db.prisma.auditEvent.count();
}
