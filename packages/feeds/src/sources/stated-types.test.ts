import { describe, expect, test } from "vitest";
import { readBody } from "../testing/bodies";

const digits = (length: number) => "ab".repeat(length / 2);

/** What a table makes of one word for a type and a value. */
async function rowOf(id: string, head: string, row: string): Promise<string> {
  const read = await readBody(id, Buffer.from(`${head}\n${row}\n`));
  const [first] = read?.rows ?? [];
  if (!first || "problem" in first) return `bad: ${first?.problem}`;
  return first.observations.map(({ type, value }) => `${type} ${value.slice(0, 40)}`).join(", ") || "nothing";
}

describe.each([
  ["sophos-iocs", "Indicator_type,Data,Note", (word: string, value: string) => `${word},${value},note`],
  ["volexity", "value,entity_type,description", (word: string, value: string) => `${value},${word},note`],
])("%s", (id, head, row) => {
  test.each([
    ["IP address", "192.0.2.1", "ipv4 192.0.2.1"],
    ["ip:port", "192.0.2.1:443", "ipv4 192.0.2.1:443"],
    ["ipv6", "2001:db8::1", "ipv6 2001:db8::1"],
    ["Domain name", "bad.example", "domain bad.example"],
    ["FQDN", "bad.example", "domain bad.example"],
    ["URI", "http://bad.example/a", "url http://bad.example/a"],
    ["SHA-256", digits(64), `sha256 ${digits(40)}`],
    ["MD5 hash", digits(32), `md5 ${digits(32)}`],
    ["file hash", digits(40), `sha1 ${digits(40)}`],
    ["email_address", "someone@bad.example", "email someone@bad.example"],
    ["CVE", "CVE-2099-0001", "cve CVE-2099-0001"],
    ["file_path", "C:/x.exe", "nothing"],
    ["mutex", "Global/x", "nothing"],
  ])("takes %s", async (word, value, expected) => {
    expect(await rowOf(id, head, row(word, value))).toBe(expected);
  });

  test.each(["bitcoin", "constructor", "toString", ""])("refuses the word %j", async (word) => {
    expect(await rowOf(id, head, row(word, "x y"))).toMatch(/^bad: no indicator of a known type/);
  });
});

test("an item of OpenIOC that leads to an address is one", async () => {
  const item = (search: string, content: string) =>
    `<IndicatorItem condition="is"><Context document="x" search="${search}"/><Content type="string">${content}</Content></IndicatorItem>`;
  const items = [
    item("RouteEntryItem/Destination", "192.0.2.9"),
    item("RouteEntryItem/Destination", "bad.example"),
    item("PortItem/remoteIP", "2001:db8::9"),
  ];
  const body = `<?xml version="1.0"?><ioc xmlns="http://schemas.mandiant.com/2010/ioc"><definition>${items.join("")}</definition></ioc>`;
  const rows = (await readBody("openioc", Buffer.from(body)))?.rows ?? [];
  const said = rows.flatMap((row) => ("observations" in row ? row.observations : []));
  expect(said.map(({ type, value }) => `${type} ${value}`)).toEqual([
    "ipv4 192.0.2.9",
    "domain bad.example",
    "ipv6 2001:db8::9",
  ]);
});
