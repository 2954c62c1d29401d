import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { admit } from "./admit";
import { findProviderOf, getProvider, getProviderToTest } from "./get-provider";
import type { Person } from "./owner";
import { resealProviders } from "./reseal-providers";
import { removeProvider, saveProvider } from "./save-provider";
import { type SaveProviderInput, saveProviderInput } from "./shape";
import { verifyDomain } from "./verify-domain";

let db: Db;
let ctx: Context;
let lastDomain = 0;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

const reach = { privateProviders: false };
const newDomain = () => `company-${++lastDomain}.example`;
const inputOf = (more: Partial<SaveProviderInput> = {}): SaveProviderInput =>
  saveProviderInput.parse({
    name: "Login",
    issuer: "https://login.example/realms/main",
    client_id: "tocsin",
    client_secret: "the client secret",
    domains: [newDomain()],
    ...more,
  });
const actions = async (workspaceId: string) =>
  (
    await db.prisma.auditEvent.findMany({ where: { workspaceId }, orderBy: { id: "asc" }, select: { action: true } })
  ).map(({ action }) => action);
/** The DNS as the provider's page asks for it. */
const published = async (person: Person) => {
  const { data } = await getProvider(person, "workspace");
  return async (name: string) =>
    data?.domains.flatMap(({ record }) => (record?.name === name ? [[record.value]] : [])) ?? [];
};

describe("saveProvider", () => {
  it("seals the secret, answers without it, and keeps it for the same issuer alone", async () => {
    const owner = await testWorkspace(ctx);
    const input = inputOf();
    const saved = await saveProvider(owner, "workspace", input, reach);
    expect(JSON.stringify(saved)).not.toContain(input.client_secret);
    expect(saved.callback_url).toMatch(/\/api\/sso\/callback$/);
    const row = await db.prisma.ssoProvider.findUniqueOrThrow({ where: { workspaceId: owner.caller.workspaceId } });
    expect(row.secret).toMatch(/^s1\./);
    const kept = { ...input, client_secret: "", name: "Renamed" };
    expect((await saveProvider(owner, "workspace", kept, reach)).data).toMatchObject({ name: "Renamed" });
    expect((await getProviderToTest(owner, "workspace")).secret).toBe(input.client_secret);
    const moved = { ...kept, issuer: "https://elsewhere.example" };
    await expect(saveProvider(owner, "workspace", moved, reach)).rejects.toThrow(/client_secret/);
    expect(await actions(owner.caller.workspaceId)).toEqual(["sso.save", "sso.save"]);
  });

  it("is for owners, and for operators that of the instance", async () => {
    const admin = await testWorkspace(ctx, { role: "admin" });
    await expect(saveProvider(admin, "workspace", inputOf(), reach)).rejects.toMatchObject({
      code: "insufficient_role",
    });
    await expect(saveProvider(admin, "instance", inputOf(), reach)).rejects.toMatchObject({
      code: "insufficient_role",
    });
    expect((await getProvider(admin, "workspace")).data).toBeNull();
  });

  it.each(["http://login.example", "https://127.0.0.1", "https://login.example/?x=1", "nothing"])(
    "refuses the issuer %s",
    async (issuer) => {
      const owner = await testWorkspace(ctx);
      await expect(saveProvider(owner, "workspace", inputOf({ issuer }), reach)).rejects.toThrow(/^issuer: /);
    },
  );

  it("forgets whom another issuer knew", async () => {
    const owner = await testWorkspace(ctx);
    const input = inputOf();
    const { data } = await saveProvider(owner, "workspace", input, reach);
    await verifyDomain(owner, input.domains[0] ?? "", await published(owner));
    const provider = await getProviderToTest(owner, "workspace");
    const email = `pia@${input.domains[0]}`;
    expect(await admit(owner, provider, { sub: "1", email })).toMatchObject({ workspaceId: owner.caller.workspaceId });
    const identities = () => db.prisma.ssoIdentity.count({ where: { providerId: data?.id ?? "" } });
    expect(await identities()).toBe(1);
    await saveProvider(owner, "workspace", { ...input, issuer: "https://elsewhere.example" }, reach);
    expect(await identities()).toBe(0);
  });
});

