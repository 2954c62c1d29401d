import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnGithub, startOwnGithub } from "../testing/github";
import { createClock, errorOf, inject, minute } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";

const clock = createClock();
const url = "/api/v1/integrations/github/secret-scanning";
const day = 24 * 60 * minute;
let github: OwnGithub;
let key: ReturnType<OwnGithub["addKey"]>;
let t: TestApp;

beforeAll(async () => {
  github = await startOwnGithub();
  key = github.addKey("k1");
  t = await buildTestApp({
    now: clock.now,
    env: { TOCSIN_GITHUB_SECRET_SCANNING: "on", TOCSIN_GITHUB_KEYS_URL: github.url },
  });
});
afterAll(async () => {
  await t.close();
  await github.close();
});

const found = (token: string, at = "https://github.example/o/r/blob/1/.env") => ({
  token,
  type: "tocsin_api_key",
  url: at,
  source: "content",
});
const post = (body: string | Buffer, headers: Record<string, string>, remoteAddress = "192.0.2.50") =>
  inject(t, { method: "POST", url, payload: body, headers, remoteAddress });
const report = (...matches: object[]) => {
  const body = JSON.stringify(matches);
  return post(body, key.sign(body));
};
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const use = async (secret: string) =>
  (await inject(t, { method: "GET", url: "/api/v1/iocs/search?q=evil" }, { authorization: `Bearer ${secret}` }))
    .statusCode;

it("checks signatures as GitHub makes them: its documented sample", () => {
  const sample = createPublicKey(
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n",
  );
  const body = Buffer.from(
    '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
  );
  const signature = Buffer.from(
    "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==",
    "base64",
  );
  expect(verify("sha256", body, { key: sample, dsaEncoding: "der" }, signature)).toBe(true);
  expect(verify("sha256", body, { key: sample, dsaEncoding: "ieee-p1363" }, signature)).toBe(false);
});

it("ends what GitHub found, and says which finds were real without sending a secret back", async () => {
  const leaked = await t.createKey(t.operator);
  const token = await createTestToken(t, t.operator);
  const never = `${leaked.secret.slice(0, -1)}${leaked.secret.endsWith("a") ? "b" : "a"}`;
  expect(await use(leaked.secret)).toBe(200);
  const response = await report(found(leaked.secret), found(token.secret), found(never), { ...found("x"), url: "" });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual([
    { token_hash: hashOf(leaked.secret), token_type: "tocsin_api_key", label: "true_positive" },
    { token_hash: hashOf(token.secret), token_type: "tocsin_api_key", label: "true_positive" },
    { token_hash: hashOf(never), token_type: "tocsin_api_key", label: "false_positive" },
    { token_hash: hashOf("x"), token_type: "tocsin_api_key", label: "false_positive" },
  ]);
  expect(await use(leaked.secret)).toBe(401);
  const event = await t.deps.db.prisma.auditEvent.findFirst({ where: { targetId: leaked.id, action: "key.leaked" } });
  expect(event).toMatchObject({
    actorType: "system",
    actorName: "GitHub secret scanning",
    ip: "192.0.2.50",
    details: { source: "https://github.example/o/r/blob/1/.env", source_kind: "content", policy: "revoke" },
  });
  expect(t.lines.join("")).not.toContain(leaked.secret.slice(12));
});

it("answers the same body the same for a day, and acts on it once", async () => {
  const leaked = await t.createKey(t.operator);
  const first = await report(found(leaked.secret));
  // Whatever the body did, it does not do again.
  await t.deps.db.prisma.apiKey.update({ where: { id: leaked.id }, data: { revokedAt: null } });
  const again = await report(found(leaked.secret));
  expect(again.json()).toEqual(first.json());
  expect(await use(leaked.secret)).toBe(200);
  clock.skip(day + minute);
  expect((await report(found(leaked.secret))).json()).toEqual(first.json());
  expect(await use(leaked.secret)).toBe(401);
});

