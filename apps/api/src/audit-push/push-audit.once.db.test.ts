import { execFileSync } from "node:child_process";
import fs from "node:fs";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { startAuditPush } from "./push-audit";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-syslog-"));
const files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
let t: TestApp;
let receiver: Receiver;

type Message = {
  head: string;
  event: { seq: number; action: string; workspace_id: string | null; target: { name: string } | null };
};
type Receiver = { port: number; messages: Message[]; stop: () => Promise<void> };

/** A receiver that reads frames by their length, and nothing else. */
async function startReceiver(port: number, messages: Message[] = []): Promise<Receiver> {
  const sockets = new Set<TLSSocket>();
  const server: Server = createServer(
    { cert: fs.readFileSync(files.cert), key: fs.readFileSync(files.key) },
    (socket) => {
      sockets.add(socket);
      let left = Buffer.alloc(0);
      socket.on("error", () => {});
      socket.on("data", (data) => {
        left = Buffer.concat([left, data]);
        for (;;) {
          const [frame, length] = /^(\d+) /.exec(left.subarray(0, 12).toString("latin1")) ?? [];
          const end = (frame?.length ?? 0) + Number(length);
          if (frame === undefined || left.length < end) return;
          messages.push(messageOf(left.subarray(frame.length, end).toString("latin1")));
          left = left.subarray(end);
        }
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, messages, stop };
}

function messageOf(text: string): Message {
  const [, head = "", json = ""] = /^(<\d+>1 \S+ \S+ tocsin - \S+ \[[^\]]*\]) (\{.*\})$/.exec(text) ?? [];
  expect(text).toMatch(/^[\x20-\x7e]*$/);
  return { head, event: JSON.parse(json) as Message["event"] };
}

beforeAll(async () => {
  const how = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "36500"];
  const subject = ["-subj", "/CN=receiver", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...how, ...subject, "-keyout", files.key, "-out", files.cert], { stdio: "pipe" });
  receiver = await startReceiver(0);
  t = await buildTestApp({
    env: { TOCSIN_AUDIT_SYSLOG: `tls://127.0.0.1:${receiver.port}`, TOCSIN_AUDIT_SYSLOG_CA: files.cert },
  });
});
afterAll(async () => {
  await receiver?.stop();
  await t?.close();
  fs.rmSync(folder, { recursive: true });
});

const placesOf = (messages: readonly Message[]) =>
  messages.map(({ event }) => `${event.workspace_id ?? "instance"} ${event.seq}`);
const stored = async (): Promise<string[]> => {
  const rows = await t.deps.db.sql.query<{ place: string }>(
    "SELECT COALESCE(workspace_id::text, 'instance') || ' ' || seq AS place FROM audit_event ORDER BY 1",
  );
  return rows.map(({ place }) => place);
};
const all = async () =>
  expect.poll(async () => [...new Set(placesOf(receiver.messages))].sort()).toEqual((await stored()).sort());
/** In each chain a place comes after the one before it, however often. */
const expectOrder = () => {
  const seen = new Map<string, number>();
  for (const { event } of receiver.messages) {
    const chain = event.workspace_id ?? "instance";
    expect(event.seq).toBeLessThanOrEqual((seen.get(chain) ?? 0) + 1);
    seen.set(chain, Math.max(seen.get(chain) ?? 0, event.seq));
  }
};

it("brings every event to the receiver, in order, over failures and from node to node", async () => {
  await t.createKey(t.operator, { name: 'Schlüssel ✓ ]"' });
  const first = startAuditPush(t.deps);
  await all();
  const made = receiver.messages.find(({ event }) => event.target?.name.startsWith("Schl"));
  expect(made?.event.target?.name).toBe('Schlüssel ✓ ]"');
  expect(made?.head).toMatch(
    /^<110>1 2\S+Z 127\.0\.0\.1 tocsin - key\.create \[audit@32473 seq="\d+" chain="[0-9a-f-]{36}"\]$/,
  );

  const { port, messages } = receiver;
  await receiver.stop();
  for (let n = 0; n < 3; n++) await t.createKey(t.operator, { name: `While it was away ${n}` });
  await t.createKey(t.stranger);
  receiver = await startReceiver(port, messages);
  await all();
  expectOrder();
  await first.stop();

  const count = receiver.messages.length;
  await t.createKey(t.operator, { name: "On another node" });
  const second = startAuditPush({ ...t.deps, node: "another" });
  await all();
  await second.stop();
  expect(receiver.messages.slice(count).map(({ event }) => event.target?.name)).toEqual(["On another node"]);
});

it("sends nothing to a receiver whose certificate is of nobody that is known", async () => {
  const count = receiver.messages.length;
  await t.createKey(t.operator);
  const settings = { ...t.deps.settings, auditSyslogCa: undefined };
  const push = startAuditPush({ ...t.deps, settings });
  await expect.poll(() => t.lines.filter((line) => line.includes("could not be forwarded")).length).toBeGreaterThan(0);
  await push.stop();
  expect(receiver.messages).toHaveLength(count);
});

it("names the setting where the file of authorities is not there", () => {
  const settings = { ...t.deps.settings, auditSyslogCa: "/nowhere/ca.pem" };
  expect(() => startAuditPush({ ...t.deps, settings })).toThrow(/^TOCSIN_AUDIT_SYSLOG_CA: \/nowhere\/ca\.pem/);
});
