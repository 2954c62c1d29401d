import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "./client";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-full-"));
const mounted: string[] = [];
const mount = (place: string, options: string) =>
  spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place]).status === 0;
const newDisk = (name: string, megabytes: number) => {
  const place = path.join(folder, name);
  fs.mkdirSync(place);
  if (!mount(place, `size=${megabytes}m`)) return null;
  mounted.push(place);
  return place;
};
/** Needs root on Linux. */
const tried = newDisk("tried", 1);
if (tried === null) console.log("skipped: the suite of a full disk (this user may not mount one)");

afterAll(() => {
  for (const place of mounted) spawnSync("umount", ["-l", place]);
  fs.rmSync(folder, { recursive: true });
});

const full = { name: "StorageFullError", code: "53100" };
/** Leaves so many megabytes of room. */
function leave(disk: string, megabytes: number): void {
  const filler = path.join(disk, "filler");
  fs.rmSync(filler, { force: true });
  const { bavail, bsize } = fs.statfsSync(disk);
  const fd = fs.openSync(filler, "w");
  const block = Buffer.alloc(1024 * 1024);
  for (let left = bavail * bsize - megabytes * block.length; left > 0; left -= block.length)
    fs.writeSync(fd, block, 0, Math.min(left, block.length));
  fs.closeSync(fd);
}
const makeRoom = (disk: string) => fs.rmSync(path.join(disk, "filler"));
const countOf = async (db: Db) => (await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM kept"))[0]?.n;
const write = (db: Db) => db.sql.query("INSERT INTO kept VALUES (1)");

describe.runIf(tried !== null)("the embedded database on a full disk", () => {
  it("says at its first start how much room it needs, and leaves nothing behind", async () => {
    const disk = newDisk("small", 40) ?? "";
    await expect(createDb({ dataDir: path.join(disk, "db") })).rejects.toMatchObject({
      ...full,
      message: expect.stringMatching(/^There is not enough room for the embedded database: \d+ MB are free/),
    });
    expect(fs.readdirSync(disk)).toEqual([]);
  });

  it("refuses to write and goes on reading; with room again it goes on", async () => {
    const disk = newDisk("filling", 400) ?? "";
    const db = await createDb({ dataDir: path.join(disk, "db") });
    await db.sql.query("CREATE TABLE kept (n int)");
    await write(db);
    expect(db.storage()).toBe("ok");
    leave(disk, 30);
    expect(db.storage()).toBe("full");
    // It looks four times a second; what is written before is stored.
    const refused = async () =>
      (await write(db).then(
        () => null,
        (error: unknown) => error,
      )) as object | null;
    let stored = 1;
    await expect
      .poll(async () => {
        const error = await refused();
        if (error === null) stored++;
        return error;
      })
      .toMatchObject(full);
    await expect(db.prisma.$executeRaw`INSERT INTO kept VALUES (1)`).rejects.toThrow();
    await expect(db.sql.begin(({ query }) => query("INSERT INTO kept VALUES (1)"))).rejects.toMatchObject(full);
    expect(await countOf(db)).toBe(stored);
    makeRoom(disk);
    await expect.poll(refused).toBeNull();
    expect(await countOf(db)).toBe(stored + 1);
    await db.close();
  });

  it("is opened again when it was lost because it could not write its log", async () => {
    const disk = newDisk("lost", 400) ?? "";
    const db = await createDb({ dataDir: path.join(disk, "db") });
    await db.sql.query("CREATE TABLE kept (n int)");
    await write(db);
    // In one transaction, so that no look at the room comes in between.
    const flood = db.sql.begin(async ({ query }) => {
      leave(disk, 4);
      for (let n = 0; n < 100; n++) await query("SELECT pg_logical_emit_message(true, 'flood', repeat('x', 1000000))");
    });
    await expect(flood).rejects.toMatchObject(full);
    await expect(write(db)).rejects.toMatchObject(full);
    makeRoom(disk);
    await expect
      .poll(() =>
        write(db).then(
          () => "written",
          () => "refused",
        ),
      )
      .toBe("written");
    expect(await countOf(db)).toBe(2);
    expect(await db.prisma.$queryRaw`SELECT count(*)::int AS n FROM kept`).toEqual([{ n: 2 }]);
    await db.close();
  });
});
