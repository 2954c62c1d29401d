import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { listProcedures } from "./router/list-procedures";
import { addRecords } from "./testing/records";
import { inject, trpcRequest } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";

let t: TestApp;

beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_GITHUB_SECRET_SCANNING: "on" } });
  await addRecords(t, [{ value: "evil.example" }]);
});
afterAll(() => t.close());

const mutations = listProcedures().filter(({ type }) => type === "mutation");

/** Procedures that change something, or may, and append no event: each with its reason. */
const unaudited: Readonly<Record<string, string>> = {
  "lookup.byValues": "only reads; a POST for the length of its list",
  "ownFeeds.preview": "fetches and shows, and keeps nothing",
  "feeds.run": "makes a feed due that is due every hour anyway; the run that follows is kept",
  "notices.markRead": "a person's own mark on a notice",
  "webhooks.test": "queues a message to the address that the event webhook.set names; the delivery is kept",
  "webhooks.replay": "queues a message once more; the delivery is kept with each of its attempts",
  "watchlists.acknowledge": "the match itself names who has seen it and when",
};

/** An input that each other procedure takes, and by which it has something to do. */
const inputs: Readonly<Record<string, () => object | Promise<object>>> = {
  "keys.create": () => ({ name: "Made" }),
  "keys.update": async () => ({ keyId: (await t.createKey(t.operator)).id, name: "Renamed" }),
  "keys.rotate": async () => ({ keyId: (await t.createKey(t.operator)).id }),
  "keys.revoke": async () => ({ keyId: (await t.createKey(t.operator)).id }),
  "manage.create": () => ({ name: "Made" }),
  "manage.update": async () => ({ keyId: (await t.createKey(t.operator)).id, name: "Renamed" }),
  "manage.rotate": async () => ({ keyId: (await t.createKey(t.operator)).id }),
  "manage.revoke": async () => ({ keyId: (await t.createKey(t.operator)).id }),
  "leaks.revoke": async () => ({ keys: [(await t.createKey(t.operator)).secret] }),
  "leaks.setPolicy": () => ({ leak_policy: "notify" }),
  "tokens.create": () => ({ name: "Made", scopes: ["manage:keys:read"], expires_in_days: 1 }),
  "tokens.revoke": async () => ({ token_id: (await createTestToken(t, t.operator)).id }),
  "feeds.setEnabled": () => ({ feed_id: "test", enabled: false }),
  "feeds.review": async () => ({ feed_id: "test", run_id: await holdRun("test"), decision: "accept" }),
  "ownFeeds.add": () => ownFeed(),
  "ownFeeds.change": async () => ({ ...ownFeed(), id: await addedFeed(), name: "Renamed" }),
  "ownFeeds.remove": async () => ({ id: await addedFeed() }),
  "sample.load": () => ({}),
  "sample.remove": async () => {
    await change("sample.load", {});
    return {};
  },
  "warninglists.allow": () => ({ value: "allowed.example" }),
  "warninglists.forbid": async () => {
    await change("warninglists.allow", { value: "forbidden.example" });
    return { type: "domain", value: "forbidden.example" };
  },
  "watchlists.create": () => ({ name: "Made" }),
  "watchlists.update": async () => ({ watchlistId: await addedWatchlist(), name: "Renamed" }),
  "watchlists.delete": async () => ({ watchlistId: await addedWatchlist() }),
  "watchlists.addEntries": async () => ({ watchlistId: await addedWatchlist(), text: "evil.example" }),
  "watchlists.removeEntries": async () => {
    const watchlistId = await addedWatchlist();
    await change("watchlists.addEntries", { watchlistId, text: "evil.example" });
    const where = { watchlistId };
    const { id } = await t.deps.db.prisma.watchlistEntry.findFirstOrThrow({ where, select: { id: true } });
    return { watchlistId, ids: [id] };
  },
  "webhooks.set": () => webhook,
  "webhooks.remove": async () => {
    await change("webhooks.set", webhook);
    return {};
  },
  "workspaces.setTier": () => ({ workspaceId: t.stranger.workspaceId, tier: "pro" }),
  "workspaces.setSuspended": () => ({ workspaceId: t.stranger.workspaceId, suspended: true }),
};

/** Routes that may change something and are made of no procedure: why none of them escapes. */
const otherRoutes: Readonly<Record<string, string>> = {
  "POST /api/trpc/:path": "the procedures above",
  "POST /api/auth/*": "sign-in and sign-out are events (accounts.db.test.ts)",
  "POST /api/setup": "makes the first workspace, which is an event, and signs in, which is another",
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
      await change(name, input ?? {});
      // What a report of leaks begins may end after its answer.
      await vi.waitFor(async () => expect(await countEvents()).toBeGreaterThan(before), { timeout: 5_000 });
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

const webhook = { url: "https://hooks.example/tocsin", kinds: ["key.expiring"] };
const ownFeed = () => ({
  name: `Partner ${randomUUID()}`,
  url: "https://lists.example/list.txt",
  format: "plain",
  mapping: {},
  auth: { kind: "none" },
  category: "commercial",
  confidence: "high",
  tlp: "amber",
  lifetime_days: 14,
});

const addedFeed = async () => (await change("ownFeeds.add", ownFeed())).id;
const addedWatchlist = async () => (await change("watchlists.create", { name: `List ${randomUUID()}` })).id;

/** Does what the procedure does, as its operator or with a token of theirs; gives the `data` of its answer. */
async function change(name: string, input: object): Promise<{ id: string }> {
  const procedure = mutations.find((one) => one.name === name);
  if (!procedure) throw new Error(`there is no mutation ${name}`);
  if (procedure.access.by === "token" && procedure.rest) {
    const { secret } = await createTestToken(t, t.operator);
    const { keyId = "", ...payload } = input as { keyId?: string };
    const request = { method: procedure.rest.method, url: procedure.rest.path.replace(":keyId", keyId), payload };
    const response = await inject(t, request, { authorization: `Bearer ${secret}` });
    expect(response.statusCode, response.body).toBeLessThan(300);
    return response.json().data;
  }
  const response = await inject(t, trpcRequest(procedure, input), { cookie: t.operator.cookie });
  expect(response.statusCode, response.body).toBe(200);
  return response.json().result.data.data;
}

async function countEvents(): Promise<number> {
  return t.deps.db.prisma.auditEvent.count();
}

/** A run of the feed whose bodies were quarantined. */
async function holdRun(feedId: string): Promise<string> {
  const id = randomUUID();
  await t.deps.db.sql.query(
    `INSERT INTO feed_run (id, feed_id, "trigger", node, status, started_at, finished_at)
     VALUES ($1::uuid, $2, 'schedule', 'test', 'held', now(), now())`,
    [id, feedId],
  );
  await t.deps.db.sql.query("UPDATE feed SET held_run = $1::uuid, held_since = now() WHERE id = $2", [id, feedId]);
  return id;
}
