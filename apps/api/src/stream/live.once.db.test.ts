import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
let url: string;
const open: AbortController[] = [];

beforeAll(async () => {
  t = await buildTestApp();
  await t.app.listen({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${(t.app.server.address() as AddressInfo).port}/api/live`;
});
afterEach(() => {
  for (const one of open.splice(0)) one.abort();
});
afterAll(() => t.close());

/** A stream of somebody's; `until` reads on to an event that names a topic. */
async function listen(cookie: string) {
  const client = new AbortController();
  open.push(client);
  const response = await fetch(url, { headers: { cookie }, signal: client.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      text += value;
    }
    return text;
  };
  return { response, until };
}

it("tells a workspace's sessions of its notices, and everybody of feeds, without saying what", async () => {
  const own = await listen(t.operator.cookie);
  const others = await listen(t.stranger.cookie);
  for (const one of [own, others]) {
    expect(one.response.headers.get("content-type")).toContain("text/event-stream");
    expect(one.response.headers.get("x-accel-buffering")).toBe("no");
    expect(await one.until("event: ready")).toContain("retry: 3000");
  }
  const { sql } = t.deps.db;
  // Both have been read once: what comes now is news.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await sql.query(
    `INSERT INTO notice (id, workspace_id, kind, occasion, details, at)
     VALUES (gen_random_uuid(), $1::uuid, 'key.expiring', 'live', '{}', now())`,
    [t.operator.workspaceId],
  );
  expect(await own.until('"notices"')).toMatch(/event: changed\ndata: \["notices"\]\n\n$/);
  await t.deps.db.prisma.feed.create({ data: { id: "live", name: "Live", category: "threat-feed" } });
  expect(await own.until('"feeds"')).toContain('data: ["feeds"]');
  const heard = await others.until('"feeds"');
  expect(heard).toContain('data: ["feeds"]');
  expect(heard).not.toContain("notices");
});

it("holds none of the slots that pages need, has a bound of its own, and refuses who has no session", async () => {
  for (let stream = 0; stream < 12; stream += 1) expect((await listen(t.operator.cookie)).response.status).toBe(200);
  expect((await listen(t.operator.cookie)).response.status).toBe(429);
  const page = await t.app.inject({ url: "/api/v1/keys", headers: { cookie: t.operator.cookie } });
  expect(page.statusCode).toBe(200);
  expect((await listen("")).response.status).toBe(401);
});
