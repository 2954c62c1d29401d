import { execFile } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { version } from "../process/version";
import { runProgram } from "../run-program";
import { builtCli, freePort, type Server, signIn, startServer } from "./server";

const admin = { email: "op@tocsin.example", password: "correct horse battery" };
let folder: string;
let env: Record<string, string>;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin cli "));
  fs.mkdirSync(path.join(folder, "mirror", "openphish"), { recursive: true });
  fs.writeFileSync(path.join(folder, "mirror", "openphish", "feed.txt"), "https://login.phish.example/a\nnot a url\n");
  env = {
    TOCSIN_DATA_DIR: path.join(folder, "data"),
    TOCSIN_ADMIN_EMAIL: admin.email,
    TOCSIN_ADMIN_PASSWORD: admin.password,
    TOCSIN_FEED_MIRROR: path.join(folder, "mirror"),
    TOCSIN_FEEDS: "openphish",
    TOCSIN_WORKER: "off",
  };
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Done = { code: number; out: string; err: string };

/** In this process. */
async function tocsin(args: string[], extra: Record<string, string> = {}): Promise<Done> {
  const [out, err]: [string[], string[]] = [[], []];
  const write = (to: string[]) => (text: string) => void to.push(text);
  const terminal = { tty: false, columns: 80, out: write(out), err: write(err) };
  const code = await runProgram(args, { terminal, readEnv: () => ({ ...env, ...extra }) });
  return { code, out: out.join(""), err: err.join("") };
}

/** The built program in a process of its own, as an operator's shell runs it. */
function tocsinProcess(args: string[], extra: Record<string, string> = {}): Promise<Done> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [builtCli, ...args],
      { cwd: folder, env: { PATH: process.env.PATH, ...env, ...extra } },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });
}

/** `serve` listens to signals before it opens anything: what it leaves when it cannot start is taken off again. */
async function serveInVain(extra: Record<string, string>): Promise<Done> {
  const signals = ["SIGTERM", "SIGINT"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  const done = await tocsin(["serve"], extra);
  for (const [i, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[i]?.includes(listener)) process.off(signal, listener);
    }
  }
  return done;
}

