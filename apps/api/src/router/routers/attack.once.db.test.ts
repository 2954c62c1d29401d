import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../../testing/test-app";

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const names = async (input: object, cookie = test.member.cookie) => {
  const url = `/api/trpc/attack.names?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await test.app.inject({ url, headers: { cookie } });
  return { status: answer.statusCode, data: answer.json().result?.data };
};

it("says what ids of ATT&CK stand for, as they were asked for", async () => {
  expect(await names({ ids: ["T1071.001", "T9999", "T1086"] })).toEqual({
    status: 200,
    data: [
      { id: "T1071.001", name: "Application Layer Protocol: Web Protocols", tactics: ["Command and Control"] },
      { id: "T9999", name: null, tactics: [] },
      { id: "T1086", name: "Command and Scripting Interpreter: PowerShell", tactics: ["Execution"] },
    ],
  });
});

it("says it to nobody who is not signed in, and not of more than one record's ids", async () => {
  expect((await names({ ids: [] }, "")).status).toBe(401);
  expect((await names({ ids: Array<string>(51).fill("T1059") })).status).toBe(400);
});
