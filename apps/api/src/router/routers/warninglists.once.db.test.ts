import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type Person, type TestApp } from "../../testing/test-app";

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const get = async (person: Person, url: string) => {
  const answer = await test.app.inject({ url, headers: { cookie: person.cookie } });
  return { status: answer.statusCode, body: answer.json() };
};
const post = async (person: Person, procedure: string, input: object) => {
  const answer = await test.app.inject({
    method: "POST",
    url: `/api/trpc/${procedure}`,
    headers: { cookie: person.cookie, origin: "http://127.0.0.1:8080", "content-type": "application/json" },
    payload: JSON.stringify(input),
  });
  return { status: answer.statusCode, body: answer.json() };
};

it("the lists are shown to whoever is signed in", async () => {
  const { status, body } = await get(test.member, "/api/v1/warninglists");
  expect(status).toBe(200);
  expect(body.data.map(({ id }: { id: string }) => id)).toContain("public-resolvers");
  expect(body.meta).toEqual({ marked: 0, marking: true, finished_at: null });
});

it("operators alone say what is harmless", async () => {
  const refused = await post(test.member, "warninglists.allow", { value: "www.example.com" });
  expect(refused.status).toBe(403);
  const allowed = await post(test.operator, "warninglists.allow", { value: "WWW.Example[.]com", note: "Ours" });
  expect(allowed.body.result.data.data).toMatchObject([{ type: "domain", value: "www.example.com", note: "Ours" }]);
  const wrong = await post(test.operator, "warninglists.allow", { value: "nothing at all" });
  expect(wrong.status).toBe(400);
  expect((await get(test.operator, "/api/trpc/warninglists.allowed")).body.result.data.data).toHaveLength(1);
  const gone = await post(test.operator, "warninglists.forbid", { type: "domain", value: "www.example.com" });
  expect(gone.body.result.data.data).toEqual([]);
});
