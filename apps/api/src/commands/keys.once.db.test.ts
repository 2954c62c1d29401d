import { afterAll, beforeAll, expect, it } from "vitest";
import { setTestPolicy } from "../testing/key-policies";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { runCommand } from "./run-command";

let t: TestApp;
let slug: string;

beforeAll(async () => {
  t = await buildTestApp();
  const where = { id: t.operator.workspaceId };
  ({ slug } = await t.deps.db.prisma.workspace.findUniqueOrThrow({ where, select: { slug: true } }));
});
afterAll(() => t.close());

async function keys(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    tty: false,
    columns: 80,
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const code = await runCommand(t.deps, ["keys", ...args, "--workspace", slug], terminal);
  return { code, out: out.join(""), err: err.join("") };
}
const isUsable = async (secret: string, ip: string | null = null) => (await t.deps.verifier.verify(secret, ip)).usable;

it("rotates a key, and prints its new secret alone", async () => {
  const { id, secret } = await t.createKey(t.operator);
  const rotated = await keys("rotate", id, "--grace-seconds", "60");
  expect(rotated.out).toMatch(/^sk_live_[0-9A-Za-z]{49}\n$/);
  expect(rotated.err).toContain(`${secret.slice(0, 12)}… works for 60 s more`);
  expect([await isUsable(secret), await isUsable(rotated.out.trim())]).toEqual([true, true]);
  const again = await keys("rotate", id, "--grace-seconds", "0", "--json");
  const { data } = JSON.parse(again.out) as { data: { key: string; previous_key_prefix: string | null } };
  expect(data.previous_key_prefix).toBeNull();
  expect([await isUsable(secret), await isUsable(rotated.out.trim()), await isUsable(data.key)]).toEqual([
    false,
    false,
    true,
  ]);
});

it("updates a key", async () => {
  const { id, secret } = await t.createKey(t.operator, { expires_in_days: 30 });
  const narrowed = await keys("update", id, "--name", "Shell", "--scope", "read:iocs", "--allow", "192.0.2.7");
  expect(narrowed).toMatchObject({ code: 0, err: "" });
  expect(narrowed.out).toMatch(/^Shell: read:iocs; from 192\.0\.2\.7\/32; expires 20/);
  expect([await isUsable(secret, "192.0.2.7"), await isUsable(secret, "192.0.2.8")]).toEqual([true, false]);
  const widened = await keys("update", id, "--all-scopes", "--allow-any", "--never-expires", "--json");
  const { data } = JSON.parse(widened.out) as { data: { scopes: string[]; name: string } };
  expect(data).toMatchObject({ name: "Shell", allowed_ips: null, expires_at: null });
  expect(data.scopes.length).toBeGreaterThan(1);
});

it("says what is wrong with its arguments", async () => {
  const { id } = await t.createKey(t.operator);
  expect(await keys("rotate")).toMatchObject({ code: 2, err: expect.stringContaining("give the key's id") });
  expect(await keys("rotate", id, "--grace-seconds", "soon")).toMatchObject({ code: 2 });
  expect(await keys("rotate", id, "--grace-seconds", "604801")).toMatchObject({ code: 2 });
  expect(await keys("rotate", "no-such-id")).toMatchObject({ code: 1 });
  expect(await keys("update", id, "--allow", "192.0.2.7", "--allow-any")).toMatchObject({
    code: 2,
    err: expect.stringContaining("exclude each other"),
  });
  expect(await keys("update", id, "--expires-in-days", "366")).toMatchObject({ code: 2 });
});

it("revokes several keys at once where that is meant, each by itself", async () => {
  const [one, two] = [await t.createKey(t.operator), await t.createKey(t.operator)];
  const asked = await keys("revoke", one.id, two.id);
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining("--yes")]);
  expect([await isUsable(one.secret), await isUsable(two.secret)]).toEqual([true, true]);
  const unknown = "00000000-0000-4000-8000-000000000000";
  const done = await keys("revoke", one.id, unknown, two.id, "--yes", "--json");
  expect(done.code).toBe(1);
  expect(JSON.parse(done.out)).toMatchObject({
    success: false,
    data: [{ id: one.id }, { id: two.id }],
    failed: [{ id: unknown, error: { code: "not_found" } }],
  });
  expect([await isUsable(one.secret), await isUsable(two.secret)]).toEqual([false, false]);
});

it.each([
  [["list", "active"], 'takes no "active"'],
  [["rotate", "one", "two"], 'takes no "two"'],
  [["create", "--name", "x", "--scop", "read:iocs"], "did you mean --scope?"],
  [["revoke", "one", "--raeson", "x"], "did you mean --reason?"],
])("does nothing with words that it does not know: keys %j", async (words, complaint) => {
  const { code, out, err } = await keys(...words);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
});

it("asks for a key where somebody has to approve it, and collects it", async () => {
  await setTestPolicy(t, t.operator.workspaceId, { require_approval: true });
  expect(await keys("create", "--name", "Shell")).toMatchObject({ code: 1, out: "" });
  const asked = await keys("request", "--name", "Shell", "--scope", "read:iocs", "--reason", "A cron job");
  const id = asked.out.trim();
  expect(asked.err).toContain(`keys collect ${id}`);
  expect((await keys("collect", id)).code).toBe(1);
  await t.deps.db.prisma.keyRequest.update({ where: { id }, data: { status: "approved", decidedAt: new Date() } });
  const collected = await keys("collect", id);
  expect(await isUsable(collected.out.trim())).toBe(true);
  await setTestPolicy(t, t.operator.workspaceId, {});
});
