import { randomUUID } from "node:crypto";
import { inputSchema, listProcedures, type Procedure } from "../router/list-procedures";
import { addKeyRequest } from "../testing/key-policies";
import { changeBy, mutationInputs, mutations } from "../testing/mutations";
import { trpcRequest } from "../testing/requests";
import { createTestToken } from "../testing/tokens";
import { faultOf, fingerprint, type World } from "./world";

/** Fields by which a procedure names something of a workspace's own; a new one has to be added here or below. */
type Victim = {
  keyId: string;
  watchlistId: string;
  entryId: string;
  matchId: string;
  subjectId: string;
  noticeId: string;
  deliveryId: string;
  pasteId: string;
  indicatorId: string;
  requestId: string;
};

const owned: Readonly<Record<string, (victim: Victim) => object>> = {
  keyId: ({ keyId }) => ({ keyId }),
  "keys.activity.ids": ({ keyId }) => ({ ids: [keyId] }),
  watchlistId: ({ watchlistId }) => ({ watchlistId }),
  matchId: ({ matchId }) => ({ matchId, text: "Added" }),
  entry_id: ({ entryId }) => ({ entry_id: entryId }),
  subject_id: ({ subjectId }) => ({ subject_id: subjectId }),
  "watchlists.groups.watchlist_id": ({ watchlistId }) => ({ watchlist_id: watchlistId, by: "entry" }),
  "watchlists.groups.entry_id": ({ entryId }) => ({ entry_id: entryId, by: "entry" }),
  "watchlists.groups.subject_id": ({ subjectId }) => ({ subject_id: subjectId, by: "entry" }),
  "watchlists.triage.ids": ({ matchId }) => ({ ids: [matchId], acknowledged: true }),
  "watchlists.triage.entry_ids": ({ entryId }) => ({ entry_ids: [entryId], acknowledged: true }),
  "watchlists.triage.subject_ids": ({ subjectId }) => ({ subject_ids: [subjectId], acknowledged: true }),
  pasteId: ({ pasteId }) => ({ pasteId }),
  indicatorId: ({ indicatorId }) => ({ indicatorId }),
  requestId: ({ requestId }) => ({ requestId }),
  "keyRequests.decide.requestId": ({ requestId }) => ({ requestId, approve: true }),
  "notices.markRead.ids": ({ noticeId }) => ({ ids: [noticeId] }),
  "webhooks.replay.id": ({ deliveryId }) => ({ id: deliveryId }),
  "watchlists.addEntries.watchlistId": ({ watchlistId }) => ({ watchlistId, text: "added.example" }),
  "watchlists.removeEntries.watchlistId": ({ watchlistId, entryId }) => ({ watchlistId, ids: [entryId] }),
  "watchlists.acknowledge.ids": ({ matchId }) => ({ ids: [matchId], acknowledged: true }),
  "watchlists.removeEntries.ids": ({ entryId }) => ({ ids: [entryId] }),
};

const ownWord = "the caller's own word for something of theirs";

/** Fields that name what all workspaces share, or what operators alone may name. */
const shared: Readonly<Record<string, string>> = {
  "articles.byId.id": "articles are everybody's",
  "threats.show.id": "threats are everybody's",
  "attack.names.ids": "techniques are everybody's",
  "feeds.runs.feed_id": "feeds are everybody's",
  "feeds.run.feed_id": "an operator's",
  "feeds.review.feed_id": "an operator's",
  "feeds.review.run_id": "an operator's",
  "feeds.setEnabled.feed_id": "an operator's",
  "ownFeeds.get.id": "an operator's",
  "ownFeeds.change.id": "an operator's",
  "ownFeeds.remove.id": "an operator's",
  "ownFeeds.preview.id": "an operator's",
  "indicators.list.external_id": ownWord,
  "indicators.add.external_id": ownWord,
  "indicators.change.external_id": ownWord,
  "singleSignOn.save.client_id": ownWord,
  "instanceSignOn.save.client_id": "an operator's",
  "people.delete.personId": "with its whole input, as every change below",
  "people.createLink.personId": "an operator's",
  "people.setDisabled.personId": "an operator's",
  "people.setOperator.personId": "an operator's",
  "people.endSessions.personId": "an operator's",
  "workspaces.rename.workspaceId": "an operator's",
  "workspaces.setMembership.workspaceId": "an operator's",
  "workspaces.delete.workspaceId": "an operator's",
  "workspaces.setTier.workspaceId": "an operator's",
  "workspaces.setSuspended.workspaceId": "an operator's",
  "tokens.revoke.token_id": "with its whole input, as every change below",
  "sightings.remove.sightingId": "with its whole input, as every change below",
  "feedback.review.workspaceId": "an operator's",
};

const idFields = (procedure: Procedure) =>
  Object.keys(inputSchema(procedure).properties ?? {}).filter((field) => /(?:^|_)ids?$|Ids?$/.test(field));

/** Fields with ids that stand in neither table. */
export function unknownIdFields(): string[] {
  return listProcedures().flatMap((procedure) =>
    idFields(procedure)
      .map((field) => `${procedure.name}.${field}`)
      .filter((name) => !(name in owned) && !(name in shared) && !((name.split(".").at(-1) ?? "") in owned)),
  );
}