describe("admit", () => {
  it.each([
    ["https://accounts.google.com", undefined, "domain"],
    ["https://accounts.google.com/", undefined, "domain"],
    ["https://accounts.google.com./", "other.example", "domain"],
    ["https://accounts.google.com", "same", null],
    ["https://login.example", undefined, null],
  ])("of the issuer %s with hd %s: %s", async (issuer, hd, refused) => {
    const owner = await testWorkspace(ctx);
    const input = inputOf({ issuer });
    await saveProvider(owner, "workspace", input, reach);
    await verifyDomain(owner, input.domains[0] ?? "", await published(owner));
    const provider = await getProviderToTest(owner, "workspace");
    const claims = { sub: "1", email: `pia@${input.domains[0]}`, hd: hd === "same" ? input.domains[0] : hd };
    const answer = await admit(owner, provider, claims);
    expect("refused" in answer ? answer.refused : null).toBe(refused);
  });

  it("lets nobody in with a password that was set before the address was anybody's", async () => {
    const owner = await testWorkspace(ctx);
    const input = inputOf();
    await saveProvider(owner, "workspace", input, reach);
    await verifyDomain(owner, input.domains[0] ?? "", await published(owner));
    const provider = await getProviderToTest(owner, "workspace");
    const account = async (name: string, more: object = {}) => {
      const [id, email] = [randomUUID(), `${name}@${input.domains[0]}`];
      const accounts = { create: { id: randomUUID(), accountId: id, providerId: "credential", password: "hash" } };
      const expiresAt = new Date(ctx.now().getTime() + 3_600_000);
      const sessions = { create: { id: randomUUID(), token: id, expiresAt } };
      await db.prisma.user.create({ data: { id, name, email, accounts, sessions, ...more } });
      expect(await admit(owner, provider, { sub: name, email })).toMatchObject({ userId: id });
      return [
        await db.prisma.account.count({ where: { userId: id } }),
        await db.prisma.session.count({ where: { userId: id } }),
      ];
    };
    const { workspaceId } = owner.caller;
    const members = { create: { id: randomUUID(), workspaceId, role: "analyst" } };
    expect(await account("squatter")).toEqual([0, 0]);
    expect(await account("confirmed", { emailVerified: true })).toEqual([1, 1]);
    expect(await account("member", { members })).toEqual([1, 1]);
    expect(await account("operator", { operator: true })).toEqual([1, 1]);
  });

  it("makes one account of two first sign-ins at once", async () => {
    const owner = await testWorkspace(ctx);
    const input = inputOf();
    await saveProvider(owner, "workspace", input, reach);
    await verifyDomain(owner, input.domains[0] ?? "", await published(owner));
    const provider = await getProviderToTest(owner, "workspace");
    const claims = { sub: "1", email: `Pia@${input.domains[0]}` };
    const [one, two] = await Promise.all([admit(owner, provider, claims), admit(owner, provider, claims)]);
    expect(one).toEqual(two);
    expect((await actions(owner.caller.workspaceId)).filter((action) => action === "member.join")).toHaveLength(1);
  });
});

describe("verifyDomain", () => {
  it("takes the record that the page asks for, and no other", async () => {
    const owner = await testWorkspace(ctx);
    const input = inputOf();
    const domain = input.domains[0] ?? "";
    await saveProvider(owner, "workspace", input, reach);
    expect(await findProviderOf(ctx, domain)).toBeNull();
    const wrong = async () => [["tocsin-verification=guessed"], ["v=spf1 -all"]];
    await expect(verifyDomain(owner, domain, wrong)).rejects.toThrow(/has no TXT record/);
    await expect(verifyDomain(owner, domain, () => Promise.reject(new Error("ENOTFOUND")))).rejects.toThrow(/TXT/);
    await expect(verifyDomain(owner, "other.example", wrong)).rejects.toMatchObject({ code: "not_found" });
    await verifyDomain(owner, domain, await published(owner));
    expect(await findProviderOf(ctx, domain)).toMatchObject({ workspaceId: owner.caller.workspaceId });
    expect(await actions(owner.caller.workspaceId)).toEqual(["sso.save", "sso.verify_domain"]);
  });

  it("gives a domain to one workspace", async () => {
    const [first, second] = [await testWorkspace(ctx), await testWorkspace(ctx)];
    const input = inputOf();
    const domain = input.domains[0] ?? "";
    for (const owner of [first, second]) await saveProvider(owner, "workspace", input, reach);
    await verifyDomain(first, domain, await published(first));
    await expect(verifyDomain(second, domain, await published(second))).rejects.toThrow(/another workspace/);
    await removeProvider(first, "workspace");
    await verifyDomain(second, domain, await published(second));
    expect(await findProviderOf(ctx, domain)).toMatchObject({ workspaceId: second.caller.workspaceId });
  });
});

it("seals client secrets under another key, and counts those that no key opens", async () => {
  const owner = await testWorkspace(ctx);
  await saveProvider(owner, "workspace", inputOf(), reach);
  const next = new Uint8Array(32).fill(7);
  const peppers = { current: "next", byId: new Map([...ctx.peppers.byId, ["next", next]]) };
  expect(await resealProviders({ ...ctx, peppers })).toEqual({ lost: 0 });
  const only = { current: "next", byId: new Map([["next", next]]) };
  expect((await getProviderToTest({ ...owner, peppers: only }, "workspace")).secret).toBe("the client secret");
  await expect(getProviderToTest(owner, "workspace")).rejects.toMatchObject({ code: "service_unavailable" });
  const rows = await db.prisma.ssoProvider.count();
  expect(await resealProviders(ctx)).toEqual({ lost: rows });
});
