import { randomUUID } from "node:crypto";
import { iocId } from "@tocsin/core/values";
import { expect } from "vitest";
import { createAccount } from "../accounts/setup";
import { listProcedures } from "../router/list-procedures";
import { keyPolicyInputs, withoutPolicy } from "./key-policies";
import { addIndicator, addMatch } from "./records";
import { inject, trpcRequest } from "./requests";
import type { TestApp } from "./test-app";
import { createTestToken } from "./tokens";

export const mutations = listProcedures().filter(({ type }) => type === "mutation");

/** Inputs by procedure, each with something to do for the operator when it is asked for. */
export type MutationInputs = Readonly<Record<string, () => object | Promise<object>>>;

/** What makes valid inputs of every procedure that changes something and appends an event. */
export function mutationInputs(t: TestApp): MutationInputs {
  const change = (name: string, input: object) => changeBy(t, name, input);
  const addedFeed = async () => (await change("ownFeeds.add", ownFeed())).id;
  const addedIndicator = () => addIndicator(t, t.operator.workspaceId, `indicator-${randomUUID()}.example`);
  return withoutPolicy(t, {
    ...keyPolicyInputs(t),
    "keys.create": () => ({ name: "Made" }),
    "keys.update": async () => ({ keyId: (await t.createKey(t.operator)).id, name: "Renamed" }),
    "keys.rotate": async () => ({ keyId: (await t.createKey(t.operator)).id }),
    "keys.revoke": async () => ({ keyId: (await t.createKey(t.operator)).id }),
    ...manageInputs(t),
    "leaks.revoke": async () => ({ keys: [(await t.createKey(t.operator)).secret] }),
    ...lifeCycleInputs(t, change),
    "leaks.setPolicy": () => ({ leak_policy: "notify" }),
    "tokens.create": () => ({ name: "Made", scopes: ["manage:keys:read"], expires_in_days: 1 }),
    "tokens.revoke": async () => ({ token_id: (await createTestToken(t, t.operator)).id }),
    "feeds.setEnabled": () => ({ feed_id: "test", enabled: false }),
    "feeds.review": async () => ({ feed_id: "test", run_id: await holdRun(t, "test"), decision: "accept" }),
    "ownFeeds.add": () => ownFeed(),
    "ownFeeds.change": async () => ({ ...ownFeed(), id: await addedFeed(), name: "Renamed" }),
    "ownFeeds.remove": async () => ({ id: await addedFeed() }),
    "pastes.keep": () => pasted,
    "pastes.remove": async () => ({ pasteId: (await change("pastes.keep", pasted)).id }),
    "sample.load": () => ({}),
    "sample.remove": async () => {
      await change("sample.load", {});
      return {};
    },
    "singleSignOn.save": () => provider,
    "singleSignOn.remove": async () => {
      await change("singleSignOn.save", provider);
      return {};
    },
    "instanceSignOn.save": () => provider,
    "instanceSignOn.remove": async () => {
      await change("instanceSignOn.save", provider);
      return {};
    },
    "indicators.add": () => ({ value: `added-${randomUUID()}.example` }),
    "indicators.change": async () => ({ indicatorId: await addedIndicator(), tags: ["changed"] }),
    "indicators.withdraw": async () => ({ indicatorId: await addedIndicator() }),
    ...reportInputs(t),
    "warninglists.allow": () => ({ value: "allowed.example" }),
    "warninglists.forbid": async () => {
      await change("warninglists.allow", { value: "forbidden.example" });
      return { type: "domain", value: "forbidden.example" };
    },
    ...watchlistInputs(t, change),
    "webhooks.set": () => webhook,
    "webhooks.remove": async () => {
      await change("webhooks.set", webhook);
      return {};
    },
    "workspaces.setTier": () => ({ workspaceId: t.stranger.workspaceId, tier: "pro" }),
    "workspaces.setSuspended": () => ({ workspaceId: t.stranger.workspaceId, suspended: true }),
  });
}

