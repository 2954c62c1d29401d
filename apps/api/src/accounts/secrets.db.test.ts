import { unseal } from "@tocsin/core/outbound";
import { findOwnFeeds } from "@tocsin/core/own-feeds";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { symmetricEncrypt } from "better-auth/crypto";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp } from "../app";
import { buildDeps, type Deps } from "../deps";
import { resealAll } from "../reseal";
import { readSettings } from "../settings/settings";
import { origin } from "../testing/requests";
import { password } from "../testing/test-app";
import { totp } from "../testing/totp";
import { sessionCookie } from "./auth";
import { openSealed } from "./sealing";
import { createAccount, createOperator, hashPassword } from "./setup";

const [first, second, third] = ["first", "second", "third"].map(
  (name) => `${name} secret of this instance that is long enough`,
);
const apps: FastifyInstance[] = [];
const lines: string[] = [];
let db: Db;

beforeAll(async () => {
  db = await testDb();
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await db.close();
});

/** A start of the instance on the one database. */
async function start(secret = "", ...previous: string[]) {
  const settings = readSettings({
    TOCSIN_FEEDS: "off",
    TOCSIN_SECRET: secret,
    TOCSIN_PREVIOUS_SECRETS: previous.join(","),
    PUBLIC_URL: origin,
  });
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const deps = await buildDeps({ settings, log, db, node: secret });
  const app = await buildApp(deps);
  apps.push(app);
  let calls = 0;
  const post = (url: string, payload: object, cookie = "") => {
    calls += 1;
    return app.inject({ method: "POST", url, payload, headers: { origin, cookie }, remoteAddress: `192.0.2.${calls}` });
  };
  return { deps, post };
}
type Instance = Awaited<ReturnType<typeof start>>;

const cookiesOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
  cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");

/** Password, then the second factor. */
async function signIn({ post }: Instance, email: string, kind: "totp" | "backup-code", code: string) {
  const step = await post("/api/auth/sign-in/email", { email, password });
  expect(step.json()).toMatchObject({ twoFactorRedirect: true });
  const answer = await post(`/api/auth/two-factor/verify-${kind}`, { code }, cookiesOf(step));
  const in_ = answer.cookies.some(({ name, value }) => name === sessionCookie && value !== "");
  return { status: answer.statusCode, code: answer.json().code, in: in_ };
}
const welcome = { status: 200, code: undefined, in: true };

async function enableTwoFactor({ post }: Instance, email: string) {
  const cookie = cookiesOf(await post("/api/auth/sign-in/email", { email, password }));
  const { totpURI, backupCodes } = (await post("/api/auth/two-factor/enable", { password }, cookie)).json();
  const verified = await post("/api/auth/two-factor/verify-totp", { code: totp(totpURI) }, cookie);
  expect(verified.statusCode).toBe(200);
  return { email, uri: totpURI as string, codes: backupCodes as string[], cookie: cookiesOf(verified) };
}

/** As a version stored it whose sealed texts did not name their secret. */
async function sealWithoutVersion({ accountSecrets }: Deps, email: string) {
  const { twoFactor } = db.prisma;
  const row = await twoFactor.findFirstOrThrow({ where: { user: { email } } });
  const old = async (text: string) => {
    const opened = await openSealed(accountSecrets, text);
    return symmetricEncrypt({ key: accountSecrets[0]?.value ?? "", data: opened?.plain ?? "" });
  };
  const data = { secret: await old(row.secret), backupCodes: await old(row.backupCodes) };
  expect(data.secret).not.toContain("$");
  await twoFactor.update({ where: { id: row.id }, data });
}

const feed = {
  name: "Partner",
  url: "https://lists.example/list.txt",
  format: "plain",
  mapping: {},
  auth: { kind: "bearer", secret: "feed secret" },
  category: "commercial",
  confidence: "high",
  tlp: "amber",
  lifetime_days: 14,
};

it("all that is sealed outlives a change of TOCSIN_SECRET, and the former one may go once it is sealed anew", async () => {
  const before = await start(first);
  await createOperator(before.deps, { email: "olga@tocsin.example", password, name: "Olga", workspace: "First" });
  for (const name of ["paul", "vera"]) {
    const hashed = await hashPassword(before.deps, password);
    await createAccount(db.prisma, { email: `${name}@tocsin.example`, password: hashed, name });
  }
  const olga = await enableTwoFactor(before, "olga@tocsin.example");
  const paul = await enableTwoFactor(before, "paul@tocsin.example");
  const vera = await enableTwoFactor(before, "vera@tocsin.example");
  await sealWithoutVersion(before.deps, paul.email);
  const hook = { url: "https://hooks.example/tocsin", kinds: ["key.expiring"] };
  const { secret } = (await before.post("/api/trpc/webhooks.set", hook, olga.cookie)).json().result.data;
  const workspace = await db.prisma.workspace.findFirstOrThrow({ select: { id: true } });
  expect((await before.post("/api/trpc/ownFeeds.add", feed, olga.cookie)).statusCode).toBe(200);

  // Before anything is sealed anew, at the first use.
  const changed = await start(second, first ?? "");
  expect(await signIn(changed, olga.email, "totp", totp(olga.uri, 1))).toEqual(welcome);
  expect(await signIn(changed, paul.email, "backup-code", paul.codes[0] ?? "")).toEqual(welcome);
  await resealAll(changed.deps);

  const after = await start(second);
  expect(await signIn(after, olga.email, "backup-code", olga.codes[0] ?? "")).toEqual(welcome);
  expect(await signIn(after, paul.email, "totp", totp(paul.uri, 1))).toEqual(welcome);
  expect(await signIn(after, vera.email, "totp", totp(vera.uri, 1))).toEqual(welcome);
  const spent = await signIn(after, paul.email, "backup-code", paul.codes[0] ?? "");
  expect(spent).toMatchObject({ status: 401, in: false });
  const row = await db.prisma.webhook.findUniqueOrThrow({ where: { workspaceId: workspace.id } });
  expect(unseal(after.deps.context, row.secret, row.id)).toBe(secret);
  expect(await findOwnFeeds(after.deps.context)).toMatchObject([{ name: feed.name, secret: feed.auth.secret }]);
  expect(lines).toEqual([]);

  const lost = await start(third);
  for (const kind of ["totp", "backup-code"] as const) {
    const refused = await signIn(lost, vera.email, kind, totp(vera.uri));
    expect(refused).toEqual({ status: 409, code: "SECOND_FACTOR_UNREADABLE", in: false });
  }
  await resealAll(lost.deps);
  const warning = lines.map((line) => JSON.parse(line)).find(({ second_factors }) => second_factors !== undefined);
  expect(warning).toMatchObject({ second_factors: 3, webhooks: 1, feeds: 1 });
  // Nothing was written over: the right secret opens it all again.
  const back = await start(third, second ?? "");
  expect(await signIn(back, vera.email, "backup-code", vera.codes[0] ?? "")).toEqual(welcome);
});
