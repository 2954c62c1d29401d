import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type NoticeKind, noticeKinds, sweepNotices, sweepUnusedKeys } from "@tocsin/core/notices";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createMailer } from "../mail/mailer";
import { noticeSetting } from "../settings/notice-setting";
import { createClock, inject, origin } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { type Delivery, deliverDue, startDeliveries } from "./deliver-due";

type Received = { headers: http.IncomingHttpHeaders; body: string; path: string };
type Letter = { from: string; to: string[]; text: string };

const clock = createClock();
const never = new AbortController().signal;
let t: TestApp;
let receiver: http.Server;
let mail: SMTPServer;
let delivery: Delivery;
const received: Received[] = [];
const letters: Letter[] = [];
let answer: (path: string, response: http.ServerResponse) => void;
const ok = (_path: string, response: http.ServerResponse) => void response.writeHead(204).end();

beforeAll(async () => {
  receiver = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8"), path });
      answer(path, response);
    });
  });
  mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith("gone") ? done(Object.assign(new Error("no such user"), { responseCode: 550 })) : done(),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        letters.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  const smtp = `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`;
  const env = { TOCSIN_WEBHOOK_PRIVATE: "on", TOCSIN_SMTP_URL: smtp, TOCSIN_MAIL_FROM: "Tocsin <tocsin@mail.example>" };
  t = await buildTestApp({ env, now: clock.now });
  const mailer = t.deps.settings.mail ? createMailer({ ...t.deps.settings.mail, timeoutMs: 2_000 }) : null;
  delivery = { context: t.deps.context, version: "test", privateTargets: true, mailer, timeoutMs: 500 };
});
afterAll(async () => {
  await t.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await new Promise<void>((resolve) => mail.close(resolve));
});
beforeEach(async () => {
  answer = ok;
  received.length = 0;
  letters.length = 0;
  for (const table of ["notice", "notice_delivery", "webhook"]) await t.deps.db.sql.query(`DELETE FROM ${table}`);
});

const hook = (path = "/in") => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;

async function call(name: string, input?: unknown, cookie = t.operator.cookie) {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const get = /list|unread|get|deliveries/.test(name);
  const response = await inject(
    t,
    get
      ? { method: "GET", url: `/api/trpc/${name}${query}` }
      : { method: "POST", url: `/api/trpc/${name}`, payload: (input ?? {}) as object },
    { cookie, origin },
  );
  return { status: response.statusCode, data: response.json().result?.data, error: response.json().error };
}

const set = (url = hook(), kinds: readonly NoticeKind[] = noticeKinds) => call("webhooks.set", { url, kinds });
const flush = () => t.deps.activity.flush(t.deps.context, noticeSetting(t.deps.settings));
const skipWait = () => t.deps.db.sql.query("UPDATE notice_delivery SET next_at = now() - interval '1 second'");

