import { cpuGrowth } from "@tocsin/core/testing";
import { describe, expect, test } from "vitest";
import { readPattern } from "./stix-pattern";

const sha256 = "c".repeat(64);

describe("a pattern", () => {
  test.each([
    ["[domain-name:value = 'a.bad.example']", ["domain a.bad.example"], []],
    [
      "[ipv4-addr:value='192.0.2.0/24' OR ipv6-addr:value='2001:db8::1']",
      ["ipv4 192.0.2.0/24", "ipv6 2001:db8::1"],
      [],
    ],
    [`[file:hashes.'SHA-256' = '${sha256}' AND file:name = 'a.exe']`, [`sha256 ${sha256}`], ["file:name"]],
    [
      `[file:hashes."SHA-256" = '${sha256}'] FOLLOWEDBY [url:value = 'http://bad.example/']`,
      [`sha256 ${sha256}`, "url http://bad.example/"],
      [],
    ],
    [
      "[url:value IN ('http://a.example/', 'http://b.example/(1)')]",
      ["url http://a.example/", "url http://b.example/(1)"],
      [],
    ],
    [
      "[url:value = 'http://bad.example/\\\\' OR domain-name:value = 'it\\'s']",
      ["url http://bad.example/\\", "domain it's"],
      [],
    ],
    [
      "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.1']",
      ["ipv4 192.0.2.1"],
      [],
    ],
    ["[email-message:from_ref.value = 'a@bad.example']", ["email a@bad.example"], []],
    ["[x509-certificate:hashes.SHA1 = 'aa']", [], ["x509-certificate:hashes.sha1"]],
    ["[url:value LIKE 'http://%' OR url:value != 'http://a.example/']", [], []],
    ["", [], []],
  ])("%j", (pattern, values, others) => {
    const read = readPattern(pattern);
    expect(read.values.map(({ type, value }) => `${type} ${value}`)).toEqual(values);
    expect(read.others).toEqual(others);
  });

  test.each(["a", "a:", "a:b", "a:b IN (", "a:b IN ('", "a:b = '", "'", "\\", "a:b = 'c' OR ", "a:b IN ('c' "])(
    "takes CPU time in proportion to the length of %j repeated",
    (unit) => {
      expect(cpuGrowth(readPattern, (size) => unit.repeat(size / unit.length), 50_000)).toBeLessThan(2.5);
    },
  );
});
