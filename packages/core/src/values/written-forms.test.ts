import { describe, expect, it } from "vitest";
import { plainForm, plainForms, samenessOf } from "./written-forms";

describe("plainForm", () => {
  it.each([
    ["url", "http://malware.example", "http://malware.example/"],
    ["url", "http://malware.example/", "http://malware.example/"],
    ["url", "http://malware.example:8080?a=b", "http://malware.example:8080/?a=b"],
    ["url", "http://malware.example/X?a=/#b#c", "http://malware.example/X?a=/"],
    ["url", "http://malware.example#top", "http://malware.example/"],
    ["url", "http://u:p@malware.example", "http://malware.example/"],
    ["url", "http://u@v@malware.example/a@b", "http://malware.example/a@b"],
    ["url", "http://malware.example/@user?mail=a@b.example", "http://malware.example/@user?mail=a@b.example"],
    ["url", "http://malware.example\\u@x", "http://malware.example/u@x"],
    ["url", "tcp://malware.example:4444", "tcp://malware.example:4444"],
    ["url", "http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080/"],
    ["email", "Billing.Desk@malware.example", "billing.desk@malware.example"],
    ["domain", "malware.example", "malware.example"],
    ["mitre_attack", "T1059", "T1059"],
  ] as const)("of the %s %s is %s", (type, value, plain) => {
    expect(plainForm(type, value)).toBe(plain);
    expect(plainForm(type, plain)).toBe(plain);
  });
});

describe("plainForms", () => {
  it.each([
    ["url", "http://u@malware.example#x", ["http://malware.example/", "http://malware.example"]],
    ["url", "http://malware.example/?q=/", ["http://malware.example/?q=/", "http://malware.example?q=/"]],
    ["url", "http://malware.example/x#y", ["http://malware.example/x"]],
    ["url", "tcp://malware.example:4444/", ["tcp://malware.example:4444/"]],
    ["email", "Bob@malware.example", ["bob@malware.example"]],
    ["domain", "malware.example", []],
    ["cve", "CVE-2026-12345", []],
  ] as const)("of the %s %s are %j", (type, value, forms) => {
    expect(plainForms(type, value)).toEqual(forms);
  });
});

describe("samenessOf", () => {
  it.each([
    ["http://malware.example", "http://malware.example/", "same"],
    ["http://malware.example/x", "http://malware.example/x#mail", "same"],
    ["http://malware.example/", "http://u@malware.example", "same"],
    ["http://malware.example#a", "http://malware.example/#a", "same"],
    ["http://malware.example/", "http://malware.example/#!a", "fragment"],
    ["http://malware.example/?q", "http://malware.example/?q#a", "same"],
  ] as const)("of %s and %s is %s, either way round", (one, other, sameness) => {
    expect(samenessOf("url", one, other)).toBe(sameness);
    expect(samenessOf("url", other, one)).toBe(sameness);
  });
});
