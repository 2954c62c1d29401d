import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runCommand } from "../commands/run-command";
import { listProcedures } from "../router/list-procedures";
import { createClock, inject, origin, trpcRequest } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";
import { totp } from "../testing/totp";

let t: TestApp;
let mail: SMTPServer;
const letters: { to: string; text: string }[] = [];
const clock = createClock({ ticks: false });

beforeAll(async () => {
  mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8").replaceAll("=\r\n", "");
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  const smtp = `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`;
  const env = { TOCSIN_SMTP_URL: smtp, TOCSIN_MAIL_FROM: "Tocsin <tocsin@mail.example>" };
  t = await buildTestApp({ env, now: clock.now });
});
afterAll(async () => {
  await t.close();
  await new Promise<void>((resolve) => mail.close(() => resolve()));
});
beforeEach(() => {
  clock.skipToMinute();
  letters.length = 0;
});

const post = (url: string, payload: object, cookie?: string) =>
  inject(t, { method: "POST", url, payload }, { origin, ...(cookie ? { cookie } : {}) });
const signIn = (email: string, secret: string) => post("/api/auth/sign-in/email", { email, password: secret });
const use = (token: string, more: object = {}) => post("/api/account-links/use", { token, ...more });
const alive = async (cookie: string) =>
  (await inject(t, { method: "GET", url: "/api/v1/watchlists" }, { cookie })).statusCode;
const refusalOf = (response: Awaited<ReturnType<typeof post>>) => ({
  status: response.statusCode,
  code: response.json().error.code,
});
const tokenIn = (text: string) => /\/account-link#([\w-]+)/.exec(text)?.[1] ?? "";
const actions = async (since: number) =>
  (await t.deps.db.prisma.auditEvent.findMany({ orderBy: { id: "asc" }, skip: since, select: { action: true } })).map(
    ({ action }) => action,
  );
const countEvents = () => t.deps.db.prisma.auditEvent.count();
const letterTo = async (to: string) => {
  await expect.poll(() => letters.some((letter) => letter.to === to), { timeout: 60_000 }).toBe(true);
  return letters.find((letter) => letter.to === to)?.text ?? "";
};

async function users(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    tty: false,
    columns: 80,
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const code = await runCommand(t.deps, ["users", ...args], terminal);
  return { code, out: out.join(""), err: err.join("") };
}

