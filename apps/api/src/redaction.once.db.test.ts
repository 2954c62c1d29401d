import { afterAll, beforeAll, expect, it } from "vitest";
import { inject } from "./testing/requests";
import { buildTestApp, password, type TestApp } from "./testing/test-app";
import { createTestToken } from "./testing/tokens";
import { redactUrl } from "./wire/redact";

let t: TestApp;
let secret: string;
let token: string;

beforeAll(async () => {
  t = await buildTestApp();
  ({ secret } = await t.createKey(t.operator));
  ({ secret: token } = await createTestToken(t, t.operator));
});
afterAll(() => t.close());

const encoded = (text: string) =>
  [...text].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

it("logs no key, cookie or password, wherever they stand in a request and however it ends", async () => {
  const search = "/api/v1/iocs/search?q=evil";
  const requests = [
    { url: search, headers: { authorization: `Bearer ${secret}` } },
    { url: search, headers: { "x-api-key": secret } },
    { url: `${search}&api_key=${secret}` },
    { url: `${search}&${encoded("api_key")}=${encoded(secret)}` },
    { url: `${search}&API%5FKEY=${secret}` },
    { url: `${search}&unknown=${secret}&other=${encoded(secret)}` },
    { url: `${search}&${secret}` },
    { url: `/api/v1/keys/${secret}` },
    { url: `/api/v1/keys/${encoded(secret)}/%zz` },
    { url: `/nowhere/${secret}?token=${secret}` },
    { url: `/api/v1/lookup?ioc=${secret}&api_key=${secret}` },
    { url: "/api/v1/manage/keys", headers: { authorization: `Bearer ${token}` } },
    { url: `/api/v1/manage/keys?other=${token}` },
    { url: `/api/v1/manage/keys/${encoded(token)}` },
    { url: "/api/v1/keys", headers: { cookie: t.operator.cookie } },
    {
      url: `/api/trpc/keys.list?input=${encodeURIComponent(JSON.stringify({ q: secret }))}`,
      headers: { cookie: t.operator.cookie },
    },
  ];
  for (const request of requests) await inject(t, { method: "GET", ...request });
  await inject(t, { method: "POST", url: "/api/auth/sign-in/email", payload: { email: t.operator.email, password } });
  const log = t.lines.join("");
  expect(log).toContain("/api/v1/iocs/search?q=evil&api_key=[redacted]");
  for (const text of [
    log,
    log.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.slice(12));
    expect(text).not.toContain(token.slice(14));
    expect(text).not.toContain(t.operator.cookie.split("=")[1]);
    expect(text).not.toContain(password);
  }
});

it.each([
  ["/api/invitations/0b7c", "/api/invitations/[redacted]"],
  ["/setup?token=abc", "/setup?token=[redacted]"],
  ["/api/v1/iocs?type=url&limit=5", "/api/v1/iocs?type=url&limit=5"],
  ["/api/v1/iocs?%zz=1", "/api/v1/iocs?[redacted]"],
])("writes %s as %s", (url, logged) => {
  expect(redactUrl(url, "sk_live_")).toBe(logged);
});
