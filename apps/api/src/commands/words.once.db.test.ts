import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { runCommand } from "./run-command";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(t.deps, argv, {
    tty: false,
    columns: 80,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join(""), err: err.join("") };
}

it.each([
  [["doctor", "everything"], 'takes no "everything"'],
  [["feeds", "--al"], "there is no option --al"],
  [["setup-link", "again"], 'takes no "again"'],
  [["audit", "verify", "--checkpont", "x"], "did you mean --checkpoint?"],
  [["demo", "load", "twice"], 'takes no "twice"'],
  [["ingest", "--all", "openphish"], "name feeds, or say --all"],
])("does nothing at %j, and says why in both forms", async (words, complaint) => {
  const text = await run(...words);
  expect([text.code, text.out]).toEqual([2, ""]);
  expect(text.err).toContain(complaint);
  const json = await run(...words, "--json");
  expect([json.code, json.err]).toEqual([2, ""]);
  expect(JSON.parse(json.out)).toMatchObject({ error: { code: "usage", message: expect.stringContaining(complaint) } });
});