describe("tocsin users", () => {
  it("lists people, and says what is wrong with the words", async () => {
    const listed = JSON.parse((await users("list", "--json")).out) as { data: { email: string }[] };
    expect(listed.data.map(({ email }) => email).sort()).toEqual(
      [t.member.email, t.operator.email, t.stranger.email].sort(),
    );
    expect((await users("list", "--search", "mia")).out).toContain(t.member.email);
    for (const args of [[], ["invite"], ["promote"], ["promote", "a@b.example", "c@d.example"], ["list", "x"]]) {
      expect((await users(...args)).code).toBe(2);
    }
    expect(await users("disable", "nobody@people.example")).toMatchObject({ code: 2 });
    expect((await users("demote", t.operator.email)).err).toContain("keeps an operator");
  });

  it("gives a link by which a new password is set, once; sessions end, and no log has the token", async () => {
    const cookie = await t.signIn(t.member.email);
    const { out, err } = await users("reset-password", t.member.email);
    const token = tokenIn(out);
    expect([token.length, err.includes(t.member.email)]).toEqual([43, true]);
    const shown = await post("/api/account-links/read", { token });
    expect(shown.json()).toEqual({ kind: "password", email: t.member.email });
    expect(refusalOf(await use(token))).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(refusalOf(await use(token, { password: "short" }))).toMatchObject({ status: 400 });
    expect(refusalOf(await use(token, { password: t.member.email }))).toMatchObject({ status: 400 });
    const before = await countEvents();
    expect((await use(token, { password: "a wholly new password" })).json()).toEqual({ kind: "password" });
    expect(await actions(before)).toEqual(["account.reset_password"]);
    expect(await alive(cookie)).toBe(401);
    expect(refusalOf(await use(token, { password: "a wholly new password" }))).toMatchObject({ status: 404 });
    expect((await signIn(t.member.email, password)).statusCode).toBe(401);
    expect((await signIn(t.member.email, "a wholly new password")).statusCode).toBe(200);
    expect(t.lines.join("")).not.toContain(token);
    await use(tokenIn((await users("reset-password", t.member.email)).out), { password });
  });

  it("gives a link that drops a second factor, of which codes are counted", async () => {
    const cookie = await t.signIn(t.member.email);
    const enabled = (await post("/api/auth/two-factor/enable", { password }, cookie)).json();
    await post("/api/auth/two-factor/verify-totp", { code: totp(enabled.totpURI) }, cookie);
    const again = await signIn(t.member.email, password);
    expect(again.json()).toMatchObject({ twoFactorRedirect: true });
    const step = again.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    const [code] = enabled.backupCodes;
    const entered = await post("/api/auth/two-factor/verify-backup-code", { code }, step);
    const session = entered.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    const account = listProcedures().find(({ name }) => name === "account.get");
    if (!account) throw new Error("there is no account.get");
    const told = await inject(t, trpcRequest(account), { cookie: session });
    expect(told.json().result.data).toEqual({ backup_codes_left: 9, sends_mail: true });
    const token = tokenIn((await users("reset-second-factor", t.member.email)).out);
    expect((await use(token)).json()).toEqual({ kind: "second_factor" });
    expect(await alive(session)).toBe(401);
    expect((await signIn(t.member.email, password)).json().twoFactorRedirect).toBeUndefined();
  });

  it("disables: no session is left or begins, by any way; and enables again", async () => {
    const cookie = await t.signIn(t.stranger.email);
    expect((await users("disable", t.stranger.email, "--reason", "left")).out).toContain("disabled");
    expect(await alive(cookie)).toBe(401);
    const refused = await signIn(t.stranger.email, password);
    expect([refused.statusCode, refused.json().code]).toEqual([403, "ACCOUNT_DISABLED"]);
    expect(await t.deps.db.prisma.session.count({ where: { userId: t.stranger.userId } })).toBe(0);
    expect((await signIn(t.stranger.email, "a wrong password")).statusCode).toBe(401);
    // A session that was made meanwhile by other means reaches nothing either.
    await users("enable", t.stranger.email);
    const late = await t.signIn(t.stranger.email);
    const where = { id: t.stranger.userId };
    await t.deps.db.prisma.user.update({ where, data: { disabledAt: new Date() }, select: { id: true } });
    expect(await alive(late)).toBe(401);
    await users("enable", t.stranger.email);
    expect(await alive(late)).toBe(200);
  });
});

