import { describe, expect, it } from "vitest";
import type { KeyFormValues } from "./key-form";
import { toUpdateInput } from "./update-input";

const key = {
  name: "SIEM",
  scopes: ["read:iocs" as const, "read:articles" as const],
  allowed_ips: ["192.0.2.0/24", "198.51.100.0/24"],
  expires_at: "2026-12-24T12:00:00.000Z",
};
const same: KeyFormValues = {
  name: " SIEM ",
  expires: "keep",
  days: 14,
  scopes: ["read:articles", "read:iocs"],
  allowedIps: ["198.51.100.0/24", " 192.0.2.0/24"],
};

describe("the changes of a key", () => {
  it("are none where the form says the same in another order", () => {
    expect(toUpdateInput(same, key)).toEqual({});
  });
  it.each<[Partial<KeyFormValues>, object]>([
    [{ name: "Other" }, { name: "Other" }],
    [{ scopes: ["read:iocs"] }, { scopes: ["read:iocs"] }],
    [{ allowedIps: [] }, { allowed_ips: null }],
    [{ allowedIps: ["192.0.2.0/24"] }, { allowed_ips: ["192.0.2.0/24"] }],
    [{ expires: "never" }, { expires_in_days: null }],
    [{ expires: "90" }, { expires_in_days: 90 }],
    [{ expires: "custom", days: 3 }, { expires_in_days: 3 }],
  ])("%j", (change, expected) => {
    expect(toUpdateInput({ ...same, ...change }, key)).toEqual(expected);
  });
});