describe("a signature", () => {
  const body = JSON.stringify([found("sk_live_x")]);
  const refused = { status: 401, code: "invalid_signature" };

  it("is wanted, of these bytes, by the key that it names", async () => {
    const other = github.addKey("never published");
    github.publish(["k1"]);
    const good = key.sign(body);
    const { "github-public-key-signature": signature = "", ...unsigned } = good;
    const cut = Buffer.from(signature, "base64").subarray(0, -1).toString("base64");
    const from = "192.0.2.51";
    expect((await post(body, good, from)).statusCode).toBe(200);
    for (const headers of [
      { "content-type": "application/json" },
      unsigned,
      { ...good, "github-public-key-identifier": "k2" },
      { ...good, "github-public-key-identifier": "__proto__" },
      { ...good, "github-public-key-signature": "" },
      { ...good, "github-public-key-signature": cut },
      { ...good, "github-public-key-signature": "AAAAAAAAAAAA" },
      { ...good, "github-public-key-signature": `${signature}\u00e9` },
      key.sign(`${body} `),
      { ...other.sign(body), "github-public-key-identifier": "k1" },
    ]) {
      expect(errorOf(await post(body, headers as Record<string, string>, from))).toMatchObject(refused);
    }
    expect(errorOf(await post(`${body} `, good, from))).toMatchObject(refused);
    expect(errorOf(await post("", good, from))).toMatchObject(refused);
    clock.skipToMinute();
  });

  it("counts as a failed attempt of its address when it is wrong", async () => {
    const from = "192.0.2.52";
    for (let i = 0; i < 30; i += 1) await post(body, { "content-type": "application/json" }, from);
    const response = await post(body, key.sign(body), from);
    expect(errorOf(response)).toMatchObject({ status: 429, code: "too_many_failed_attempts" });
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    expect((await post(body, key.sign(body))).statusCode).toBe(200);
    clock.skipToMinute();
  });

  it("by a new key makes it ask once; made-up ids do not make it ask again and again", async () => {
    clock.skip(5 * minute);
    const fresh = github.addKey("k3");
    github.publish(["k1", "k3"]);
    const before = github.asked();
    expect((await post(body, fresh.sign(body))).statusCode).toBe(200);
    expect(github.asked()).toBe(before + 1);
    for (const id of ["a", "b", "c"]) {
      const headers = { ...key.sign(body), "github-public-key-identifier": id };
      expect(errorOf(await post(body, headers, "192.0.2.53"))).toMatchObject(refused);
    }
    expect(github.asked()).toBe(before + 1);
    clock.skip(5 * minute);
  });

  it("by a key that is withdrawn is refused within an hour, and by one that is not on P-256 always", async () => {
    const p384 = github.addKey("p384", "P-384");
    github.publish(["k3", "p384"]);
    clock.skip(61 * minute);
    expect(errorOf(await post(body, key.sign(body), "192.0.2.54"))).toMatchObject(refused);
    expect(errorOf(await post(body, p384.sign(body), "192.0.2.54"))).toMatchObject(refused);
    github.publish(["k1", "k3"]);
    clock.skip(5 * minute);
    expect((await post(body, key.sign(body))).statusCode).toBe(200);
  });

  it("goes on by the keys that it has for a day while GitHub does not answer", async () => {
    github.setStatus(500);
    clock.skip(2 * 60 * minute);
    expect((await post(body, key.sign(body))).statusCode).toBe(200);
    clock.skip(day);
    expect(errorOf(await post(body, key.sign(body)))).toMatchObject({ status: 503, code: "service_unavailable" });
    github.setStatus(200);
    clock.skip(5 * minute);
    expect((await post(body, key.sign(body))).statusCode).toBe(200);
  });
});

describe("a signed body that is no report", () => {
  it.each([
    ["{", "malformed_body"],
    ["{}", "invalid_parameter"],
    ["[]", "invalid_parameter"],
    ["null", "invalid_parameter"],
    ['[{"token":1,"type":"t"}]', "invalid_parameter"],
    ['[{"token":"a\\u0000","type":"t"}]', "invalid_parameter"],
    ['[{"token":"\\ud800","type":"t"}]', "invalid_parameter"],
    [`[{"token":"${"x".repeat(20_000)}","type":"t"}]`, "invalid_parameter"],
    [Buffer.from([0x5b, 0xff, 0xfe, 0x5d]), "malformed_body"],
  ])("%s", async (body, code) => {
    expect(errorOf(await post(body, key.sign(body)))).toMatchObject({ status: 400, code });
  });

  it("of another type or far too long", async () => {
    const text = { ...key.sign("[]"), "content-type": "text/plain" };
    expect(errorOf(await post("[]", text))).toMatchObject({ status: 415 });
    const long = `[${" ".repeat(9_000_000)}]`;
    expect(errorOf(await post(long, key.sign(long)))).toMatchObject({ status: 413 });
  });
});

it("takes thousands of finds in one report", async () => {
  const leaked = await t.createKey(t.operator);
  const many = Array.from({ length: 5_000 }, (_, i) => found(`sk_live_${i}`));
  const response = await report(...many, found(leaked.secret));
  const labels = response.json().map(({ label }: { label: string }) => label);
  expect([labels.length, labels.at(-1), labels[0]]).toEqual([5_001, "true_positive", "false_positive"]);
  expect(await use(leaked.secret)).toBe(401);
});

it("is not there unless it is switched on", async () => {
  const off = await buildTestApp();
  const body = JSON.stringify([found("sk_live_x")]);
  const response = await inject(off, { method: "POST", url, payload: body }, key.sign(body));
  await off.close();
  expect(errorOf(response)).toMatchObject({ status: 404, code: "not_found" });
});
