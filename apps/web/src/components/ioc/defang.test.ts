import { detect } from "@tocsin/core/values";
import { describe, expect, it } from "vitest";
import { canDefang, defang } from "./defang";

const cases = [
  ["ipv4", "192.0.2.7", "192[.]0[.]2[.]7"],
  ["ipv4", "198.51.100.0/24", "198[.]51[.]100[.]0/24"],
  ["ipv6", "2001:db8::7", "2001[:]db8[:][:]7"],
  ["domain", "malware.example", "malware[.]example"],
  ["url", "https://malware.example/a.php?x=1.2", "hxxps://malware[.]example/a.php?x=1.2"],
  ["url", "http://192.0.2.7:8080/bin.sh", "hxxp://192[.]0[.]2[.]7:8080/bin.sh"],
  ["url", "ftp://files.example/x", "fxp://files[.]example/x"],
  ["email", "a.b@mail.example", "a[.]b[@]mail[.]example"],
  ["sha256", "a".repeat(64), "a".repeat(64)],
  ["cve", "CVE-2024-1234", "CVE-2024-1234"],
] as const;

describe("defang", () => {
  it.each(cases)("writes %s %s as %s", (type, value, safe) => {
    expect(defang(type, value)).toBe(safe);
    expect(canDefang(type)).toBe(value !== safe);
  });

  it.each(cases)("of %s %s is read back as the same value", (type, value) => {
    expect(detect(defang(type, value))).toMatchObject({ ok: true, type, value });
  });
});
