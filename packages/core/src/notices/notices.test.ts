import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seal, targetProblem, unseal } from "../outbound";
import { isPublicAddress } from "../values";
import { describeNotice } from "./describe";
import { networkOf } from "./network";
import { setWebhookInput } from "./shape";
import { newWebhookSecret, signedHeaders } from "./sign";

describe("networkOf", () => {
  it.each([
    ["192.0.2.77", "192.0.2.0/24"],
    ["::ffff:192.0.2.77", "192.0.2.0/24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
    ["2001:db8:1:ffff::9", "2001:db8:1::/48"],
    ["fe80::1%eth0", "fe80::/48"],
    ["not an address", null],
    [null, null],
  ])("%j counts as %j", (address, network) => expect(networkOf(address)).toBe(network));
});

describe("isPublicAddress", () => {
  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::7f00:1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "2001::1",
    "nonsense",
  ])("refuses %s", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1"])(
    "lets %s pass",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("targetProblem", () => {
  const closed = { privateTargets: false };
  it.each([
    "http://hooks.example/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://a.localhost/",
    "https://user:pass@hooks.example/",
    "ftp://hooks.example/",
    "file:///etc/passwd",
    "hooks.example",
  ])("refuses %s", (url) => expect(targetProblem(url, closed)).not.toBeNull());

  it("takes a URL of the open internet, and a private one where that is allowed", () => {
    expect(targetProblem("https://hooks.example/in?x=1", closed)).toBeNull();
    expect(targetProblem("http://127.0.0.1:9/", { privateTargets: true })).toBeNull();
    expect(targetProblem("ftp://127.0.0.1/", { privateTargets: true })).not.toBeNull();
  });
});

describe("signedHeaders", () => {
  it("signs id, time and body with every secret, as anyone with the secret can check", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 2 ** 40 }), (body, ms) => {
        const secrets = [newWebhookSecret(), newWebhookSecret()];
        const headers = signedHeaders({ id: "msg_1", at: new Date(ms), body }, secrets);
        const seconds = String(Math.floor(ms / 1000));
        expect(headers["webhook-timestamp"]).toBe(seconds);
        const expected = secrets.map((secret) => {
          const key = Buffer.from(secret.replace("whsec_", ""), "base64");
          expect(key.length).toBe(32);
          const hash = createHmac("sha256", key);
          hash.update("msg_1.").update(seconds).update(".").update(Buffer.from(body, "utf8"));
          return `v1,${hash.digest("base64")}`;
        });
        expect(headers["webhook-signature"].split(" ")).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("gives the signature of the specification's reference implementations", () => {
    const headers = signedHeaders(
      { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' },
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    );
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });
});

describe("seal", () => {
  const keys = { peppers: { current: "a", byId: new Map([["a", Buffer.alloc(32, 1)]]) } };
  it("opens for the row that it was made for, and for no other", () => {
    const sealed = seal(keys, "whsec_secret", "row");
    expect(sealed).not.toContain("secret");
    expect(seal(keys, "whsec_secret", "row")).not.toBe(sealed);
    expect(unseal(keys, sealed, "row")).toBe("whsec_secret");
    expect(unseal(keys, sealed, "other")).toBeNull();
    expect(unseal(keys, `${sealed.slice(0, -2)}AA`, "row")).toBeNull();
    expect(
      unseal({ peppers: { current: "b", byId: new Map([["b", Buffer.alloc(32, 2)]]) } }, sealed, "row"),
    ).toBeNull();
    expect(unseal(keys, "", "row")).toBeNull();
  });
});

it("a notice whose kind is gone still has words", () => {
  expect(describeNotice("key.unheard", "CI", {})).toEqual({ title: "key.unheard", text: "" });
  expect(describeNotice("key.expiring", "CI", { days: 3, expires_at: "2026-11-24T12:00:00.000Z" }).title).toBe(
    "“CI” expires within 3 days",
  );
});

it("kinds come in their order, once each", () => {
  const parsed = setWebhookInput.parse({
    url: " https://a.example ",
    kinds: ["quota.reached", "key.unused", "key.unused"],
  });
  expect(parsed).toMatchObject({
    url: "https://a.example",
    kinds: ["key.unused", "quota.reached"],
    rotateSecret: false,
  });
  expect(setWebhookInput.safeParse({ url: "https://a.example", kinds: [] }).success).toBe(false);
});
