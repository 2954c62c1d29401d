import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { runCommand } from "./run-command";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const write = (to: string[]) => (text: string) => to.push(text);
  const terminal = { tty: false, columns: 80, out: write(out), err: write(err) };
  const code = await runCommand(t.deps, args, terminal);
  return { code, out: out.join(""), err: err.join("") };
}

it("demo says what it takes", async () => {
  expect(await run("demo")).toMatchObject({ code: 2, err: expect.stringContaining("say load or remove") });
  expect((await run("demo", "load", "twice")).err).toContain('takes no "twice"');
  expect((await run("demo", "load")).err).toMatch(/--workspace: name one of /);
  expect((await run("demo", "load", "--workspace", "nobody")).err).toContain("there is no workspace nobody");
  expect((await run("demo", "remove", "--json")).out).toContain('"iocs":0');
});

it("demo load brings what clients and the dashboard see, and demo remove takes it away", async () => {
  const { slug } = await t.deps.db.prisma.workspace.findUniqueOrThrow({
    where: { id: t.operator.workspaceId },
    select: { slug: true },
  });
  const loaded = await run("demo", "load", "--workspace", slug, "--json");
  expect(loaded).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(loaded.out)).toMatchObject({ data: { already: false, articles: 6, keys: 3, watchlists: 1 } });
  expect(loaded.out).not.toContain("sk_live_");
  expect((await run("demo", "load", "--workspace", slug)).out).toContain("loaded already");

  const { secret } = await t.createKey(t.operator);
  const get = (url: string) => t.app.inject({ url, headers: { authorization: `Bearer ${secret}` } });
  const listed = (await get("/api/v1/iocs?limit=100&type=ipv4")).json();
  expect(listed.meta.total).toBeGreaterThan(30);
  expect((await get("/api/v1/iocs/stix")).body).toContain("192.0.2.");
  expect((await get("/api/v1/lookup?ioc=192.0.2.10")).body).toContain("Tocsin sample");
  expect((await run("feeds")).out).toMatch(/^tocsin-sample-botnets +on +ok +\d+/m);

  expect((await run("demo", "remove")).out).toMatch(/^The sample set is removed: \d+ indicators withdrawn, 0 left/);
  expect((await get("/api/v1/iocs?limit=100")).json().meta.total).toBe(0);
  expect((await run("feeds")).out).not.toContain("tocsin-sample");
  expect((await run("demo", "remove")).out).toBe("There is no sample set to remove.\n");
});
