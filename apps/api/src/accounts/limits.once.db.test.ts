import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClock, errorOf, inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";
import { accountLimits } from "./limits";

let t: TestApp;
let mail: SMTPServer;
const letters: { to: string[]; text: string }[] = [];
const clock = createClock({ ticks: false });

beforeAll(async () => {
  mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  const smtp = `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`;
  const env = { TOCSIN_SIGNUP: "open", TOCSIN_SMTP_URL: smtp, TOCSIN_MAIL_FROM: "Tocsin <tocsin@mail.example>" };
  t = await buildTestApp({ env, now: clock.now });
});
afterAll(async () => {
  await t.close();
  await new Promise<void>((resolve) => mail.close(() => resolve()));
});
beforeEach(() => clock.skipToMinute());

let lastAddress = 0;
const address = () => `192.0.2.${++lastAddress}`;
const post = (path: string, payload: object, headers: Record<string, string> = {}, remoteAddress = address()) =>
  inject(t, { method: "POST", url: `/api/auth${path}`, payload, remoteAddress }, { origin, ...headers });
const fresh = () => `${crypto.randomUUID()}@people.example`;

/** Refused in our envelope, until the end of the minute. */
async function expectRefused(answer: ReturnType<typeof post>) {
  const refused = await answer;
  expect(errorOf(refused)).toMatchObject({ status: 429, code: "rate_limit_exceeded", details: { window: "minute" } });
  expect(refused.headers["retry-after"]).toBe("60");
}

describe("limits of accounts", () => {
  const { account, attempts, signUps } = accountLimits;

  it("count one sign-in every nine seconds as that many a minute, and refuse none", async () => {
    for (let i = 0; i < 14; i += 1) {
      const answer = await post("/sign-in/email", { email: t.member.email, password }, {}, "198.51.100.1");
      expect(answer.statusCode).toBe(200);
      clock.skip(9_000);
    }
  });

  it("hold for one account from any address, and end with the minute", async () => {
    const guess = () => post("/sign-in/email", { email: t.member.email.toUpperCase(), password: "not the password" });
    for (let i = 0; i < account.perMinute; i += 1) expect((await guess()).statusCode).toBe(401);
    await expectRefused(guess());
    await expectRefused(post("/sign-in/email", { email: t.member.email, password }));
    expect((await post("/sign-in/email", { email: t.stranger.email, password })).statusCode).toBe(200);
    clock.skipToMinute();
    expect((await post("/sign-in/email", { email: t.member.email, password })).statusCode).toBe(200);
  });

  it("hold for one address, whatever accounts it tries, and for an IPv6 /64 as a whole", async () => {
    const signIn = (from: string) => post("/sign-in/email", { email: fresh(), password: "not the password" }, {}, from);
    for (const from of [() => "198.51.100.2", () => `2001:db8::${++lastAddress}`]) {
      const guess = () => post("/two-factor/verify-totp", { code: "000000" }, {}, from());
      expect((await signIn(from())).statusCode).toBe(401);
      for (let i = 1; i < attempts.perMinute; i += 1) expect((await guess()).statusCode).toBe(401);
      await expectRefused(guess());
      await expectRefused(signIn(from()));
    }
  });

  it.each([
    ["/verify-password", { password: "not the password" }],
    ["/change-password", { currentPassword: "not the password", newPassword: "another password" }],
    ["/two-factor/enable", { password: "not the password" }],
  ])("hold for %s of whoever is signed in", async (path, payload) => {
    const guess = () => post(path, payload, { cookie: t.operator.cookie });
    for (let i = 0; i < account.perMinute; i += 1) expect((await guess()).statusCode).toBe(400);
    await expectRefused(guess());
  });

  it("do not stop what guesses at nothing", async () => {
    for (let i = 0; i < attempts.perMinute + 5; i += 1) {
      const answer = await post("/update-user", { name: "Olga" }, { cookie: t.operator.cookie }, "198.51.100.3");
      expect(answer.statusCode).toBe(200);
    }
  });

  it("cannot be gone around by another way to write a path", async () => {
    for (const path of [
      "//sign-in/email",
      "/./sign-in/email",
      "/%73ign-in/email",
      "/sign-in/email/",
      "/Sign-in/email",
    ]) {
      clock.skipToMinute();
      const guess = () => post(path, { email: t.stranger.email, password: "not the password" });
      for (let i = 0; i < account.perMinute; i += 1) expect((await guess()).statusCode).not.toBe(429);
      await expectRefused(guess());
    }
  });

  it("hold for sign-ups of one address", async () => {
    const signUp = () => post("/sign-up/email", { email: fresh(), password, name: "New" }, {}, "198.51.100.4");
    for (let i = 0; i < signUps.perMinute; i += 1) expect((await signUp()).statusCode).toBe(200);
    await expectRefused(signUp());
  });

  it("hold for links of invitations and of set-up", async () => {
    const guess = (url: string, payload: object) =>
      inject(t, { method: "POST", url, payload, remoteAddress: "198.51.100.5" }, { origin });
    const invitation = { invitation_id: crypto.randomUUID(), name: "Gus", password };
    const setup = { token: "guessed", email: fresh(), password, name: "Gus", workspace: "Mine" };
    for (let i = 0; i < attempts.perMinute; i += 2) {
      expect((await guess("/api/invitations/accept", invitation)).statusCode).toBe(404);
      expect((await guess("/api/setup", setup)).statusCode).toBe(404);
    }
    await expectRefused(guess("/api/invitations/accept", invitation));
    await expectRefused(guess("/api/setup", setup));
  });
});

describe("a sign-up", () => {
  const signUp = (email: string) => post("/sign-up/email", { email, password: "a password of theirs", name: "Eve" });
  const shapeOf = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]))
      : typeof value;

  it("answers alike for an address that has an account, whose owner gets one letter", async () => {
    const [free, taken] = [await signUp(fresh()), await signUp(t.stranger.email)];
    expect([free.statusCode, taken.statusCode]).toEqual([200, 200]);
    expect(shapeOf(taken.json())).toEqual(shapeOf(free.json()));
    const { id: _, email: __, createdAt: ___, updatedAt: ____, ...same } = taken.json().user;
    expect(free.json().user).toMatchObject(same);
    const headers = ({ headers }: typeof free) => Object.keys(headers).sort();
    expect(headers(taken)).toEqual(headers(free));
    expect([free.cookies, taken.cookies]).toEqual([[], []]);
    await expect.poll(() => letters.map(({ to }) => to), { timeout: 30_000 }).toEqual([[t.stranger.email]]);
    expect(letters[0]?.text).toContain("sign-in");
    expect(letters[0]?.text).not.toContain("a password of theirs");
    await signUp(t.stranger.email);
    const user = await t.deps.db.prisma.user.findUniqueOrThrow({ where: { email: t.stranger.email } });
    expect(user.name).not.toBe("Eve");
  });

  it("is followed by a sign-in, in a workspace of one's own", async () => {
    const email = fresh();
    await signUp(email);
    const answer = await post("/sign-in/email", { email, password: "a password of theirs" });
    expect(answer.statusCode).toBe(200);
    const member = await t.deps.db.prisma.member.findFirstOrThrow({ where: { user: { email } } });
    expect(member.role).toBe("owner");
  });
});
