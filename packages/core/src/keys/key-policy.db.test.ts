import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type Role, type SessionCaller, type SystemCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { rotateKeyInput, updateKeyInput } from "./change-shape";
import { createKey } from "./create-key";
import { readKeyPolicy } from "./key-grant";
import { listKeysOffPolicy, setKeyPolicy } from "./key-policy";
import { type KeyPolicy, noKeyPolicy, setKeyPolicyInput } from "./policy";
import {
  collectKey,
  decideKeyRequest,
  getKeyRequest,
  listKeyRequests,
  requestKey,
  requestKeyInput,
  withdrawKeyRequest,
} from "./requests";
import { rotateKey } from "./rotate-key";
import { createKeyInput } from "./shape";
import { updateKey } from "./update-key";
import { verifyKey } from "./verify-key";

type Person = Call<Authorized<SessionCaller>>;

let db: Db;
let ctx: Context;
let now = new Date("2026-11-21T12:00:00.000Z");
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
});
afterAll(() => db.close());

const set = (call: Person, policy: Partial<KeyPolicy>) =>
  setKeyPolicy(call, setKeyPolicyInput.parse({ ...noKeyPolicy, ...policy }));
const named = (rest: object = {}) => createKeyInput.parse({ name: "SIEM", ...rest });
const wanted = (rest: object = {}) => requestKeyInput.parse({ name: "SIEM", ...rest });
const events = async (call: Person, action: string) =>
  db.prisma.auditEvent.findMany({ where: { workspaceId: call.caller.workspaceId, action }, orderBy: { id: "asc" } });

/** Somebody else in the same workspace. */
function colleague({ caller, ...rest }: Person, role: Role = "key_admin"): Person {
  const userId = randomUUID();
  return {
    ...rest,
    caller: authenticated({ ...caller, userId, role, email: `${userId}@people.example`, name: "Ben" }),
  };
}
const system = ({ caller }: Person): Call<Authorized<SystemCaller>> => ({
  ...ctx,
  caller: authenticated({ kind: "system", name: "command line", workspaceId: caller.workspaceId }),
  origin: noOrigin,
});

describe("a key policy", () => {
  it("is set by owners and admins, audited by what differs, and asks for nothing before", async () => {
    const call = await testWorkspace(ctx);
    const read = () => readKeyPolicy(ctx.db, call.caller.workspaceId);
    expect(await read()).toEqual(noKeyPolicy);
    await set(call, { longest_life_days: 90 });
    await set(call, { longest_life_days: 90 });
    await set(call, { longest_life_days: 90, require_approval: true });
    expect((await read()).require_approval).toBe(true);
    expect((await events(call, "workspace.set_key_policy")).map(({ details }) => details)).toEqual([
      { before: { longest_life_days: null }, after: { longest_life_days: 90 } },
      { before: { require_approval: false }, after: { require_approval: true } },
    ]);
    await expect(set(colleague(call), {})).rejects.toMatchObject({ code: "insufficient_role" });
  });

  it("refuses a new key that does not meet it, by a person and by the command line, and says what is allowed", async () => {
    const call = await testWorkspace(ctx);
    await set(call, { longest_life_days: 30, require_addresses: true, allowed_scopes: ["read:iocs", "read:stix"] });
    const wrong = named({ expires_in_days: 31, scopes: ["read:misp"] });
    for (const caller of [call, system(call)]) {
      await expect(createKey(caller, wrong)).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "expires_at" }, { field: "allowed_ips" }, { field: "scopes" }] },
      });
    }
    const { data } = await createKey(call, named({ expires_in_days: 30, allowed_ips: ["192.0.2.1"] }));
    expect(data.scopes).toEqual(["read:iocs", "read:stix"]);
  });

  it("lets a key that was there before be narrowed, not widened, nor rotated until it meets it", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named({ scopes: ["read:iocs", "read:misp"] }));
    await set(call, { require_expiry: true, allowed_scopes: ["read:iocs"] });
    const change = (body: object) => updateKey(call, updateKeyInput.parse({ keyId: data.id, ...body }));
    await change({ name: "Renamed" });
    await expect(change({ scopes: ["read:iocs", "read:misp", "read:stix"] })).rejects.toMatchObject({
      details: { fields: [{ field: "scopes", allowed: "read:iocs" }] },
    });
    expect(await listKeysOffPolicy(call)).toMatchObject({
      data: [{ id: data.id, name: "Renamed", problems: [{ field: "expires_at" }, { field: "scopes" }] }],
      meta: { total: 1 },
    });
    const rotate = () => rotateKey(call, rotateKeyInput.parse({ keyId: data.id }));
    await expect(rotate()).rejects.toMatchObject({ details: { fields: [{ field: "keyId" }] } });
    expect((await verifyKey(ctx, data.key, null)).usable).toBe(true);
    await change({ scopes: ["read:iocs"], expires_in_days: 365 });
    expect((await listKeysOffPolicy(call)).meta.total).toBe(0);
    expect((await rotate()).data.id).toBe(data.id);
  });
});