describe("a reset by e-mail", () => {
  const ask = (email: string) => post("/api/account-links/request", { email });

  it("goes to the owner of the address, in the same words to everybody who asks", async () => {
    const [known, unknown] = [await ask(t.member.email.toUpperCase()), await ask("nobody@people.example")];
    expect([known.statusCode, known.body]).toEqual([202, unknown.body]);
    expect(Object.keys(known.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
    const token = tokenIn(await letterTo(t.member.email));
    expect((await use(token, { password: "by a letter from us" })).statusCode).toBe(200);
    expect((await signIn(t.member.email, "by a letter from us")).statusCode).toBe(200);
    expect(letters.map(({ to }) => to)).toEqual([t.member.email]);
    clock.skipToMinute();
    await use(tokenIn((await users("reset-password", t.member.email)).out), { password });
  });

  it("is counted for known and unknown addresses alike", async () => {
    const until429 = async (email: string) => {
      for (let i = 0; ; i += 1) if ((await ask(email)).statusCode === 429) return i;
    };
    const known = await until429(t.operator.email);
    expect(known).toBeGreaterThan(0);
    expect(await until429("somebody@people.example")).toBe(known);
  });
});

describe("a change of the address", () => {
  it("counts when the link that was sent there is opened; what the person made goes by the new one", async () => {
    const cookie = await t.signIn(t.stranger.email);
    const key = await t.createKey(t.stranger);
    const change = (payload: object) => post("/api/account/email", payload, cookie);
    expect(refusalOf(await change({ email: "new@people.example", password: "wrong" }))).toMatchObject({
      status: 403,
      code: "wrong_password",
    });
    expect(refusalOf(await change({ email: "no address", password }))).toMatchObject({ status: 400 });
    const before = await countEvents();
    expect((await change({ email: "New@people.example", password })).statusCode).toBe(202);
    const token = tokenIn(await letterTo("new@people.example"));
    expect(tokenIn(await letterTo(t.stranger.email))).toBe("");
    expect((await signIn("new@people.example", password)).statusCode).toBe(401);
    expect((await use(token)).json()).toEqual({ kind: "email" });
    expect((await signIn("new@people.example", password)).statusCode).toBe(200);
    const row = await t.deps.db.prisma.apiKey.findUniqueOrThrow({ where: { id: key.id }, select: { createdBy: true } });
    expect(row.createdBy).toBe("new@people.example");
    expect(await actions(before)).toEqual(expect.arrayContaining(["account.request_email", "account.change_email"]));
  });

  it("that somebody else began ends with the password that they knew", async () => {
    const { email } = t.member;
    const begin = async (to: string) => {
      clock.skipToMinute();
      const cookie = await t.signIn(email);
      expect((await post("/api/account/email", { email: to, password }, cookie)).statusCode).toBe(202);
      return { cookie, token: tokenIn(await letterTo(to)) };
    };
    const reset = async () => use(tokenIn((await users("reset-password", email)).out), { password });
    const one = await begin("thief-1@people.example");
    expect((await reset()).statusCode).toBe(200);
    expect(refusalOf(await use(one.token))).toEqual({ status: 404, code: "not_found" });
    const two = await begin("thief-2@people.example");
    const change = { currentPassword: password, newPassword: "a wholly new password" };
    expect((await post("/api/auth/change-password", change, two.cookie)).statusCode).toBe(200);
    expect(refusalOf(await use(two.token))).toEqual({ status: 404, code: "not_found" });
    expect((await reset()).statusCode).toBe(200);
  });

  it("sends no link to an address that another account has, and does not say so", async () => {
    const cookie = await t.signIn(t.member.email);
    expect((await post("/api/account/email", { email: t.operator.email, password }, cookie)).statusCode).toBe(202);
    await letterTo(t.member.email);
    expect(letters.map(({ to }) => to)).toEqual([t.member.email]);
  });

  it("to one address by two at once is that of one, and the other is told", async () => {
    const to = "shared@people.example";
    const tokens: string[] = [];
    for (const { email } of [t.member, t.operator]) {
      clock.skipToMinute();
      letters.length = 0;
      await post("/api/account/email", { email: to, password }, await t.signIn(email));
      tokens.push(tokenIn(await letterTo(to)));
    }
    const answers = await Promise.all(tokens.map((token) => use(token)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400]);
  });
});

it("without a mail server both say whom to ask", async () => {
  const bare = await buildTestApp();
  const ask = (url: string, payload: object, cookie = "") =>
    inject(bare, { method: "POST", url, payload }, { origin, cookie });
  const reset = await ask("/api/account-links/request", { email: bare.member.email });
  const change = await ask("/api/account/email", { email: "new@people.example", password }, bare.member.cookie);
  await bare.close();
  expect([refusalOf(reset).code, refusalOf(change).code]).toEqual(["mail_not_set_up", "mail_not_set_up"]);
});
