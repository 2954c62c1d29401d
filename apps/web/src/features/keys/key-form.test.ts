import { describe, expect, it } from "vitest";
import type { Scope } from "../../components/key/key";
import { checkDays, type KeyFormValues, toCreateInput } from "./key-form";

const all: Scope[] = ["read:iocs", "read:articles"];
const plain: KeyFormValues = { name: " SIEM ", expires: "never", days: 14, scopes: all, allowedIps: [] };

describe("the form of a new key", () => {
  it("leaves out what is at its default", () => {
    expect(toCreateInput(plain, all)).toEqual({ name: "SIEM" });
  });
  it("sends what was chosen", () => {
    const chosen = { ...plain, expires: "90", scopes: all.slice(0, 1), allowedIps: [" 198.51.100.0/24 "] };
    expect(toCreateInput(chosen, all)).toEqual({
      name: "SIEM",
      expires_in_days: 90,
      scopes: ["read:iocs"],
      allowed_ips: ["198.51.100.0/24"],
    });
    expect(toCreateInput({ ...plain, expires: "custom", days: 3 }, all).expires_in_days).toBe(3);
  });
  it("wants a whole number of days only where days are asked", () => {
    const custom = { ...plain, expires: "custom" };
    for (const days of [0, 366, 1.5, ""]) expect(checkDays(days, custom)).not.toBeNull();
    expect(checkDays(365, custom)).toBeNull();
    expect(checkDays("", plain)).toBeNull();
  });
});
