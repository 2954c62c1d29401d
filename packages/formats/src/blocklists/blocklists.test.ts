import type { IocRecord } from "@tocsin/core/iocs";
import { formatAddress, parseAddress } from "@tocsin/core/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { edl } from "./edl";
import { hosts } from "./hosts";
import { addressTrigger, rpz } from "./rpz";
import { content, suricata } from "./suricata";
import { zeek, zeekField, zeekUrl } from "./zeek";

const linesOf = async (text: Promise<string>) => (await text).trimEnd().split("\n");
const valuesOf = (...types: Array<IocRecord["type"]>) =>
  records.filter(({ type }) => types.includes(type)).map(({ value }) => value);
const [record] = records;
async function* page(...changes: Array<Partial<IocRecord>>) {
  yield changes.map((change) => ({ ...(record as IocRecord), ...change }));
}

describe("hosts", () => {
  it("is an address and a name a line, after a comment", async () => {
    const [comment, ...lines] = await linesOf(textOf(hosts, pages(), about));
    expect(comment).toMatch(/^# /);
    const parsed = lines.map((line) => /^(0\.0\.0\.0) ([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+)$/.exec(line)?.[2]);
    expect(parsed).toEqual(valuesOf("domain"));
  });

  it("keeps the instance's name in its comment", async () => {
    const text = await textOf(hosts, page(), { ...about, instanceName: "a\n0.0.0.0 bank.example" });
    expect(text.trimEnd().split("\n")).toHaveLength(1);
  });
});

/** RPZ section 4.3: prefix length and the parts of the address from the last to the first; `zz` stands for `::`. */
function parseTrigger(name: string): string {
  const labels = name.split(".");
  if (labels.pop() !== "rpz-ip") throw new Error(`not a trigger: ${name}`);
  const [length = "", ...parts] = labels;
  if (parts.length === 4 && !parts.includes("zz") && parts.every((part) => /^[0-9]{1,3}$/.test(part))) {
    return length === "32" ? parts.reverse().join(".") : `${parts.reverse().join(".")}/${length}`;
  }
  if (parts.filter((part) => part === "zz").length > 1) throw new Error(`zz twice: ${name}`);
  const address = parts
    .reverse()
    .map((part) => (part === "zz" ? "" : part))
    .join(":")
    .replace(/^:/, "::")
    .replace(/:$/, "::")
    .replace(/^$/, "::");
  return length === "128" ? address : `${address}/${length}`;
}

describe("rpz", () => {
  it("writes an address that parses back to it", () => {
    for (const value of [
      "192.0.2.1",
      "198.51.100.0/24",
      "::",
      "::1",
      "2001:db8::",
      "2001:db8::/32",
      "1:2:3:4:5:6:7:8",
    ]) {
      expect(parseTrigger(addressTrigger(value))).toBe(value);
    }
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const ip = parseAddress(text);
        if (ip === null) return;
        const value = formatAddress(ip);
        expect(parseTrigger(addressTrigger(value))).toBe(value);
      }),
    );
    expect(addressTrigger("2001:db8::dead:beef")).toBe("128.beef.dead.zz.db8.2001.rpz-ip");
  });

  it("is a zone with one SOA, one NS and a policy for each name", async () => {
    const lines = await linesOf(textOf(rpz, pages(), about));
    expect(lines.filter((line) => line.startsWith("@ SOA "))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("@ NS "))).toHaveLength(1);
    const owners = lines.slice(4).map((line) => /^(\S+) CNAME \.$/.exec(line)?.[1] ?? "");
    expect(owners.filter((name) => name.endsWith(".rpz-ip")).map(parseTrigger)).toEqual(valuesOf("ipv4", "ipv6"));
    expect(owners.filter((name) => !name.endsWith(".rpz-ip"))).toEqual(
      valuesOf("domain").flatMap((name) => [name, `*.${name}`]),
    );
  });

  it("takes no name that would be a trigger or keep the zone from loading", async () => {
    const long = `${"a".repeat(60)}.`.repeat(4);
    const odd = page({ type: "domain", value: "32.1.2.0.192.rpz-ip" }, { type: "domain", value: `${long}example` });
    expect(await textOf(rpz, odd, about)).not.toContain("CNAME");
  });
});

