import { describe, expect, it } from "vitest";
import { changeProblems, isWider, type PolicyKey, policyProblems } from "./decide";
import { type KeyPolicy, keyPolicyOf, noKeyPolicy } from "./shape";

const made = new Date("2026-11-21T12:00:00.000Z");
const days = (count: number) => new Date(made.getTime() + count * 86_400_000);
const key = (over: Partial<PolicyKey> = {}): PolicyKey => ({
  expiresAt: null,
  scopes: ["read:iocs", "read:stix"],
  allowedIps: [],
  ...over,
});
const policy = (over: Partial<KeyPolicy>): KeyPolicy => ({ ...noKeyPolicy, ...over });
const fields = (of: KeyPolicy, one: PolicyKey) => policyProblems(of, one, made).map(({ field }) => field);

describe("a key's problems with a policy", () => {
  it("are none where the policy asks for nothing", () => {
    expect(policyProblems(noKeyPolicy, key(), made)).toEqual([]);
  });

  it("name each field and what is allowed", () => {
    const strict = policy({ longest_life_days: 30, require_addresses: true, allowed_scopes: ["read:iocs"] });
    expect(policyProblems(strict, key({ expiresAt: days(31) }), made)).toEqual([
      {
        field: "expires_at",
        problem: "is later than the workspace's key policy allows",
        allowed: "a time until 2026-12-21T12:00:00.000Z, 30 days after the key was made",
      },
      {
        field: "allowed_ips",
        problem: "is required by the workspace's key policy",
        allowed: "at least one address or network that the key works from",
      },
      {
        field: "scopes",
        problem: "the workspace's key policy does not allow read:stix",
        allowed: "read:iocs",
      },
    ]);
    const meets = key({ expiresAt: days(30), allowedIps: ["192.0.2.0/24"], scopes: ["read:iocs"] });
    expect(policyProblems(strict, meets, made)).toEqual([]);
  });

  it("are an end that is missing, by a longest life or by itself", () => {
    expect(fields(policy({ longest_life_days: 30 }), key())).toEqual(["expires_at"]);
    expect(fields(policy({ require_expiry: true }), key())).toEqual(["expires_at"]);
    expect(fields(policy({ require_expiry: true }), key({ expiresAt: days(365) }))).toEqual([]);
  });
});

describe("a change", () => {
  const strict = policy({ longest_life_days: 30, require_addresses: true, allowed_scopes: ["read:iocs"] });
  const off = key({ expiresAt: days(300) });
  const problems = (before: PolicyKey, after: PolicyKey) =>
    changeProblems(strict, { before, after, createdAt: made }).map(({ field }) => field);

  it("may leave as it is, or make narrower, what does not meet the policy", () => {
    expect(problems(off, off)).toEqual([]);
    expect(problems(off, key({ expiresAt: days(200), scopes: ["read:stix"] }))).toEqual([]);
    expect(problems(key(), key({ expiresAt: days(200) }))).toEqual([]);
  });

  it("may not go further from it", () => {
    expect(problems(off, key({ expiresAt: null }))).toEqual(["expires_at"]);
    expect(problems(off, key({ expiresAt: days(301) }))).toEqual(["expires_at"]);
    expect(problems(key({ allowedIps: ["192.0.2.1/32"] }), key())).toEqual(["allowed_ips"]);
    expect(problems(key({ scopes: ["read:iocs"] }), key({ scopes: ["read:iocs", "read:stix"] }))).toEqual(["scopes"]);
  });

  it.each([
    ["more scopes", key({ scopes: ["read:iocs"] }), key(), true],
    ["fewer scopes", key(), key({ scopes: ["read:iocs"] }), false],
    ["a later end", key({ expiresAt: days(1) }), key({ expiresAt: days(2) }), true],
    ["no end", key({ expiresAt: days(1) }), key(), true],
    ["an end", key(), key({ expiresAt: days(2) }), false],
    ["an address for any", key(), key({ allowedIps: ["192.0.2.1/32"] }), false],
    ["any address", key({ allowedIps: ["192.0.2.1/32"] }), key(), true],
    ["another network", key({ allowedIps: ["192.0.2.0/24"] }), key({ allowedIps: ["198.51.100.0/24"] }), true],
    ["a network within", key({ allowedIps: ["192.0.2.0/24"] }), key({ allowedIps: ["192.0.2.128/25"] }), false],
    ["a network around", key({ allowedIps: ["192.0.2.0/24"] }), key({ allowedIps: ["192.0.2.0/23"] }), true],
  ])("to %s is wider or not", (_, before, after, wider) => {
    expect(isWider(before, after)).toBe(wider);
  });
});

describe("a stored policy", () => {
  it("is none where there is none, and loses scopes that are no more", () => {
    expect(keyPolicyOf(null)).toEqual(noKeyPolicy);
    expect(keyPolicyOf({ ...noKeyPolicy, allowed_scopes: ["read:iocs", "read:past"] }).allowed_scopes).toEqual([
      "read:iocs",
    ]);
  });

  it("that cannot be read stops whoever asks", () => {
    expect(() => keyPolicyOf({ longest_life_days: "90" })).toThrow();
  });
});
