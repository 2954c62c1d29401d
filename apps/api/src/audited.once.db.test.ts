import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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
  "notices.markRead": "a person's own mark on a notice",
  "webhooks.test": "queues a message to the address that the event webhook.set names; the delivery is kept",
  "webhooks.replay": "queues a message once more; the delivery is kept with each of its attempts",
  "watchlists.acknowledge": "the match itself names who has seen it and when",
};

/** Routes that may change something and are made of no procedure: why none of them escapes. */
const otherRoutes: Readonly<Record<string, string>> = {
  "POST /api/trpc/:path": "the procedures above",
  "POST /api/auth/*": "sign-in and sign-out are events (accounts.once.db.test.ts)",
  "POST /api/setup": "makes the first workspace, which is an event, and signs in, which is another",
  "POST /api/account-links/request": "the link that it makes is an event (ways-back-in.once.db.test.ts)",
  "POST /api/account-links/read": "only reads; a POST, since the token must stay out of addresses",
  "POST /api/account-links/use": "each kind of link is an event (ways-back-in.once.db.test.ts)",
  "POST /api/account/email": "the request and the change are events (ways-back-in.once.db.test.ts)",
  "POST /api/invitations/accept": "signs in, which is an event",
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
