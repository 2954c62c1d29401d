import { describe, expect, it } from "vitest";
import { curlLine } from "../../components/key/curl";
import {
  checkAllowedIps,
  checkDays,
  checkKeyName,
  type KeyFormValues,
  type Scope,
  splitAllowedIps,
  toCreateInput,
} from "./key-form";

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
  it("takes addresses and networks of both families", () => {
    expect(checkAllowedIps(["198.51.100.7", "198.51.100.0/24", "2001:db8::/32", "2001:db8::1"])).toBeNull();
    for (const wrong of ["198.51.100.0/33", "256.1.1.1", "example.org", "2001:db8::/129", ""]) {
      expect(checkAllowedIps(["198.51.100.7", wrong])).toContain(`“${wrong}”`);
    }
    expect(checkAllowedIps(Array.from({ length: 101 }, () => "192.0.2.1"))).toContain("100");
  });
  it("splits what is pasted", () => {
    expect(splitAllowedIps(["192.0.2.1 198.51.100.0/24,\n2001:db8::/32;", "192.0.2.1"])).toEqual([
      "192.0.2.1",
      "198.51.100.0/24",
      "2001:db8::/32",
    ]);
  });
  it("counts characters of a name as the server does", () => {
    expect(checkKeyName("🔑".repeat(100))).toBeNull();
    expect(checkKeyName("k".repeat(101))).not.toBeNull();
    expect(checkKeyName("   ")).not.toBeNull();
  });
  it("wants a whole number of days only where days are asked", () => {
    const custom = { ...plain, expires: "custom" };
    for (const days of [0, 366, 1.5, ""]) expect(checkDays(days, custom)).not.toBeNull();
    expect(checkDays(365, custom)).toBeNull();
    expect(checkDays("", plain)).toBeNull();
  });
  it("reads the secret from the environment where it is not known", () => {
    expect(curlLine("https://t.example")).toBe(
      'curl -H "Authorization: Bearer $TOCSIN_KEY" "https://t.example/api/v1/iocs?limit=5"',
    );
  });
});