/** Whatever the operator could do, as the owner of another workspace: nothing of theirs is shown or changed. */
export async function attackForeignIds(world: World): Promise<void> {
  const { t } = world;
  const victim = await makeVictim(world);
  const token = (await createTestToken(t, t.stranger)).secret;
  const own = await makeOwnWatchlist(world);
  for (const { procedure, field, make } of listProcedures().flatMap(foreignFields)) {
    const within = field !== "watchlistId" && "watchlistId" in (inputSchema(procedure).properties ?? {});
    const rest = within ? { watchlistId: own } : {};
    await tryForeign(world, procedure, { ...rest, ...make(victim) }, token, field);
  }
  const inputs = mutationInputs(t);
  for (const procedure of mutations.filter(namesOthers)) {
    const input = await inputs[procedure.name]?.();
    if (input) await tryForeign(world, procedure, input, token, "its whole input");
  }
}

/** Whether a change names something that may be another's. */
function namesOthers(procedure: Procedure): boolean {
  return idFields(procedure).some((field) => shared[`${procedure.name}.${field}`] !== ownWord);
}

function foreignFields(procedure: Procedure) {
  return idFields(procedure).flatMap((field) => {
    const make = owned[`${procedure.name}.${field}`] ?? owned[field];
    return make ? [{ procedure, field, make }] : [];
  });
}

const chooses = ["ids", "entry_id", "subject_id", "entry_ids", "subject_ids"];

async function tryForeign(
  world: World,
  procedure: Procedure,
  input: object,
  token: string,
  field: string,
): Promise<void> {
  const before = await fingerprint(world);
  for (const [transport, response] of await ask(world, procedure, input, token)) {
    const what = `${procedure.name} by ${field}, ${transport}`;
    // What chooses among the caller's own finds nothing, and may say so.
    const foundNothing = chooses.includes(field) || /"(?:removed":false|changed":0)\b/.test(response.body);
    const mayPass = foundNothing && response.statusCode === 200;
    const odd =
      mayPass || [403, 404].includes(response.statusCode)
        ? null
        : `${response.statusCode} ${response.body.slice(0, 200)}`;
    world.ledger.record("foreign ids", what, faultOf(response) ?? odd);
  }
  const after = await fingerprint(world);
  world.ledger.record(
    "foreign ids",
    `${procedure.name} by ${field}, afterwards`,
    after === before ? null : "something has changed",
  );
}

async function ask({ t, send }: World, procedure: Procedure, input: object, token: string) {
  const { cookie } = t.stranger;
  const bearer = { authorization: `Bearer ${token}` };
  const byToken = procedure.access.by === "token";
  const trpc = byToken ? [] : [["tRPC", await send(trpcRequest(procedure, input), { cookie })] as const];
  const { rest } = procedure;
  if (!rest || procedure.access.by === "key") return trpc;
  const { keyId, watchlistId, matchId, requestId, ...payload } = { ...input } as Record<string, unknown>;
  const url = rest.path
    .replace(":keyId", String(keyId))
    .replace(":watchlistId", String(watchlistId))
    .replace(":matchId", String(matchId))
    .replace(":requestId", String(requestId));
  const body = rest.method === "GET" ? {} : { payload };
  const headers: Record<string, string> = byToken ? bearer : { cookie };
  return [...trpc, ["REST", await send({ method: rest.method, url, ...body }, headers)] as const];
}

async function makeOwnWatchlist({ t, send }: World): Promise<string> {
  const procedure = mutations.find(({ name }) => name === "watchlists.create");
  if (!procedure) throw new Error("there is no way to create a watchlist");
  const response = await send(trpcRequest(procedure, { name: "Stranger's own" }), { cookie: t.stranger.cookie });
  return response.json().result.data.data.id;
}

/** One of everything that a workspace may own. */
async function makeVictim({ t }: World): Promise<Victim> {
  const { sql, prisma } = t.deps.db;
  const { workspaceId } = t.operator;
  const { id: keyId } = await t.createKey(t.operator);
  const { id: watchlistId } = await changeBy(t, "watchlists.create", { name: `Victim ${randomUUID()}` });
  await changeBy(t, "watchlists.addEntries", { watchlistId, text: "evil.example" });
  const { id: entryId } = await prisma.watchlistEntry.findFirstOrThrow({
    where: { watchlistId },
    select: { id: true },
  });
  const subjectId = randomUUID();
  const [match] = await sql.query<{ id: string }>(
    `INSERT INTO watchlist_match (watchlist_id, entry_id, subject, subject_id, reason, held, matched_at, last_at)
     VALUES ($1::uuid, $2::uuid, 'ioc', $3::uuid, 'exact', false, now(), now())
     ON CONFLICT (entry_id, subject_id, generation) DO UPDATE SET last_at = now() RETURNING id::text`,
    [watchlistId, entryId, subjectId],
  );
  const [noticeId, deliveryId] = [randomUUID(), randomUUID()];
  await sql.query(
    `INSERT INTO notice (id, workspace_id, kind, occasion, details, at) VALUES ($1::uuid, $2::uuid, 'key.expiring', $1::text, '{}', now())`,
    [noticeId, workspaceId],
  );
  await sql.query(
    `INSERT INTO notice_delivery (id, workspace_id, channel, kind, recipient, status, finished_at)
     VALUES ($1::uuid, $2::uuid, 'webhook', 'webhook.test', 'https://hooks.example/', 'failed', now())`,
    [deliveryId, workspaceId],
  );
  const { id: pasteId } = await changeBy(t, "pastes.keep", { title: "Victim", text: "Seen at evil.example" });
  const kept = await mutationInputs(t)["indicators.withdraw"]?.();
  const indicatorId = String((kept as { indicatorId?: unknown } | undefined)?.indicatorId);
  const requestId = await addKeyRequest(t);
  return {
    keyId,
    watchlistId,
    entryId,
    matchId: match?.id ?? "1",
    subjectId,
    noticeId,
    requestId,
    deliveryId,
    pasteId,
    indicatorId,
  };
}