describe("a key that needs a second person", () => {
  async function strict() {
    const ada = await testWorkspace(ctx);
    await set(ada, { require_approval: true });
    return { ada, ben: colleague(ada) };
  }

  it("is asked for, approved by somebody else, and shown to whoever asked alone, once", async () => {
    const { ada, ben } = await strict();
    await expect(createKey(ada, named())).rejects.toMatchObject({ code: "approval_required" });
    await expect(createKey(system(ada), named())).rejects.toMatchObject({ code: "approval_required" });
    const { data } = await requestKey(ada, wanted({ scopes: ["read:iocs"], reason: "The new SIEM" }));
    const { id: requestId } = data;
    expect(data).toMatchObject({ status: "pending", reason: "The new SIEM", requested_by: ada.caller.email });
    await expect(collectKey(ada, { requestId })).rejects.toMatchObject({
      details: { fields: [{ field: "requestId" }] },
    });
    await expect(decideKeyRequest(ada, { requestId, approve: true })).rejects.toMatchObject({
      code: "approval_required",
    });
    expect(await db.prisma.apiKey.count({ where: { workspaceId: ada.caller.workspaceId } })).toBe(0);
    const decided = await decideKeyRequest(ben, { requestId, approve: true });
    expect(decided.data).toMatchObject({ status: "approved", decided_by: ben.caller.email, key_id: null });
    await expect(collectKey(ben, { requestId })).rejects.toMatchObject({ code: "not_found" });
    const both = await Promise.allSettled([collectKey(ada, { requestId }), collectKey(ada, { requestId })]);
    const [made, ...others] = both.flatMap((one) => (one.status === "fulfilled" ? [one.value.data] : []));
    expect(others).toEqual([]);
    expect(made).toMatchObject({ created_by: ada.caller.email, scopes: ["read:iocs"] });
    expect((await verifyKey(ctx, made?.key ?? "", null)).usable).toBe(true);
    expect((await getKeyRequest(ada, { requestId })).data).toMatchObject({ status: "collected", key_id: made?.id });
    expect((await listKeyRequests(ben)).data).toMatchObject([{ id: requestId, mine: false }]);
    const told = await db.prisma.auditEvent.findMany({
      where: { workspaceId: ada.caller.workspaceId, action: { startsWith: "key." } },
      orderBy: { id: "asc" },
    });
    expect(told.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["key.request", ada.caller.userId],
      ["key.approve", ben.caller.userId],
      ["key.create", ada.caller.userId],
    ]);
    expect(told[2]?.details).toMatchObject({ request: requestId, approved_by: ben.caller.email });
    const rows = await db.sql.query<{ text: string }>("SELECT row_to_json(r)::text AS text FROM key_request r");
    expect(rows.filter(({ text }) => text.includes((made?.key ?? "").slice(12)))).toEqual([]);
  });

  it("is declined, withdrawn, or lapses after a week, and can then not be collected", async () => {
    const { ada, ben } = await strict();
    const ask = async () => (await requestKey(ada, wanted())).data.id;
    const [declined, withdrawn, late, uncollected] = [await ask(), await ask(), await ask(), await ask()];
    await decideKeyRequest(ben, { requestId: declined, approve: false, reason: "Not needed" });
    await expect(withdrawKeyRequest(ben, { requestId: withdrawn })).rejects.toMatchObject({ code: "not_found" });
    await withdrawKeyRequest(ada, { requestId: withdrawn });
    await decideKeyRequest(ben, { requestId: uncollected, approve: true });
    now = new Date(now.getTime() + 7 * 86_400_000);
    for (const [requestId, status] of Object.entries({
      [declined]: "declined",
      [withdrawn]: "withdrawn",
      [late]: "lapsed",
      [uncollected]: "lapsed",
    })) {
      expect((await getKeyRequest(ada, { requestId })).data.status).toBe(status);
      await expect(collectKey(ada, { requestId })).rejects.toMatchObject({ code: "invalid_parameter" });
      await expect(decideKeyRequest(ben, { requestId, approve: true })).rejects.toMatchObject({
        code: "invalid_parameter",
      });
    }
    expect((await listKeyRequests(ada)).meta.pending).toBe(0);
  });

  it("is asked of the policy of the day when it is collected, and of nobody else's workspace", async () => {
    const { ada, ben } = await strict();
    const { id: requestId } = (await requestKey(ada, wanted({ scopes: ["read:misp"] }))).data;
    const stranger = await testWorkspace(ctx);
    await expect(decideKeyRequest(stranger, { requestId, approve: true })).rejects.toMatchObject({ code: "not_found" });
    await expect(decideKeyRequest(colleague(ada, "analyst"), { requestId, approve: true })).rejects.toMatchObject({
      code: "insufficient_role",
    });
    await decideKeyRequest(ben, { requestId, approve: true });
    await set(ada, { require_approval: true, allowed_scopes: ["read:iocs"] });
    await expect(collectKey(ada, { requestId })).rejects.toMatchObject({ details: { fields: [{ field: "scopes" }] } });
    await set(ada, {});
    expect((await collectKey(ada, { requestId })).data.scopes).toEqual(["read:misp"]);
    await expect(requestKey(ada, wanted())).rejects.toMatchObject({ code: "invalid_parameter" });
  });

  it("asked for by a token is not approved by who made the token", async () => {
    const { ada, ben } = await strict();
    const tokenId = randomUUID();
    await db.prisma.managementToken.create({
      data: {
        id: tokenId,
        workspaceId: ada.caller.workspaceId,
        name: "Terraform",
        prefix: "sk_manage_x",
        hash: Buffer.from(tokenId),
        pepperId: "test",
        scopes: ["manage:keys:write"],
        createdBy: ada.caller.email,
        expiresAt: new Date(now.getTime() + 86_400_000),
      },
    });
    const { workspaceId, tier } = ada.caller;
    const caller = authenticated({
      kind: "token" as const,
      tokenId,
      tokenName: "Terraform",
      workspaceId,
      tier,
      scopes: ["manage:keys:write" as const],
    });
    const token = { ...ada, caller };
    const { id: requestId } = (await requestKey(token, wanted())).data;
    await expect(decideKeyRequest(ada, { requestId, approve: true })).rejects.toMatchObject({
      code: "approval_required",
    });
    await decideKeyRequest(ben, { requestId, approve: true });
    await expect(collectKey(ada, { requestId })).rejects.toMatchObject({ code: "not_found" });
    expect((await collectKey(token, { requestId })).data.created_by).toBe("Terraform (management token)");
  });

  it("does not become wider once it is made", async () => {
    const { ada, ben } = await strict();
    const { id: requestId } = (await requestKey(ada, wanted({ scopes: ["read:iocs"], expires_in_days: 10 }))).data;
    await decideKeyRequest(ben, { requestId, approve: true });
    const { data } = await collectKey(ada, { requestId });
    const change = (body: object) => updateKey(ada, updateKeyInput.parse({ keyId: data.id, ...body }));
    for (const body of [{ scopes: ["read:iocs", "read:stix"] }, { expires_in_days: 20 }, { expires_at: null }]) {
      await expect(change(body)).rejects.toMatchObject({ code: "approval_required" });
    }
    await change({ allowed_ips: ["192.0.2.0/24"], expires_in_days: 5 });
    await expect(change({ allowed_ips: null })).rejects.toMatchObject({ code: "approval_required" });
  });
});
