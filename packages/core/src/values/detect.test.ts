import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networksAround } from "./address";
import { detect, resolveAs } from "./detect";
import { iocId } from "./ioc-id";
import { iocTypes } from "./ioc-types";
import { normalise } from "./normalise";
import { isReserved } from "./special-ranges";

const read = (raw: string) => {
  const found = detect(raw);
  return found.ok ? [found.type, found.value, ...(found.port === undefined ? [] : [found.port])] : found.problem;
};

describe("detect", () => {
  it.each([
    ["198.51.100.7", ["ipv4", "198.51.100.7"]],
    ["198.51.100.7:8080", ["ipv4", "198.51.100.7", 8080]],
    ["198[.]51[.]100[.]77/24", ["ipv4", "198.51.100.0/24"]],
    ["198.51.100.7/32", ["ipv4", "198.51.100.7"]],
    ["2001:0DB8:0000:0000:0000:0000:0000:0001", ["ipv6", "2001:db8::1"]],
    ["2001:db8:0:1:0:0:0:1", ["ipv6", "2001:db8:0:1::1"]],
    ["2001:db8::/32", ["ipv6", "2001:db8::/32"]],
    ["[2001:db8::1]:443", ["ipv6", "2001:db8::1", 443]],
    ["::ffff:198.51.100.7", ["ipv4", "198.51.100.7"]],
    ["::ffff:c633:6407", ["ipv4", "198.51.100.7"]],
    ["EVIL.Example.", ["domain", "evil.example"]],
    ["*.evil.example", ["domain", "evil.example"]],
    ["evil.example:8443", ["domain", "evil.example", 8443]],
    ["bücher.example", ["domain", "xn--bcher-kva.example"]],
    ["_dmarc.evil.example", ["domain", "_dmarc.evil.example"]],
    ["hxxp[:]//EVIL[.]example:80/Path?Q=%2f#F", ["url", "http://evil.example/Path?Q=%2f#F"]],
    ["https://user:pw@EVIL.example:8443/a", ["url", "https://user:pw@evil.example:8443/a"]],
    ["https://evil.example:443", ["url", "https://evil.example"]],
    ["evil.example/path", ["url", "http://evil.example/path"]],
    ["http://198.51.100.7/a", ["url", "http://198.51.100.7/a"]],
    ["http://[2001:DB8::1]:80/a", ["url", "http://[2001:db8::1]/a"]],
    ["tcp://evil.example:4444", ["url", "tcp://evil.example:4444"]],
    ["Some.Body@EVIL.example", ["email", "Some.Body@evil.example"]],
    ["bad[at]evil[.]example", ["email", "bad@evil.example"]],
    ["CVE\u20112026\u201112345", ["cve", "CVE-2026-12345"]],
    ["cve-2026-1234", ["cve", "CVE-2026-1234"]],
    ["t1059.001", ["mitre_attack", "T1059.001"]],
    ["A".repeat(32), ["md5", "a".repeat(32)]],
    ["B".repeat(40), ["sha1", "b".repeat(40)]],
    ["c".repeat(64), ["sha256", "c".repeat(64)]],
    ["D".repeat(128), ["sha512", "d".repeat(128)]],
  ])("%s is %o", (raw, expected) => {
    expect(read(raw)).toEqual(expected);
  });

  it.each([
    "",
    " ",
    "evil",
    "0300.0250.1.1",
    "0xc6.0x33.0x64.7",
    "3325256711",
    "198.051.100.7",
    "198.51.100.256",
    "198.51.100.7/33",
    "198.51.100.7:99999",
    "0.0.0.0/0",
    "64.0.0.0/7",
    "10.1.2.3",
    "127.0.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fc00::1",
    "::ffff:10.0.0.1",
    "http://192.168.1.1/a",
    "http://[::1]/a",
    "http://localhost/a",
    "http://2130706433/",
    "http://",
    "javascript:alert(1)",
    "http://evil.example:99999/",
    "CVE-2026-12",
    "a".repeat(33),
    `${"a".repeat(64)}.example`,
    "x".repeat(20_000),
    "a\u0000b.example",
    "\ud800.example",
    "a b c",
  ])("%j is none", (raw) => {
    expect(detect(raw).ok).toBe(false);
  });

  it("never throws, and what it finds is normalised and of the type that it says", () => {
    const near = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.domain(),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.emailAddress(),
      fc.stringMatching(/^[0-9a-fA-F:./[\]@-]{1,60}$/),
    );
    fc.assert(
      fc.property(near, (raw) => {
        const found = detect(raw);
        if (!found.ok) return;
        expect(normalise(found.type, found.value)).toEqual({ ok: true, type: found.type, value: found.value });
        expect(isReserved(found.type, found.value)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

it("resolveAs and normalise take any text as any type without throwing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...iocTypes),
      fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.ipV6()),
      (type, raw) => {
        for (const found of [normalise(type, raw), resolveAs(type, raw)]) {
          if (found.ok) expect(normalise(found.type, found.value)).toMatchObject({ ok: true, value: found.value });
        }
      },
    ),
    { numRuns: 500 },
  );
});

it("keeps documentation ranges, which samples are written with", () => {
  for (const [type, value] of [
    ["ipv4", "192.0.2.0/24"],
    ["ipv4", "198.51.100.1"],
    ["ipv4", "203.0.113.255"],
    ["ipv6", "2001:db8::"],
  ] as const) {
    expect(isReserved(type, value)).toBe(false);
  }
});

describe("networksAround", () => {
  it("names every network that may hold an address, in the form in which it is stored", () => {
    const around = networksAround("198.51.100.7");
    expect(around).toHaveLength(24);
    expect(around[0]).toBe("198.51.100.6/31");
    expect(around).toContain("198.51.100.0/24");
    expect(around.at(-1)).toBe("198.0.0.0/8");
    expect(networksAround("2001:db8::1")).toHaveLength(109);
    expect(networksAround("198.0.0.0/8")).toEqual([]);
    for (const network of around) expect(normalise("ipv4", network)).toMatchObject({ ok: true, value: network });
  });
});

describe("iocId", () => {
  it("is a UUIDv5 that depends on type and value alone", () => {
    expect(iocId("domain", "evil.example")).toBe(iocId("domain", "evil.example"));
    expect(iocId("domain", "evil.example")).not.toBe(iocId("url", "evil.example"));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (value) => {
        expect(iocId("url", value)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it("stays what it was: rows in databases depend on it", () => {
    expect(iocId("domain", "evil.example")).toBe("e5eb32dc-72b7-54b6-9bca-0f21276bb27b");
    expect(iocId("ipv4", "198.51.100.7")).toBe("9335b883-4c9b-5f0f-a80b-d0825c07d89b");
  });
});
