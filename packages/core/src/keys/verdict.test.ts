import { describe, expect, it } from "vitest";
import { judgeKey, type KeyFacts } from "./verdict";

const now = new Date("2026-11-21T12:00:00.000Z");
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const good: KeyFacts = {
  id: "k",
  name: "SIEM",
  workspaceId: "w",
  scopes: ["read:iocs", "read:stix"],
  allowedIps: [],
  expiresAt: null,
  revokedAt: null,
  retiresAt: null,
  replaces: null,
  suspendedAt: null,
  tier: "pro",
  overrides: null,
};

describe("judgeKey", () => {
  it.each<[string, Partial<KeyFacts>, string | null, string]>([
    ["revoked", { revokedAt: before }, null, "invalid_api_key"],
    ["revoked by a node whose clock is ahead", { revokedAt: after }, null, "invalid_api_key"],
    ["revoked and expired", { revokedAt: before, expiresAt: before }, null, "invalid_api_key"],
    ["expired", { expiresAt: before }, null, "expired_api_key"],
    ["expiring this very millisecond", { expiresAt: now }, null, "expired_api_key"],
    ["retired secret", { retiresAt: now }, null, "invalid_api_key"],
    ["suspended workspace", { suspendedAt: before }, null, "invalid_api_key"],
    ["wrong address", { allowedIps: ["192.0.2.0/24"] }, "198.51.100.7", "ip_not_allowed"],
    ["unknown address", { allowedIps: ["0.0.0.0/0"] }, null, "ip_not_allowed"],
    ["unreadable rules", { allowedIps: ["everywhere"] }, "192.0.2.1", "ip_not_allowed"],
  ])("refuses: %s", (_, facts, ip, code) => {
    expect(judgeKey({ ...good, ...facts }, ip, now)).toEqual({ usable: false, code });
  });

  it.each<[string, Partial<KeyFacts>, string | null]>([
    ["no end", {}, null],
    ["an end to come", { expiresAt: after, retiresAt: after }, null],
    ["an address in a network", { allowedIps: ["203.0.113.9/32", "192.0.2.0/24"] }, "192.0.2.255"],
    ["an IPv4 address as the socket of an IPv6 server shows it", { allowedIps: ["192.0.2.0/24"] }, "::ffff:192.0.2.9"],
    ["an IPv6 network", { allowedIps: ["2001:db8::/32"] }, "2001:DB8:0:1::9"],
  ])("lets in: %s", (_, facts, ip) => {
    expect(judgeKey({ ...good, ...facts }, ip, now).usable).toBe(true);
  });

  it("gives the tier with the workspace's own figures, and the scopes that it still has", () => {
    const verdict = judgeKey({ ...good, tier: "free", overrides: { requestsPerMinute: 77 } }, null, now);
    if (!verdict.usable) throw new Error(verdict.code);
    expect(verdict.caller).toMatchObject({ kind: "key", keyId: "k", workspaceId: "w" });
    expect(verdict.caller.tier).toMatchObject({ name: "free", requestsPerMinute: 77, requestsPerDay: 1_000 });
    expect(verdict.caller.scopes).toEqual(["read:iocs"]);
  });
});
