import {
  getCurrentAuthContextAsyncLocalStorage,
  getCurrentDBAdapterAsyncLocalStorage,
  getRequestStateAsyncLocalStorage,
} from "@better-auth/core/context";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inject, origin } from "../testing/requests";
import { buildTestApp, password, type TestApp } from "../testing/test-app";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

/** How many of better-auth's storages keep a hook on; what other libraries of this process do is not asked. */
async function hooksOn(): Promise<number> {
  const storages = await Promise.all([
    getRequestStateAsyncLocalStorage(),
    getCurrentAuthContextAsyncLocalStorage(),
    getCurrentDBAdapterAsyncLocalStorage(),
  ]);
  return storages.filter((storage) => Reflect.get(storage, "enabled") === true).length;
}

it("no hook of promises is left on when accounts have answered, one after the other or at once", async () => {
  const signIn = () =>
    inject(
      t,
      { method: "POST", url: "/api/auth/sign-in/email", payload: { email: t.member.email, password } },
      { origin },
    );
  const { statusCode } = await signIn();
  expect([statusCode, await hooksOn()]).toEqual([200, 0]);
  const list = () => inject(t, { method: "GET", url: "/api/v1/keys" }, { cookie: t.operator.cookie });
  const answers = await Promise.all([list(), signIn(), list(), signIn(), list()]);
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
  expect(await hooksOn()).toBe(0);
});
