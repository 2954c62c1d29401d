import { resolveAs } from "@tocsin/core/values";
import { describe, expect, test } from "vitest";
import { readBody } from "../testing/bodies";

/** What a list makes of one line among good ones: the value that core stores, or why there is none. */
async function lineOf(id: string, good: string, line: string): Promise<string> {
  const read = await readBody(id, Buffer.from(`${good}\n${good}\n${line}\n`));
  const row = read?.rows[2];
  if (!row || "problem" in row) return `bad: ${row?.problem}`;
  const [said] = row.observations;
  const found = said?.type ? resolveAs(said.type, said.value) : null;
  if (found?.ok) return `${found.type} ${found.value}${found.port === undefined ? "" : ` port ${found.port}`}`;
  return "refused";
}

describe("a list of addresses", () => {
  test.each([
    ["198.51.100.7 ", "ipv4 198.51.100.7"],
    ["198[.]51[.]100[.]7", "ipv4 198.51.100.7"],
    ["\u200b198.51.100\u2060.7\u200b", "ipv4 198.51.100.7"],
    ["198.51.100[.]7 # seen today", "ipv4 198.51.100.7"],
    ["198.51.100.7:8080", "ipv4 198.51.100.7 port 8080"],
    ["198.51.100.0/24", "ipv4 198.51.100.0/24"],
    ["2001:DB8:0:0::1", "ipv6 2001:db8::1"],
    ["[2001:db8::1]:443", "ipv6 2001:db8::1 port 443"],
    ["0.0.0.0/0", "refused"],
    ["127.0.0.1", "refused"],
    ["10.0.0.0/8", "refused"],
    ["198.51.100.777", "refused"],
    ["198.51.100.7/40", "refused"],
    ["0306.063.0144.07", "bad: not an address"],
    ["0xc6336407", "bad: not an address"],
    ["3325256711", "bad: not an address"],
    ["198.51.100", "bad: not an address"],
    ["198.51.100.7/login.php", "bad: not an address"],
    ["bad.example", "bad: not an address"],
    ["<br>", "bad: not an address"],
  ])("makes of %j: %s", async (line, expected) => {
    expect(await lineOf("c2-tracker", "198.51.100.9", line)).toBe(expected);
  });
});

describe("a list of domains", () => {
  test.each([
    ["BAD.Example.", "domain bad.example"],
    ["bad[.]example", "domain bad.example"],
    ["ba\u00add\u200b.example\u00a0", "domain bad.example"],
    ["bad.example # since May", "domain bad.example"],
    ["bücher.example", "domain xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "domain xn--bcher-kva.example"],
    ["аррӏе.example", "domain xn--80ak6aa92e.example"],
    ["198.51.100.7", "bad: not a domain"],
    ["http://bad.example/", "bad: not a domain"],
    ["bad", "bad: not a domain"],
    ["bad example", "bad: not a domain"],
  ])("makes of %j: %s", async (line, expected) => {
    expect(await lineOf("cert-pl-warning", "good.example", line)).toBe(expected);
  });
});

describe("a list of URLs", () => {
  test.each([
    ["HTTP://BAD.example/A", "url http://bad.example/A"],
    ["hxxp://bad[.]example/a", "url http://bad.example/a"],
    ["hxxps[://]bad[.]example/a", "url https://bad.example/a"],
    ["hxxps[:]//bad[.]example/a", "url https://bad.example/a"],
    ["bad.example", "bad: not a URL"],
    ["//bad.example/a", "bad: not a URL"],
  ])("makes of %j: %s", async (line, expected) => {
    expect(await lineOf("tweetfeed-blocklists", "http://good.example/", line)).toBe(expected);
  });
});
