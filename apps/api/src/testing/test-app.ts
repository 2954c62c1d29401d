import { randomBytes, scryptSync } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { authenticated, type Tier, tiers } from "@tocsin/core/access";
import type { Context } from "@tocsin/core/context";
import { createKey, createKeyInput } from "@tocsin/core/keys";
import { createWorkspace } from "@tocsin/core/workspaces";
import { testDb } from "@tocsin/db/testing";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import type { z } from "zod";
import { type Passwords, sessionCookie } from "../accounts/auth";
import { createAccount, createOperator, hashPassword } from "../accounts/setup";
import { buildApp, type Patience } from "../app";
import { buildDeps, type Deps } from "../deps";
import { readSettings } from "../settings/settings";
import { checkAnswers } from "./wire-check";

export const password = "correct horse battery";

/** As better-auth's own, but for its cost: each test app has five of them made. */
const cheapPasswords: Passwords = {
  hash: async (plain) => {
    const salt = randomBytes(16).toString("hex");
    return `${salt}:${scryptSync(plain, salt, 64, { N: 2 }).toString("hex")}`;
  },
  verify: async ({ hash, password: plain }) => {
    const [salt = "", key] = hash.split(":");
    return scryptSync(plain, salt, 64, { N: 2 }).toString("hex") === key;
  },
};

export type Person = { email: string; userId: string; workspaceId: string; cookie: string };

export type TestApp = {
  app: FastifyInstance;
  deps: Deps;
  /** Every line that was logged, as text. */
  lines: string[];
  /** The operator, owner of a workspace of tier pro. */
  operator: Person;
  /** Someone else, owner of another workspace of tier free. */
  stranger: Person;
  /** Someone without rights of their own in the operator's workspace. */
  member: Person;
  /** Writes the refusals that are recorded so far to the audit log. */
  writeDenials: () => Promise<void>;
  signIn: (email: string, remoteAddress?: string) => Promise<string>;
  createKey: (
    owner: Person,
    input?: Partial<z.input<typeof createKeyInput>>,
  ) => Promise<{ id: string; secret: string }>;
  close: () => Promise<void>;
};

/** The real server on a test database: two workspaces, three people, a log that is kept, a clock that can be set. */
export async function buildTestApp(
  options: { env?: Record<string, string>; now?: () => Date; patience?: Patience } = {},
): Promise<TestApp> {
  const settings = readSettings({
    TOCSIN_FEEDS: "off",
    TOCSIN_DATA_DIR: path.join(os.tmpdir(), "tocsin-test"),
    TOCSIN_SECRET: "a secret for tests that is long enough",
    PUBLIC_URL: "http://127.0.0.1:8080",
    ...options.env,
  });
  const lines: string[] = [];
  const log = pino({ level: "debug", base: null }, keep(lines));
  // The verifier is not started: the database is asked, so that tests may change rows behind its back.
  const deps = await buildDeps({
    settings,
    log,
    db: await testDb(),
    node: "test",
    passwords: cheapPasswords,
    ...(options.now ? { now: options.now } : {}),
  });
  const app = await buildApp(deps, options.patience);
  checkAnswers(app);
  const signIn = signInWith(app);
  const people = await createPeople(deps, signIn);
  return {
    app,
    deps,
    lines,
    writeDenials: () => deps.denials.flush(deps.context),
    ...people,
    signIn,
    createKey: (owner, input) => createKeyFor(deps.context, people, owner, input),
    close: async () => {
      await app.close();
      await deps.close();
    },
  };
}

function keep(lines: string[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
}

function signInWith(app: FastifyInstance) {
  return async (email: string, remoteAddress = "127.0.0.1") => {
    const response = await app.inject({
      method: "POST",
      remoteAddress,
      url: "/api/auth/sign-in/email",
      payload: { email, password },
    });
    const cookie = response.cookies.find(({ name }) => name === sessionCookie);
    if (!cookie) throw new Error(`no session: ${response.statusCode} ${response.body}`);
    return `${sessionCookie}=${encodeURIComponent(cookie.value)}`;
  };
}

async function createPeople(deps: Deps, signIn: (email: string) => Promise<string>) {
  const { prisma } = deps.db;
  await createOperator(deps, { email: "operator@tocsin.example", password, name: "Olga Operator", workspace: "First" });
  const hashed = await hashPassword(deps, password);
  const strangerId = await createAccount(prisma, {
    email: "stranger@tocsin.example",
    password: hashed,
    name: "Sam Stranger",
  });
  await createWorkspace(deps.context, { name: "Second", ownerUserId: strangerId, tier: "free" });
  const memberId = await createAccount(prisma, {
    email: "member@tocsin.example",
    password: hashed,
    name: "Mia Member",
  });
  const first = await prisma.workspace.findFirstOrThrow({ where: { name: "First" }, select: { id: true } });
  await prisma.member.create({
    data: { id: crypto.randomUUID(), workspaceId: first.id, userId: memberId, role: "analyst" },
  });
  const person = async (email: string): Promise<Person> => {
    const user = await prisma.user.findUniqueOrThrow({
      where: { email },
      select: { id: true, members: { select: { workspaceId: true } } },
    });
    return { email, userId: user.id, workspaceId: user.members[0]?.workspaceId ?? "", cookie: await signIn(email) };
  };
  return {
    operator: await person("operator@tocsin.example"),
    stranger: await person("stranger@tocsin.example"),
    member: await person("member@tocsin.example"),
  };
}

async function createKeyFor(
  context: Context,
  people: { stranger: Person },
  owner: Person,
  input: Partial<z.input<typeof createKeyInput>> = {},
): Promise<{ id: string; secret: string }> {
  const tier: Tier = owner === people.stranger ? tiers.free : tiers.pro;
  const caller = authenticated({
    kind: "session",
    userId: owner.userId,
    name: "Test",
    email: owner.email,
    operator: false,
    sessionId: "test",
    workspaceId: owner.workspaceId,
    role: "owner",
    tier,
  });
  const origin = { ip: null, userAgent: null, requestId: null };
  const created = await createKey(
    { ...context, caller, origin },
    createKeyInput.parse({ name: "Test key", scopes: tier.scopes, ...input }),
  );
  return { id: created.data.id, secret: created.data.key };
}
