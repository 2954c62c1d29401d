import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createDb } from "./client";

it("makes an embedded database anew where its making was cut short, and finds it again", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin db "));
  const dataDir = path.join(folder, "db");
  // What a process leaves that is killed while PostgreSQL writes its first files.
  fs.mkdirSync(path.join(`${dataDir}.new`, "base"), { recursive: true });
  fs.writeFileSync(path.join(`${dataDir}.new`, "PG_VERSION"), "17");
  try {
    const first = await createDb({ dataDir });
    await first.sql.query("CREATE TABLE kept (id int)");
    await first.close();
    const second = await createDb({ dataDir });
    expect(await second.sql.query("SELECT count(*) AS n FROM kept")).toEqual([{ n: 0 }]);
    await second.close();
    expect(fs.readdirSync(folder)).toEqual(["db"]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
