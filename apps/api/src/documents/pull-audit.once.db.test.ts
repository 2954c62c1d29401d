import { afterAll, beforeAll, expect, it } from "vitest";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";

type Event = { seq: number; action: string };
type Page = { data: Event[]; meta: { next_cursor: string; has_more: boolean } };

let t: TestApp;
let secret: string;
beforeAll(async () => {
  t = await buildTestApp();
  for (let n = 0; n < 5; n++) await t.createKey(t.operator, { name: `Key ${n}` });
  await t.createKey(t.stranger);
  ({ secret } = await createTestToken(t, t.operator, { name: "SIEM", scopes: ["read:audit"] }));
});
afterAll(() => t.close());

const pull = (query: string, token = secret) =>
  inject(t, { method: "GET", url: `/api/v1/manage/audit${query}` }, { authorization: `Bearer ${token}` });
const pageOf = async (query: string): Promise<Page> => {
  const response = await pull(query);
  expect(response.statusCode).toBe(200);
  return response.json();
};
const linesOf = async <T>(query: string): Promise<T[]> => {
  const response = await pull(query);
  expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "application/x-ndjson; charset=utf-8"]);
  return response.body.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
};

it("gives every event of the workspace once, oldest first, page by page", async () => {
  const walked: Event[] = [];
  for (let cursor = "0", more = true; more; ) {
    const page = await pageOf(`?limit=2&cursor=${cursor}`);
    walked.push(...page.data);
    cursor = page.meta.next_cursor;
    more = page.meta.has_more;
  }
  expect(walked.map(({ seq }) => seq)).toEqual(walked.map((_, index) => index + 1));
  expect(walked.filter(({ action }) => action === "key.create")).toHaveLength(5);
  expect(walked.at(-1)?.action).toBe("token.create");
  expect(await linesOf("?format=ndjson")).toEqual(walked);
  expect(await pageOf("")).toMatchObject({ data: walked });
});

it("goes on where it was, and adds nothing by itself", async () => {
  const before = await pageOf("?limit=1000");
  const nothing = await pageOf(`?cursor=${before.meta.next_cursor}`);
  expect(nothing).toMatchObject({ data: [], meta: { has_more: false, next_cursor: before.meta.next_cursor } });
  expect(await linesOf(`?format=ndjson&cursor=${before.meta.next_cursor}`)).toEqual([]);
  await t.createKey(t.operator, { name: "One more" });
  const lines = await linesOf<Event>(`?format=ndjson&cursor=${before.meta.next_cursor}`);
  expect(lines).toMatchObject([{ action: "key.create", seq: Number(before.meta.next_cursor) + 1 }]);
});

it("speaks OCSF", async () => {
  const events = await pageOf("?limit=1000");
  const documents = await linesOf<{ class_uid: number; metadata: { sequence: number; event_code: string } }>(
    "?format=ocsf",
  );
  expect(documents.map(({ metadata }) => [metadata.sequence, metadata.event_code])).toEqual(
    events.data.map(({ seq, action }) => [seq, action]),
  );
  expect(documents.find(({ metadata }) => metadata.event_code === "session.sign_in")?.class_uid).toBe(3002);
});

it("is for tokens with the scope alone, which manage no keys", async () => {
  const { secret: other } = await createTestToken(t, t.operator, { scopes: ["manage:keys:read", "manage:keys:write"] });
  for (const query of ["", "?format=ndjson", "?format=ocsf"]) {
    expect((await pull(query, other)).json()).toMatchObject({ error: { code: "insufficient_scope" } });
    expect((await pull(query, "sk_manage_no")).statusCode).toBe(401);
  }
  const keys = await inject(t, { method: "GET", url: "/api/v1/manage/keys" }, { authorization: `Bearer ${secret}` });
  expect(keys.json()).toMatchObject({ error: { code: "insufficient_scope" } });
});

it("says what is wrong with a cursor before a file begins", async () => {
  for (const format of ["json", "ndjson", "ocsf"])
    for (const cursor of ["x", "-1", "1.5"])
      expect((await pull(`?format=${format}&cursor=${cursor}`)).json()).toMatchObject({
        error: { code: "invalid_parameter" },
      });
  expect((await pull("?format=xml")).statusCode).toBe(400);
});