describe("without a database", () => {
  it("tells its version and its commands", async () => {
    expect(await tocsin(["--version"])).toMatchObject({ code: 0, out: `${version}\n` });
    const help = await tocsin(["help"]);
    expect(help.code).toBe(0);
    for (const name of ["serve", "worker", "migrate", "scan", "ingest", "keys", "audit", "doctor", "setup-link"]) {
      expect(help.out).toContain(name);
    }
  });

  it("refuses an unknown command, and says which there are", async () => {
    const refused = await tocsin(["fly"]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain("no command fly");
  });

  it.each([
    [{ PORT: "eighty" }, /^tocsin: PORT: .*\n$/],
    [{ TOCSIN_FEEDS: "openphish,nowhere" }, /^tocsin: TOCSIN_FEEDS: .*nowhere.*\n$/],
    [{ DATABASE_URL: "postgres://127.0.0.1:9/x" }, /^tocsin: TOCSIN_SECRET: .*\n$/],
    [
      { DATABASE_URL: "postgres://127.0.0.1:9/x", TOCSIN_SECRET: "x".repeat(40) },
      /^tocsin: DATABASE_URL: the server does not answer.*\n$/,
    ],
  ])("stops at %j with one line that names it", async (wrong, line) => {
    const { code, err } = await serveInVain(wrong as Record<string, string>);
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(line);
  });
});

describe("beside a server that holds the embedded database", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer(env);
  });
  afterAll(async () => {
    expect(await server.kill("SIGTERM")).toBe(0);
  });

  it("makes, lists and revokes keys through it", async () => {
    const made = await tocsin(["keys", "create", "--name", "from the shell", "--json"]);
    expect(made).toMatchObject({ code: 0, err: "" });
    const { data } = JSON.parse(made.out) as { data: { id: string; key: string } };
    const use = () => fetch(`${server.url}/api/v1/iocs`, { headers: { authorization: `Bearer ${data.key}` } });
    expect((await use()).status).toBe(200);

    expect((await tocsin(["keys", "list"])).out).toContain("from the shell");
    expect((await tocsin(["keys", "revoke", data.id, "--reason", "test over"])).code).toBe(0);
    const refused = await use();
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: "invalid_api_key" } });
    const listed = JSON.parse((await tocsin(["keys", "list", "--status", "revoked", "--json"])).out) as {
      data: { id: string; revoked_reason: string }[];
    };
    expect(listed.data).toMatchObject([{ id: data.id, revoked_reason: "test over" }]);
  });

  it("says what is wrong with its arguments", async () => {
    expect(await tocsin(["keys", "create"])).toMatchObject({ code: 2, err: expect.stringContaining("name") });
    expect(await tocsin(["keys", "create", "--name", "x", "--allow", "everywhere"])).toMatchObject({ code: 2 });
    expect(await tocsin(["keys", "revoke", "no-such-id"])).toMatchObject({ code: 1 });
    expect(await tocsin(["ingest"])).toMatchObject({ code: 2, err: expect.stringContaining("--all") });
    expect(await tocsin(["ingest", "nowhere"])).toMatchObject({ code: 2, err: expect.stringContaining("nowhere") });
    expect(await tocsin(["keys", "list", "--nonsense"])).toMatchObject({ code: 2 });
  });

  it("pulls a feed, and counts the bad line", async () => {
    const pulled = await tocsin(["ingest", "openphish", "--json"]);
    expect(pulled.code).toBe(0);
    expect(JSON.parse(pulled.out)).toMatchObject({
      data: [{ feedId: "openphish", status: "partial", good: 1, bad: 1 }],
    });
  });

  it("checks itself, from a shell", async () => {
    const { out } = await tocsinProcess(["doctor", "--json"]);
    const { ok, data } = JSON.parse(out) as { ok: boolean; data: { check: string }[] };
    expect(ok).toBe(true);
    expect(data.map((finding) => finding.check)).toEqual(
      expect.arrayContaining(["settings", "database", "clock", "secret", "accounts", "feeds"]),
    );
  });

  it("lets no second server at its files, and names the first", async () => {
    const second = await serveInVain({ PORT: String(await freePort()) });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(new RegExp(`^tocsin: .*in use by process ${server.process.pid}.*\n$`));
  });

  it("signs the admin of the environment in", async () => {
    expect(await signIn(server.url, admin.email, admin.password)).toContain("sb-access-token=");
  });
});

it("works on the files itself when no server runs", async () => {
  const listed = await tocsin(["keys", "list", "--json"]);
  expect(JSON.parse(listed.out)).toMatchObject({ data: [{ name: "from the shell" }] });
  expect(JSON.parse((await tocsin(["migrate", "--json"])).out)).toEqual({ applied: [] });
});

it("says which port is taken", async () => {
  const holder = net.createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as net.AddressInfo;
  const taken = await tocsinProcess(["serve"], { PORT: String(port) });
  holder.close();
  expect(taken.code).toBe(1);
  expect(taken.err).toBe(`tocsin: PORT: 127.0.0.1:${port} is taken by another program. Choose another PORT.\n`);
});

it.each([
  [["migrate", "--dry-run"], "there is no option --dry-run"],
  [["serve", "now"], 'takes no "now"'],
  [["worker", "--once"], "there is no option --once"],
])("does nothing at %j, and says why in both forms", async (words, complaint) => {
  const text = await tocsin(words);
  expect([text.code, text.out]).toEqual([2, ""]);
  expect(text.err).toContain(complaint);
  const json = await tocsin([...words, "--json"]);
  expect([json.code, json.err]).toEqual([2, ""]);
  expect(JSON.parse(json.out)).toMatchObject({ error: { code: "usage", message: expect.stringContaining(complaint) } });
});
