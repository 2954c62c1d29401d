import { executionAsyncId } from "node:async_hooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

/** Promises have ids of their own only while a hook is on; else what follows them has that of what they run in. */
async function hasPromiseHook(): Promise<boolean> {
  const [one, other] = await Promise.all([0, 1].map(() => Promise.resolve().then(() => executionAsyncId())));
  return one !== other;
}

it("no hook of promises is left on when accounts have answered, one after the other or at once", async () => {
  expect(await hasPromiseHook()).toBe(false);
  const signIn = () =>
    inject(
      t,
      { method: "POST", url: "/api/auth/sign-in/email", payload: { email: t.member.email, password } },
      { origin },
    );
  const { statusCode } = await signIn();
  expect([statusCode, await hasPromiseHook()]).toEqual([200, false]);
  const list = () => inject(t, { method: "GET", url: "/api/v1/keys" }, { cookie: t.operator.cookie });
  const answers = await Promise.all([list(), signIn(), list(), signIn(), list()]);
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
  expect(await hasPromiseHook()).toBe(false);
});
