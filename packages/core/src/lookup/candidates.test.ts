import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise } from "../values";
import { candidatesOf } from "./candidates";

const named = (type: Parameters<typeof candidatesOf>[0], value: string) =>
  candidatesOf(type, value).map((candidate) => `${candidate.relation} ${candidate.value}`);

describe("candidatesOf", () => {
  it.each([
    ["ipv4", "192.0.2.129", 25, "192.0.2.128/25"],
    ["ipv4", "192.0.2.129", 8, "192.0.0.0/8"],
    ["ipv4", "192.0.2.129", 31, "192.0.2.128/31"],
    ["ipv6", "2001:db8::ff", 127, "2001:db8::fe/127"],
    ["ipv6", "2001:db8::ff", 19, "2001::/19"],
  ] as const)("has for %s %s the network of %d bits", (type, value, _, network) => {
    expect(named(type, value)).toContain(`network ${network}`);
  });

  it("has every network that normalising knows, once, under the id that it is stored by", () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 8, max: 31 }), (parts, bits) => {
        const address = parts.join(".");
        const network = normalise("ipv4", `${address}/${bits}`);
        fc.pre(network.ok);
        const all = candidatesOf("ipv4", address);
        expect(all.map(({ value }) => value)).toContain(network.value);
        expect(all).toHaveLength(25);
        expect(new Set(all.map(({ id }) => id)).size).toBe(25);
      }),
    );
    expect(candidatesOf("ipv6", "2001:db8::1")).toHaveLength(110);
  });

  it("has for a network only the wider ones", () => {
    expect(named("ipv4", "198.51.100.0/10")).toEqual([
      "exact 198.51.100.0/10",
      "network 198.0.0.0/9",
      "network 198.0.0.0/8",
    ]);
    expect(named("ipv4", "198.0.0.0/8")).toEqual(["exact 198.0.0.0/8"]);
  });

  it("has the domains above a domain, down to two labels", () => {
    expect(named("domain", "a.b.malware.example")).toEqual([
      "exact a.b.malware.example",
      "parent_domain b.malware.example",
      "parent_domain malware.example",
    ]);
    expect(named("domain", "malware.example")).toEqual(["exact malware.example"]);
  });

  it("has the host of a URL or an e-mail address, and what holds that", () => {
    expect(named("url", "https://u:p@cdn.malware.example:8443/a@b?c")).toEqual([
      "exact https://u:p@cdn.malware.example:8443/a@b?c",
      "same https://cdn.malware.example:8443/a@b?c",
      "host cdn.malware.example",
      "parent_domain malware.example",
    ]);
    expect(named("url", "http://[2001:db8::1]:8080/")).toContain("host 2001:db8::1");
    expect(named("url", "http://192.0.2.1/")).toContain("network 192.0.2.0/24");
    expect(named("email", "a@malware.example")).toEqual(["exact a@malware.example", "host malware.example"]);
  });

  it("has the plain ways to write a URL or an e-mail address", () => {
    expect(named("url", "http://malware.example")).toEqual([
      "exact http://malware.example",
      "same http://malware.example/",
      "host malware.example",
    ]);
    expect(named("url", "http://malware.example/#!a").slice(0, 3)).toEqual([
      "exact http://malware.example/#!a",
      "fragment http://malware.example/",
      "fragment http://malware.example",
    ]);
    expect(named("email", "Bob@malware.example")[1]).toBe("same bob@malware.example");
  });

  it("has nothing around a hash, a CVE or a technique", () => {
    expect(candidatesOf("md5", "0".repeat(32))).toHaveLength(1);
    expect(candidatesOf("cve", "CVE-2026-12345")).toHaveLength(1);
    expect(candidatesOf("mitre_attack", "T1059.001")).toHaveLength(1);
  });
});
