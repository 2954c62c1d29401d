import { appendEvent, checkpointChains } from "@tocsin/core/audit";
import { noOrigin } from "@tocsin/core/context";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../commands/run-command";
import { errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
const actor = { type: "user", id: "someone", name: '=cmd|" /c calc"!A1' } as const;

beforeAll(async () => {
  t = await buildTestApp();
  const { workspaceId } = t.operator;
  for (let i = 0; i < 25; i++) {
    const action = i % 2 === 0 ? "key.create" : "key.revoke";
    await appendEvent(
      { ...t.deps.context, origin: noOrigin, actor, workspaceId },
      { action, reason: `line\n${i}, with "quotes"`, details: { i } },
    );
  }
});
afterAll(() => t.close());

const read = (query: string, cookie = t.operator.cookie) =>
  inject(t, { method: "GET", url: `/api/v1/audit${query}` }, { cookie });

describe("the audit log as a file", () => {
  it("is every event that the filters leave, whatever the limit", async () => {
    const json = (await read("?actor=someone&limit=1000")).json();
    const lines = await read("?actor=someone&limit=1&format=ndjson");
    expect(lines.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
    expect(lines.headers["content-disposition"]).toMatch(/^attachment; filename="audit-\d{8}T\d{6}Z\.ndjson"$/);
    expect(
      lines.body
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(json.data);
    expect(json.data).toHaveLength(25);
    expect((await read("?action=key.revoke&format=ndjson")).body.trim().split("\n")).toHaveLength(12);
  });

  it("is harmless to spreadsheets", async () => {
    const csv = await read("?actor=someone&action=key.revoke&format=csv");
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body.split("\r\n")[0]).toBe(
      "seq,id,at,action,outcome,actor_type,actor_id,actor_name,ip,user_agent,request_id,target_type,target_id,target_name,reason,details,hash",
    );
    expect(csv.body).toContain(`"'=cmd|"" /c calc""!A1"`);
    expect(csv.body).toContain(`"line\n23, with ""quotes"""`);
    expect(csv.body.trim().split("\r\n")).toHaveLength(13);
  });

  it("is for owners and admins, each of their own workspace, and for good parameters", async () => {
    expect(errorOf(await read("?format=csv", t.member.cookie))).toMatchObject({
      status: 403,
      code: "insufficient_role",
    });
    expect((await read("?format=ndjson&actor=someone", t.stranger.cookie)).body).toBe("");
    for (const query of ["?format=xml", "?format=csv&since=yesterday", "?format=csv&format=csv"]) {
      expect(errorOf(await read(query))).toMatchObject({ status: 400, code: "invalid_parameter" });
    }
  });
});

describe("tocsin audit verify", () => {
  const run = async (...args: string[]) => {
    let [out, err] = ["", ""];
    const terminal = {
      tty: false,
      columns: 80,
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    return { code: await runCommand(t.deps, ["audit", ...args], terminal), out, err };
  };

  it("says that all is well, of every chain or of one", async () => {
    const all = await run("verify", "--json");
    expect(all.code).toBe(0);
    const { ok, data } = JSON.parse(all.out);
    expect([ok, data.length]).toEqual([true, 2]);
    expect(await run("verify", "--workspace", "first")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/first +\d+ +0 +ok/),
    });
  });

  it("refuses what it does not know", async () => {
    expect(await run("verify", "--workspace", "nowhere")).toMatchObject({ code: 2 });
    expect(await run("verify", "--checkpoint", "tac1.x")).toMatchObject({ code: 2 });
    expect(await run("burn")).toMatchObject({ code: 2 });
  });

  it("names the event that was edited, and the chain that a checkpoint of the log tells of", async () => {
    await checkpointChains(t.deps.context);
    const [line] = t.lines.filter((text) => text.includes(`tac1.${t.operator.workspaceId}`));
    const checkpoint = JSON.parse(line ?? "{}").checkpoint;
    expect((await run("verify", "--checkpoint", checkpoint)).code).toBe(0);
    const { sql } = t.deps.db;
    for (const table of ["audit_event", "audit_head", "audit_checkpoint"]) {
      await sql.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    }
    const [edited] = await sql.query<{ id: number }>(
      "UPDATE audit_event SET reason = 'nothing happened' WHERE workspace_id = $1::uuid AND seq = 7 RETURNING id",
      [t.operator.workspaceId],
    );
    const found = await run("verify", "--json");
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({
      ok: false,
      data: expect.arrayContaining([
        expect.objectContaining({
          chain: "first",
          problem: expect.objectContaining({ kind: "edited", seq: 7, event_id: String(edited?.id) }),
        }),
      ]),
    });
    expect((await run("verify")).err).toContain(`(event id ${edited?.id})`);
    for (const table of ["audit_event", "audit_head", "audit_checkpoint"]) {
      await sql.query(`DELETE FROM ${table}`);
    }
    expect((await run("verify")).code).toBe(1);
    expect((await run("verify", "--checkpoint", checkpoint)).err).toContain("at the checkpoint of");
  });
});
