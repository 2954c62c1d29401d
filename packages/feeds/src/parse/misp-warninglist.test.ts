import fs from "node:fs";
import path from "node:path";
import { createWarninglists } from "@tocsin/core/warninglists";
import { describe, expect, it, test } from "vitest";
import { mispWarninglists } from "../sources/misp-warninglists";
import { fitsWarninglist, readWarninglist } from "./misp-warninglist";

const terms = { effect: "hide", urls: "root" } as const;
const body = (some: object) =>
  JSON.stringify({
    name: "List of known example resolvers",
    description: "Example\n resolvers",
    version: 3,
    type: "cidr",
    matching_attributes: ["ip-src", "domain|ip"],
    list: ["192.0.2.53"],
    ...some,
  });

describe("readWarninglist", () => {
  it("reads a list of networks", () => {
    const read = readWarninglist(body({ list: ["192.0.2.0/24", "2001:db8::1", "x", 7] }), "misp-x", terms);
    expect(read).toEqual({
      ok: true,
      list: {
        id: "misp-x",
        name: "Example resolvers",
        kind: "cidr",
        version: "3",
        effect: "hide",
        urls: "root",
        means: "on a list of MISP's: Example resolvers",
        types: ["ipv4", "ipv6"],
        entries: ["192.0.2.0/24", "2001:db8::1"],
      },
      bad: [
        { line: 3, problem: "no value of ipv4, ipv6", text: "x" },
        { line: 4, problem: "no value of ipv4, ipv6", text: "7" },
      ],
    });
  });

  it.each([
    ["hostname", ["hostname", "url"], ["*.Example.COM", ".example.net"], ["domain"], ["example.com", "example.net"]],
    [
      "string",
      ["md5", "filename|sha1"],
      ["D41D8CD98F00B204E9800998ECF8427E", "3::"],
      ["md5", "sha1"],
      ["d41d8cd98f00b204e9800998ecf8427e"],
    ],
    [
      "string",
      ["domain", "url"],
      ["Example.com", "https://EXAMPLE.com/A"],
      ["domain", "url"],
      ["example.com", "https://example.com/A"],
    ],
    ["substring", ["url"], ["/Well-Known/", "a"], ["url"], ["/well-known/"]],
  ])("reads a list of the type %s for %j", (type, matching_attributes, list, types, entries) => {
    const read = readWarninglist(`\ufeff${body({ type, matching_attributes, list })}`, "x", terms);
    expect(read).toMatchObject({ ok: true, list: { types, entries } });
  });

  it.each([
    ["hide", "string", []],
    ["note", "hostname", ["Example resolvers"]],
  ] as const)("a list of names with the effect %s is compared as %s", (effect, kind, below) => {
    const text = body({ type: "hostname", matching_attributes: ["hostname", "url"], list: ["vendor.example"] });
    const read = readWarninglist(text, "x", { effect, urls: "root" });
    if (!read.ok) throw new Error(read.problem);
    expect(read.list.kind).toBe(kind);
    const { matchesOf } = createWarninglists([read.list]);
    const names = (value: string) => matchesOf("domain", value).map(({ name }) => name);
    expect(names("www.vendor.example")).toEqual(["Example resolvers"]);
    expect(names("customer.vendor.example")).toEqual(below);
    expect(matchesOf("url", "https://vendor.example/payload.exe")).toEqual([]);
  });

  it.each([
    ["{", "no JSON"],
    ["null", "no warninglist"],
    [body({ name: " " }), "no name"],
    [body({ type: "regex", list: ["(a+)+$"] }), "regular expressions"],
    [body({ type: "magic" }), "not one of cidr, hostname, string, substring"],
    [body({ list: { a: 1 } }), "no entries"],
    [body({ matching_attributes: ["imphash"] }), "no type of value that is stored"],
    [body({ list: ["a", "b"] }), "none of the list's entries"],
  ])("refuses %s", (text, problem) => {
    expect(readWarninglist(text, "x", terms)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});

const folder = path.resolve(import.meta.dirname, "../../../../../shared/feeds/misp-warninglists");
const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];

describe.skipIf(files.length === 0)("MISP's own lists (skipped without the shared samples)", () => {
  test.each(files)("%s is read, nearly every entry of it", (file) => {
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    expect(fitsWarninglist(text.slice(0, 65_536))).toBe(true);
    const name = file.replace(".json", "");
    const read = readWarninglist(text, name, mispWarninglists.termsOf(name));
    if (!read.ok) throw new Error(read.problem);
    expect(read.bad.length).toBeLessThanOrEqual(read.list.entries.length / 20 + 2);
    const lists = createWarninglists([{ ...read.list, effect: "hide" }]);
    for (const entry of read.list.entries.slice(0, 500)) {
      const found = read.list.types.some((type) => lists.warningsOf(type, entry).length > 0);
      expect({ entry, found }).toEqual({ entry, found: true });
    }
  });
});