it("edl: URLs lose their scheme, get a slash, and none is a wildcard", async () => {
  const url = (value: string) => ({ type: "url" as const, value });
  const from = page(
    url("http://a.example"),
    url("https://a.example:8443/x?y"),
    url("http://a.example/*"),
    url("tcp://a.example:1"),
    url("http://u:p@a.example/x"),
    url("http://a.example?x=1#part"),
  );
  expect(await linesOf(textOf(edl.documentOf({ kind: "url" }), from, about))).toEqual([
    "a.example/",
    "a.example:8443/x?y",
    "a.example/x",
    "a.example/?x=1",
  ]);
  expect(await linesOf(textOf(edl, pages(), about))).toEqual(valuesOf("ipv4", "ipv6"));
});

describe("suricata", () => {
  /** Suricata's content: bytes in hexadecimal between pipes; quotes, semicolons, colons and backslashes nowhere else. */
  function parseContent(text: string): string {
    const bytes = [...text.matchAll(/\|([0-9a-f]{2})\||([^|";:\\])|(.)/gsu)].map(([, hex, plain, wrong]) => {
      if (wrong !== undefined) throw new Error(`not content: ${text}`);
      return hex === undefined ? (plain ?? "").charCodeAt(0) : Number.parseInt(hex, 16);
    });
    return Buffer.from(bytes).toString("utf8");
  }

  it("writes a content that parses back to its text in printable ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(content(text)).toMatch(/^[ -~]*$/);
        expect(parseContent(content(text))).toBe(text);
      }),
    );
  });

  it("numbers its rules without a gap and names the IOC in each", async () => {
    const document = suricata.documentOf({ kind: "rules", first_sid: 100 });
    const rules = (await linesOf(textOf(document, pages(), about))).slice(1);
    const form =
      /^alert (?:ip|dns|http) any any (?:->|<>) \S+ any \(msg:"(?:[^"\\;]|\\.)*"; .*metadata:ioc_id ([0-9a-f-]{36}), .*; sid:([0-9]+); rev:1;\)$/;
    expect(rules.map((rule) => form.exec(rule)?.slice(1))).toEqual(
      records.slice(0, 8).map(({ id }, index) => [id, String(100 + index)]),
    );
  });

  it("writes strings of datasets in base64, and no network among addresses", async () => {
    const names = await linesOf(textOf(suricata.documentOf({ kind: "domain", first_sid: 1 }), pages(), about));
    expect(names.map((line) => Buffer.from(line, "base64").toString())).toEqual(valuesOf("domain"));
    const addresses = await linesOf(textOf(suricata.documentOf({ kind: "ip", first_sid: 1 }), pages(), about));
    expect(addresses).toEqual(["192.0.2.10", "2001:db8::dead:beef"]);
  });
});

describe("zeek", () => {
  /** Zeek's ASCII reader: tabs part fields, `\xHH` is a byte, `-` is no value. */
  const parseField = (field: string) =>
    field === "-"
      ? ""
      : field.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

  it("writes fields that parse back to their text on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(zeekField(text)).toMatch(/^[^\t\r\n]+$/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what is put on one line
        expect(parseField(zeekField(text))).toBe(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " "));
      }),
    );
    for (const text of ["-", "", "\\x41", "a\\"]) expect(parseField(zeekField(text))).toBe(text);
  });

  it.each([
    ["http://a.example", "a.example/"],
    ["http://u:p@a.example/x", "a.example/x"],
    ["https://a.example:8443/x?y=%41%20%5C#part", "a.example:8443/x?y=A\\x20\\x5c"],
    ["http://a.example/é%C3%A9", "a.example/\\xc3\\xa9\\xc3\\xa9"],
    ["http://a.example/100%", "a.example/100%"],
    ["tcp://a.example:1", "a.example:1"],
  ])("has %s as a request is logged", (url, field) => {
    expect(zeekUrl(url)).toBe(field);
  });

  it("has five fields a line, by the types of its framework", async () => {
    const [head = "", ...lines] = await linesOf(textOf(zeek, pages(), about));
    expect(head.split("\t")).toHaveLength(6);
    const rows = lines.map((line) => line.split("\t").map(parseField));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([5]));
    expect(rows.map(([value]) => value)).toEqual(
      records
        .filter(({ type }) => type !== "cve" && type !== "mitre_attack")
        .map(({ value }) => value.replace("http://", "").replace("%20", " ")),
    );
    expect(rows[1]?.[1]).toBe("Intel::SUBNET");
  });
});