function reportInputs(t: TestApp): MutationInputs {
  const change = (name: string, input: object) => changeBy(t, name, input);
  const harmless = () => ({ value: `own-${randomUUID()}.example`, verdict: "harmless", reason: "Ours", for_all: true });
  const proposed = async () => {
    const input = harmless();
    await change("feedback.give", input);
    return iocId("domain", input.value);
  };
  return {
    "sightings.add": () => ({ value: `seen-${randomUUID()}.example` }),
    "sightings.remove": async () => {
      const value = `seen-${randomUUID()}.example`;
      await change("sightings.add", { value });
      const row = await t.deps.db.prisma.ownSighting.findFirst({ where: { value }, select: { id: true } });
      return { sightingId: row?.id };
    },
    "feedback.give": () => harmless(),
    "feedback.withdraw": async () => ({ indicatorId: await proposed() }),
    "feedback.review": async () => ({
      ...{ workspaceId: t.operator.workspaceId, indicatorId: await proposed(), decision: "decline" },
    }),
  };
}

function manageInputs(t: TestApp): MutationInputs {
  return {
    "manage.create": () => ({ name: "Made" }),
    "manage.update": async () => ({ keyId: (await t.createKey(t.operator)).id, name: "Renamed" }),
    "manage.rotate": async () => ({ keyId: (await t.createKey(t.operator)).id }),
    "manage.revoke": async () => ({ keyId: (await t.createKey(t.operator)).id }),
  };
}

const pasted = { title: "Mail", text: "Seen at evil.example" };

type Change = (name: string, input: object) => Promise<{ id: string }>;

/** Those of watchlists and their matches. */
function watchlistInputs(t: TestApp, change: Change): MutationInputs {
  const addedWatchlist = async () => (await change("watchlists.create", { name: `List ${randomUUID()}` })).id;
  const addedMatch = async () => {
    const watchlistId = await addedWatchlist();
    await change("watchlists.addEntries", { watchlistId, text: "evil.example" });
    return addMatch(t, watchlistId);
  };
  return {
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
    "watchlists.triage": async () => ({ ids: [await addedMatch()], acknowledged: true }),
    "watchlists.comment": async () => ({ matchId: await addedMatch(), text: "Ours" }),
  };
}

/** Those of people and workspaces that come and go. */
function lifeCycleInputs(t: TestApp, change: Change): MutationInputs {
  const addedPerson = () =>
    createAccount(t.deps.db.prisma, { email: `${randomUUID()}@people.example`, password: "none", name: "Spare" });
  return {
    "people.delete": async () => ({ personId: await addedPerson() }),
    "account.export": () => ({}),
    "workspaces.create": () => ({ name: "Made", owner: t.stranger.email }),
    "workspaces.rename": () => ({ workspaceId: t.stranger.workspaceId, name: `Renamed ${randomUUID()}` }),
    "workspaces.setMembership": () => ({
      workspaceId: t.stranger.workspaceId,
      email: t.operator.email,
      role: "viewer",
    }),
    "workspaces.export": () => ({}),
    "workspaces.delete": async () => {
      const name = `To go ${randomUUID()}`;
      await change("workspaces.create", { name, owner: t.stranger.email });
      const select = { id: true, slug: true } as const;
      const { id, slug } = await t.deps.db.prisma.workspace.findFirstOrThrow({ where: { name }, select });
      return { workspaceId: id, slug };
    },
    "people.createLink": async () => ({ personId: await addedPerson(), kind: "password" }),
    "people.setDisabled": async () => ({ personId: await addedPerson(), disabled: true }),
    "people.setOperator": async () => ({ personId: await addedPerson(), operator: true }),
    "people.endSessions": async () => ({ personId: await addedPerson() }),
  };
}

/** Does what the procedure does, as its operator or with a token of theirs; gives the `data` of its answer. */
export async function changeBy(t: TestApp, name: string, input: object): Promise<{ id: string }> {
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

/** A run of the feed whose bodies were quarantined. */
async function holdRun(t: TestApp, feedId: string): Promise<string> {
  const id = randomUUID();
  await t.deps.db.sql.query(
    `INSERT INTO feed_run (id, feed_id, "trigger", node, status, started_at, finished_at)
     VALUES ($1::uuid, $2, 'schedule', 'test', 'held', now(), now())`,
    [id, feedId],
  );
  await t.deps.db.sql.query("UPDATE feed SET held_run = $1::uuid, held_since = now() WHERE id = $2", [id, feedId]);
  return id;
}

const webhook = { url: "https://hooks.example/tocsin", kinds: ["key.expiring"] };
const provider = {
  name: "Login",
  issuer: "https://login.example",
  client_id: "tocsin",
  client_secret: "a client secret",
  domains: ["company.example"],
};
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
