import { createDb } from "@tocsin/db";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { doctorCommand } from "./doctor";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

/** What it says of the database of a session with these settings. */
async function findings(url: string): Promise<string[]> {
  const db = await createDb({ url });
  let text = "";
  const terminal = { out: (part: string) => (text += part), err: () => {} };
  await doctorCommand.run({ deps: { ...t.deps, db }, terminal, json: true, args: [] } as never);
  await db.close();
  const { data } = JSON.parse(text) as { data: { check: string; state: string; text: string }[] };
  return data.filter(({ check, state }) => check === "database" && state === "warning").map((finding) => finding.text);
}

it("warns of a server that answers before what it answered is on the disk", async () => {
  const [row] = await t.deps.db.sql.query<{ name: string }>("SELECT current_database() AS name");
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  url.pathname = `/${row?.name}`;
  await t.deps.db.sql.query(`ALTER DATABASE ${row?.name} SET synchronous_commit = off`);
  const [warning] = (await findings(url.href)).filter((text) => text.includes("synchronous_commit"));
  expect(warning).toContain("the server has synchronous_commit = off");
  await t.deps.db.sql.query(`ALTER DATABASE ${row?.name} RESET synchronous_commit`);
  expect((await findings(url.href)).filter((text) => text.includes("synchronous_commit"))).toEqual([]);
});
