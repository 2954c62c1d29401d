import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "./testing/test-app";

const name = `tocsin_full_${process.pid}`;
const disk = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-full-"));
let t: TestApp;
let ready = false;
beforeAll(async () => {
  t = await buildTestApp();
  ready = await makeSmallDisk();
  if (!ready) console.log("skipped: a full disk of PostgreSQL (needs root, and the server on this machine)");
});
afterAll(async () => {
  const { query } = t.deps.db.sql;
  if (ready) {
    await query("ALTER TABLE audit_event SET TABLESPACE pg_default");
    await query(`DROP TABLESPACE ${name}`);
  }
  await t.close();
  spawnSync("umount", ["-l", disk]);
  fs.rmSync(disk, { recursive: true, force: true });
});

/** The audit log, which each change writes, on a disk of two megabytes. */
async function makeSmallDisk(): Promise<boolean> {
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m,mode=777", "tmpfs", disk]).status !== 0) return false;
  const place = path.join(disk, "space");
  fs.mkdirSync(place);
  fs.chmodSync(disk, 0o755);
  if (spawnSync("chown", ["postgres", place]).status !== 0) return false;
  const { query } = t.deps.db.sql;
  try {
    await query(`CREATE TABLESPACE ${name} LOCATION '${place}'`);
  } catch {
    return false;
  }
  await query(`ALTER TABLE audit_event SET TABLESPACE ${name}`);
  return true;
}

const createKey = () =>
  t.app.inject({
    method: "POST",
    url: "/api/v1/keys",
    headers: { cookie: t.operator.cookie, origin: "http://127.0.0.1:8080" },
    payload: { name: "On a full disk" },
  });

describe("a full disk of PostgreSQL", () => {
  it("is storage_full for a write, with a readiness that says so, and reading goes on", async (context) => {
    if (!ready) return context.skip();
    const filler = path.join(disk, "filler");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=4k"]);
    const refused = async () => {
      const answer = await createKey();
      return [answer.statusCode, answer.json().error?.code];
    };
    await expect.poll(refused).toEqual([503, "storage_full"]);
    expect(t.lines.join("")).toContain("the disk is full: nothing is stored");
    expect((await createKey()).headers["retry-after"]).toBe("30");
    const readiness = await t.app.inject({ url: "/readyz" });
    expect([readiness.statusCode, readiness.json().checks]).toEqual([
      503,
      { accepting: "ok", database: "ok", storage: "full" },
    ]);
    const listed = await t.app.inject({ url: "/api/v1/keys", headers: { cookie: t.operator.cookie } });
    expect(listed.statusCode).toBe(200);
    fs.rmSync(filler);
    expect((await createKey()).statusCode).toBe(201);
  });
});
