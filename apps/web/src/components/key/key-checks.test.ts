import { describe, expect, it } from "vitest";
import { checkAllowedIps, checkKeyName, splitAllowedIps } from "./key-checks";

describe("the checks of a key's or a token's fields", () => {
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
});
