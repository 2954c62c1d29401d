import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { claimDeliveries, finishDelivery } from "./deliver";
import { listDeliveries, replayDelivery } from "./deliveries";
import { noticeKinds } from "./shape";
import { setWebhook } from "./webhook";

let db: Db;
let ctx: Context;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  await ctx.sql.query("TRUNCATE notice_delivery, webhook");
});

async function newWebhook() {
  const owner = await testWorkspace(ctx);
  const wanted = { url: "https://hooks.example/in", kinds: [...noticeKinds], enabled: true, rotateSecret: false };
  const { data } = await setWebhook(owner, wanted, { privateTargets: false });
  return { owner, id: data.id };
}

async function queue({ owner, id }: Awaited<ReturnType<typeof newWebhook>>, count: number, secondsAgo: number) {
  await ctx.sql.query(
    `INSERT INTO notice_delivery (id, workspace_id, channel, kind, recipient, created_at, next_at)
     SELECT gen_random_uuid(), $1::uuid, 'webhook', 'webhook.test', $2, now() - interval '1 day', now() - make_interval(secs => $3::float8)
     FROM generate_series(1, $4::int4)`,
    [owner.caller.workspaceId, id, secondsAgo, count],
  );
}

const claim = (limit: number) => claimDeliveries(ctx, { limit, leaseSeconds: 60 });

async function workspacesOf(jobs: readonly { id: string }[]): Promise<string[]> {
  const rows = await ctx.sql.query<{ workspace_id: string }>(
    "SELECT workspace_id FROM notice_delivery WHERE id = ANY ($1::uuid[])",
    [jobs.map(({ id }) => id)],
  );
  return rows.map((row) => row.workspace_id);
}

describe("recipients take turns", () => {
  it("in what is claimed at once, however long one has waited", async () => {
    const [many, few] = [await newWebhook(), await newWebhook()];
    await queue(many, 40, 3_600);
    await queue(few, 2, 1);
    const first = await workspacesOf(await claim(10));
    expect(first.filter((id) => id === few.owner.caller.workspaceId)).toHaveLength(2);
    expect(first).toHaveLength(10);
  });

  it("with what is under way counted", async () => {
    const [many, few] = [await newWebhook(), await newWebhook()];
    await queue(many, 40, 3_600);
    expect(await claim(9)).toHaveLength(9);
    await queue(few, 1, 1);
    expect(await workspacesOf(await claim(1))).toEqual([few.owner.caller.workspaceId]);
    expect(await workspacesOf(await claim(1))).toEqual([many.owner.caller.workspaceId]);
  });
});

it("replays are ten a minute, also when each is sent at once", async () => {
  const hook = await newWebhook();
  await queue(hook, 1, 1);
  const at = ctx.now().toISOString();
  const send = async (ago = 0) => {
    for (const job of await claim(10)) {
      const sent = new Date(Date.parse(at) - ago).toISOString();
      await finishDelivery(ctx, job, { at: sent, status: 200, error: null, ms: 1, delivered: true });
    }
  };
  await send(120_000);
  const id = (await listDeliveries(hook.owner, { limit: 1 })).data[0]?.id ?? randomUUID();
  for (let replay = 0; replay < 10; replay++) {
    await replayDelivery(hook.owner, { id });
    await send();
  }
  await expect(replayDelivery(hook.owner, { id })).rejects.toMatchObject({ code: "rate_limit_exceeded" });
  const later = { ...hook.owner, now: () => new Date(Date.parse(at) + 61_000) };
  expect(await replayDelivery(later, { id })).toMatchObject({ data: { id } });
});