/** By the text of the specification, without our code. */
function verifies({ headers, body }: Received, secret: string): boolean {
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(content)
    .digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .some((each) => {
      const [version, value = ""] = each.split(",");
      const given = Buffer.from(value, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

describe("from a request to a receiver", () => {
  it("80 and 100 % of the quota and a burst of refusals, signed, once, by whichever of two workers", async () => {
    const { secret } = (await set()).data;
    const key = await t.createKey(t.operator);
    await t.deps.db.sql.query("UPDATE workspace SET overrides = $1::jsonb WHERE id = $2::uuid", [
      JSON.stringify({ requestsPerDay: 5 }),
      t.operator.workspaceId,
    ]);
    for (let i = 0; i < 60; i++) {
      await inject(t, { method: "GET", url: "/api/v1/iocs" }, { authorization: `Bearer ${key.secret}` });
    }
    await t.deps.db.sql.query("UPDATE workspace SET overrides = NULL");
    await Promise.all([flush(), flush()]);
    await Promise.all([1, 2].map(() => sweepNotices(t.deps.context, noticeSetting(t.deps.settings))));
    await Promise.all([deliverDue(delivery, never), deliverDue(delivery, never)]);
    await deliverDue(delivery, never);
    const types = received.map(({ body }) => JSON.parse(body).type as string).sort();
    expect(types).toEqual(["key.failures", "quota.reached", "quota.warning"]);
    expect(received.every((each) => verifies(each, secret))).toBe(true);
    expect(received.every((each) => verifies({ ...each, body: `${each.body} ` }, secret))).toBe(false);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(3);
    const list = (await call("notices.list")).data;
    expect(list.meta.total).toBe(3);
    expect(list.data[0].key).toEqual({ id: key.id, name: "Test key" });
    expect((await call("notices.unread")).data).toEqual({ unread: 3 });
    expect((await call("notices.list", {}, t.stranger.cookie)).data.data).toEqual([]);
    expect((await call("notices.markRead", {})).data).toEqual({ unread: 0 });
    expect(JSON.stringify(received)).not.toContain(key.secret);
  });

  it("the first use from a new network", async () => {
    await set();
    const key = await t.createKey(t.operator);
    const use = (remoteAddress: string) =>
      inject(t, {
        method: "GET",
        url: "/api/v1/iocs",
        remoteAddress,
        headers: { authorization: `Bearer ${key.secret}` },
      });
    await use("192.0.2.1");
    await flush();
    await use("192.0.2.99");
    await use("2001:db8:7::1");
    await flush();
    await deliverDue(delivery, never);
    const bodies = received.map(({ body }) => JSON.parse(body));
    expect(bodies).toMatchObject([
      { type: "key.new_network", data: { details: { network: "2001:db8:7::/48", address: "2001:db8:7::1" } } },
    ]);
    expect(bodies[0].data.url).toBe(`${origin}/keys/${key.id}`);
  });
});

describe("what a receiver may do", () => {
  it("fails, is asked again under the same id with a newer time, and everything stands in the log", async () => {
    const { secret } = (await set()).data;
    const { data } = await call("webhooks.test");
    answer = (_path, response) => void response.writeHead(500).end("a secret of the receiver's");
    await deliverDue(delivery, never);
    expect(await deliverDue(delivery, never)).toBe(0);
    answer = ok;
    await skipWait();
    clock.skipToMinute();
    await deliverDue(delivery, never);
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([data.data.message_id, data.data.message_id]);
    const [first, second] = received.map(({ headers }) => Number(headers["webhook-timestamp"]));
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(60);
    expect(received.every((each) => verifies(each, secret))).toBe(true);
    const log = (await call("webhooks.deliveries")).data;
    expect(log.data[0]).toMatchObject({ status: "delivered", attempts: 2, tries: [{ status: 500 }, { status: 204 }] });
    expect(JSON.stringify(log)).not.toContain("a secret");
    await call("webhooks.replay", { id: log.data[0].id });
    await deliverDue(delivery, never);
    expect(received).toHaveLength(3);
  });

  it("redirects in vain, hangs up, never answers, or never ends its answer", async () => {
    await set();
    const ways: Record<string, typeof answer> = {
      "A redirect, which is not followed.": (path, response) =>
        path === "/in" ? void response.writeHead(302, { location: hook("/other") }).end() : ok(path, response),
      ECONNRESET: (_path, response) => void response.socket?.destroy(),
      "No answer within 0.5 s.": () => {},
    };
    for (const [error, way] of Object.entries(ways)) {
      await t.deps.db.sql.query("DELETE FROM notice_delivery");
      answer = way;
      await call("webhooks.test");
      await deliverDue(delivery, never);
      expect((await call("webhooks.deliveries")).data.data[0].tries, error).toMatchObject([{ error }]);
    }
    expect(received.every(({ path }) => path === "/in")).toBe(true);
    await t.deps.db.sql.query("DELETE FROM notice_delivery");
    answer = (_path, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(16_384)), 5);
      response.on("close", () => clearInterval(timer));
    };
    await call("webhooks.test");
    await deliverDue(delivery, never);
    expect((await call("webhooks.deliveries")).data.data[0].status).toBe("delivered");
  });

  it("that never answers holds up nobody else", async () => {
    await set(hook("/silent"));
    await call("webhooks.set", { url: hook("/quick"), kinds: noticeKinds }, t.stranger.cookie);
    const silent: (() => void)[] = [];
    answer = (path, response) => (path === "/quick" ? ok(path, response) : void silent.push(() => response.end()));
    for (let test = 0; test < 3; test++) await call("webhooks.test");
    const arrivals = (path: string) => received.filter((each) => each.path === path).length;
    // Longer than the test may take: what makes room is no end of the time that a receiver has.
    const worker = startDeliveries(t.deps, { timeoutMs: 900_000 });
    await vi.waitFor(() => expect(arrivals("/silent")).toBe(3), 120_000);
    await call("webhooks.test", undefined, t.stranger.cookie);
    await vi.waitFor(() => expect(arrivals("/quick")).toBe(1), 120_000);
    const log = async () =>
      (await call("webhooks.deliveries")).data.data.map((each: { tries: [] }) => each.tries.length);
    expect(await log()).toEqual([0, 0, 0]);
    for (const end of silent) end();
    await worker.stop();
  });

  it("keeps no worker that is stopping: what was under way goes back to the queue", async () => {
    await set();
    let arrived = () => {};
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    answer = () => arrived();
    await call("webhooks.test");
    // Longer than the test may take: that it ends at all shows that no answer was waited for.
    const worker = startDeliveries(t.deps, { timeoutMs: 900_000 });
    await there;
    await worker.stop();
    expect((await call("webhooks.deliveries")).data.data[0]).toMatchObject({ status: "pending", attempts: 0 });
    answer = ok;
    await deliverDue(delivery, never);
    expect(received).toHaveLength(2);
  });

  it("gets nothing from a worker that claims a message while it is being stopped", async () => {
    await set();
    await call("webhooks.test");
    expect(await deliverDue(delivery, AbortSignal.abort())).toBe(1);
    expect(received).toEqual([]);
    expect((await call("webhooks.deliveries")).data.data[0]).toMatchObject({ status: "pending", attempts: 0 });
    expect(await deliverDue(delivery, never)).toBe(1);
    expect(received).toHaveLength(1);
  });
});

describe("e-mail", () => {
  it("goes to each owner and admin in a conversation of its own, once", async () => {
    const key = await t.createKey(t.operator);
    // No key gets such a name today; one of before may have it.
    await t.deps.db.sql.query(
      "UPDATE api_key SET name = $2, created_at = now() - interval '91 days' WHERE id = $1::uuid",
      [key.id, "CI\u2028 Bcc: x"],
    );
    await sweepUnusedKeys(t.deps.context, noticeSetting(t.deps.settings));
    await Promise.all([deliverDue(delivery, never), deliverDue(delivery, never)]);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ from: "tocsin@mail.example", to: [t.operator.email] });
    const text = letters[0]?.text ?? "";
    expect(text).toMatch(/^Message-ID: <msg_[0-9a-f]{32}@mail\.example>/im);
    expect(text).toMatch(/^Auto-Submitted: auto-generated/im);
    expect(text).not.toMatch(/^Bcc:/im);
    // Quoted-printable breaks long lines.
    expect(text.replaceAll("=\r\n", "")).toContain(key.id);
    expect((await call("webhooks.deliveries", { channel: "email" })).data.data).toMatchObject([
      { status: "delivered", recipient: t.operator.email },
    ]);
  });

  it("gives up on an address that the server refuses, and tries again where the server is away", async () => {
    const insert = (recipient: string) =>
      t.deps.db.sql.query(
        `INSERT INTO notice_delivery (id, workspace_id, channel, kind, recipient)
         VALUES (gen_random_uuid(), $1::uuid, 'email', 'key.unused', $2)`,
        [t.operator.workspaceId, recipient],
      );
    await insert("gone@people.example");
    await deliverDue(delivery, never);
    expect((await call("webhooks.deliveries")).data.data).toMatchObject([{ status: "failed", attempts: 1 }]);
    await insert("here@people.example");
    const away = createMailer({ url: "smtp://127.0.0.1:1", from: "a@mail.example", timeoutMs: 500 });
    await deliverDue({ ...delivery, mailer: away }, never);
    await skipWait();
    await deliverDue(delivery, never);
    const [latest] = (await call("webhooks.deliveries")).data.data;
    expect(latest).toMatchObject({ status: "delivered", attempts: 2, recipient: "here@people.example" });
    expect(letters).toHaveLength(1);
  });
});

describe("who may", () => {
  it("members read notices; the webhook is for owners and admins", async () => {
    expect((await call("notices.list", {}, t.member.cookie)).status).toBe(200);
    for (const name of ["webhooks.get", "webhooks.deliveries", "webhooks.test", "webhooks.remove"]) {
      expect((await call(name, undefined, t.member.cookie)).error?.data.error_code, name).toBe("insufficient_role");
    }
    await set();
    expect((await call("webhooks.get", undefined, t.stranger.cookie)).data).toEqual({ data: null, email: true });
    expect((await call("webhooks.get")).data.data).not.toHaveProperty("secret");
  });
});
