import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import type { OwnFeedFormat } from "@tocsin/core/own-feeds";
import { detect, resolveAs } from "@tocsin/core/values";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { BodyError } from "../definition/layout";
import { type Mapping, type Read, readAsPull } from "../testing/read-as-pull";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-own-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

const read = (format: OwnFeedFormat, mapping: Mapping, body: string | Uint8Array) =>
  readAsPull(dir, format, mapping, body);
const values = ({ said }: Read) => said.map(({ value }) => value);
const csv = { fields: { value: "ip", type: "kind", first_seen: "seen" }, separator: ";" } as const;

describe("a plain list", () => {
  it("takes each line's value without its comment, quotes and comma", async () => {
    const body = `# head\n192.0.2.1\n192.0.2.2 # why\n"192.0.2.3",\n\n  evil.example\t; note\nhttp://a.example/#x\n`;
    expect(values(await read("plain", {}, body))).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "192.0.2.3",
      "evil.example",
      "http://a.example/#x",
    ]);
  });

  it.each([
    ["a byte order mark and CRLF", Buffer.from("\ufeff192.0.2.1\r\n192.0.2.2\r\n")],
    ["lone CRs", Buffer.from("192.0.2.1\r192.0.2.2\r")],
    ["UTF-16LE", Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from("192.0.2.1\n192.0.2.2\n", "utf16le")])],
    ["gzip", zlib.gzipSync("192.0.2.1\n192.0.2.2\n")],
  ])("is read with %s", async (_, body) => {
    expect(values(await read("plain", {}, body))).toEqual(["192.0.2.1", "192.0.2.2"]);
  });

  it("keeps its other lines where one is a megabyte long or not UTF-8", async () => {
    const body = Buffer.concat([
      Buffer.from(`192.0.2.1\n${"a".repeat(1_048_576)}\n`),
      Buffer.of(0x63, 0x61, 0x66, 0xe9, 0x2e, 0x65, 0x78, 0x0a),
      Buffer.from("192.0.2.2\n"),
    ]);
    const found = await read("plain", {}, body);
    expect(values(found)).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(found.bad).toEqual([
      [2, "the line is too long"],
      [3, "the value holds bytes that are not UTF-8"],
    ]);
  });

  it.each([
    ["a web page", "<!doctype html><html><body>blocked</body></html>", "a web page"],
    ["JSON", '{"a": 1}', "fits none of the feed's layouts: one value a line"],
    ["nothing", " \n", "empty"],
    ["a gzip of a gzip", zlib.gzipSync(zlib.gzipSync(zlib.gzipSync("192.0.2.1\n"))), "packed twice"],
  ])("is not %s", async (_, body, message) => {
    await expect(read("plain", {}, body)).rejects.toThrow(message);
  });

  it("is no bomb", async () => {
    await expect(read("plain", {}, zlib.gzipSync(Buffer.alloc(20_000_000, "1\n")))).rejects.toThrow(
      "larger than 8000000 bytes",
    );
  });
});

describe("a table", () => {
  it("goes by the names of its header, whatever their case and order, and lists what does not read", async () => {
    const body =
      'Seen;"IP" ;note;Kind\n22.11.2026;192.0.2.1;"a;b\nc";ip\n2026-11-22;;x;ip\na;b\n;evil.example;;domain\n;x;;sha3\n';
    const found = await read("csv", csv, body);
    expect(found.said).toMatchObject([
      { value: "192.0.2.1", type: "ipv4", firstSeen: new Date("2026-11-22T00:00:00Z") },
      { value: "evil.example", type: "domain" },
    ]);
    expect(found.bad).toEqual([
      [4, "the value is empty"],
      [5, "2 fields where there are 4 columns"],
      [7, "no indicator of a known type: sha3"],
    ]);
  });

  it.each([
    ["a header in a comment", { ...csv, header: "comment" }, "# list\n# seen;ip;kind\n2026-11-22;192.0.2.1;ip\n"],
    ["no header", { ...csv, header: "none", fields: { value: "2", type: "3" } }, "2026-11-22;192.0.2.1;ip\n"],
    ["tabs", { ...csv, separator: "\t" }, "seen\tip\tkind\n2026-11-22\t192.0.2.1\tip\n"],
    ["bars", { ...csv, separator: "|" }, "seen | ip | kind\n2026-11-22 | 192.0.2.1 | ip\n"],
    ["blanks", { ...csv, separator: " " }, "seen  ip   kind\n2026-11-22   192.0.2.1 ip\n"],
    ["two columns of one name", csv, "seen;ip;kind;note;note;\n2026-11-22;192.0.2.1;ip;a;b;\n"],
    ["other comments", { ...csv, comment: "//" }, "// made today\nseen;ip;kind\n2026-11-22;192.0.2.1;ip\n"],
  ] as const)("has %s", async (_, mapping, body) => {
    const found = await read("csv", mapping, body);
    expect(found.said).toMatchObject([{ value: "192.0.2.1", type: "ipv4" }]);
    expect(found.bad).toEqual([]);
  });

  it("says which columns its header lacks", async () => {
    const found = await read("csv", csv, "address;kind\n192.0.2.1;ip\n");
    expect(found.said).toEqual([]);
    expect(found.bad[0]?.[1]).toBe("no header names ip, kind, seen");
  });

  it("that ends inside a row is cut", async () => {
    const body = "seen;ip;kind\n2026-11-22;192.0.2.1;ip\n2026-11-22;192";
    expect((await read("csv", csv, body)).cut).toBe("the body ends inside a row");
    expect((await read("csv", csv, 'seen;ip;kind\n2026-11-22;192.0.2.1;"ip')).cut).toBe(
      "the body ends inside a quoted field",
    );
  });
});

describe("JSON", () => {
  const mapping = {
    path: "data.items",
    fields: { value: "net.ip", tags: "labels.name", confidence: "score", last_seen: "at" },
  };

  it("goes by paths, through lists, and lets bad records be", async () => {
    const body = JSON.stringify({
      items: [{ net: { ip: "198.51.100.9" } }],
      data: {
        count: 2,
        items: [
          {
            net: { ip: ["192.0.2.1", "192.0.2.2"] },
            labels: [{ name: "a" }, { name: "b" }],
            score: 85,
            at: 1795343415,
          },
          { net: {} },
          5,
          { net: { ip: "192.0.2.3" }, score: 0.4 },
        ],
      },
    });
    const found = await read("json", mapping, body);
    expect(found.said).toMatchObject([
      { value: "192.0.2.1", tags: ["a", "b"], confidence: "high", lastSeen: new Date(1795343415_000) },
      { value: "192.0.2.2" },
      { value: "192.0.2.3", confidence: "medium" },
    ]);
    expect(found.bad).toEqual([
      [1, "the value is empty"],
      [1, "not an object"],
    ]);
  });

  it.each([
    ["a list at its top", "", { value: "v" }, '[{"v": "192.0.2.1"}]'],
    ["a list of texts", "ips", { value: "$value" }, '{"ips": ["192.0.2.1"]}'],
    ["a list of texts at its top", "", { value: "$value" }, '["192.0.2.1"]'],
    ["records under their values", "*", { value: "$key" }, '{"192.0.2.1": {"seen": 1}}'],
    ["such records further in", "a.b.*", { value: "$key" }, '{"x": {"192.0.2.9": {}}, "a": {"b": {"192.0.2.1": {}}}}'],
    ["lists under ids", "*", { value: "v" }, '{"7": [{"v": "192.0.2.1"}]}'],
    ["names with dots", "", { value: "ip.src" }, '[{"ip.src": "192.0.2.1"}]'],
  ])("may be %s", async (_, path, fields, body) => {
    const found = await read("json", { path, fields }, body);
    expect(values(found)).toEqual(["192.0.2.1"]);
    expect(found.bad).toEqual([]);
  });

  it("cut in its middle is a cut, and without the list is refused", async () => {
    const whole = '{"data": {"items": [{"net": {"ip": "192.0.2.1"}}, {"net": {"ip": "192.0.2.2"}}]}}';
    for (let at = 1; at < whole.length; at++) {
      const found = await read("json", mapping, whole.slice(0, at)).catch((error: unknown) => error);
      expect(found instanceof BodyError || (found as Read).cut !== undefined).toBe(true);
    }
    await expect(read("json", mapping, '{"data": []}')).rejects.toThrow('no list of records at "data.items"');
  });

  it("never throws for what stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom("", "*", "a.b"), async (value, path) => {
        const found = await read("json", { path, fields: { value: "a.b" } }, JSON.stringify({ a: { b: value } })).catch(
          (error: unknown) => error,
        );
        if (found instanceof Error) expect(found).toBeInstanceOf(BodyError);
      }),
      { numRuns: 50 },
    );
  });
});

it("NDJSON is read a line at a time, and a cut last line is a cut", async () => {
  const mapping = { fields: { value: "ip" } };
  const found = await read("ndjson", mapping, '{"ip": "192.0.2.1"}\r\n\r\nnonsense\r\n{"ip": "192.0.2.2"}');
  expect(values(found)).toEqual(["192.0.2.1", "192.0.2.2"]);
  expect(found).toMatchObject({ bad: [[3, "not valid JSON"]], cut: undefined });
  expect((await read("ndjson", mapping, '{"ip": "192.0.2.1"}\n{"ip": "19')).cut).toBe("the body ends inside a record");
});

it.each([
  ["hosts", "127.0.0.1 localhost\n0.0.0.0 evil.example # c2\n", ["evil.example"]],
  [
    "rpz",
    "$TTL 60\n@ SOA localhost. root.localhost. 1 1 1 1 1\nevil.example CNAME .\n*.evil.example CNAME .\n",
    ["evil.example", "evil.example"],
  ],
  [
    "stix",
    JSON.stringify({
      type: "bundle",
      id: "bundle--0",
      objects: [{ type: "indicator", pattern: "[url:value = 'http://evil.example/']", pattern_type: "stix" }],
    }),
    ["http://evil.example/"],
  ],
] as const)("%s needs no mapping", async (format, body, expected) => {
  expect(values(await read(format, {}, body))).toEqual(expected);
});

describe("values in odd forms come to one form or to nothing", () => {
  it.each([
    ["hxxps://evil[.]example[:]8443/a", "https://evil.example:8443/a"],
    ["evil(dot)example", "evil.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["раураl.example", "xn--l-7sba6dbr.example"],
    ["45.60.1.2:8080", "45.60.1.2"],
    ["[2a00:1::2]:443", "2a00:1::2"],
    ["45.60.1.2/24", "45.60.1.0/24"],
    ["::ffff:45.60.1.2", "45.60.1.2"],
    ["evil.example:8080", "evil.example"],
  ])("%s", (text, value) => {
    const found = detect(text);
    expect(found.ok && found.value).toBe(value);
  });

  it.each([
    "0x2d.0x3c.0x1.0x2",
    "055.074.01.02",
    "757858562",
    "0x2d3c0102",
    "45.60.258",
    "0.0.0.0/0",
    "127.0.0.1",
    "45.0.0.0/7",
    "2a00::/18",
  ])("%s is no address that is taken", (text) => {
    for (const found of [detect(text), resolveAs("ipv4", text)]) expect(found.ok).toBe(false);
  });
});

it("a row whose time cannot be read, or in two ways, is refused, and not listed as of now", async () => {
  const mapping = { fields: { value: "ip", first_seen: "first", last_seen: "last" } };
  const rows = ["21/01/17 07:30,", "04/05/2026,", "unknown,0", "1970-01-01,", "21/01/17,2026-05-06", "2026-05-06,?"];
  const body = `ip,first,last\n${rows.map((row, at) => `192.0.2.${at + 1},${row}\n`).join("")}`;
  const { said, bad } = await read("csv", mapping, body);
  expect(bad.map(([line]) => line)).toEqual([2, 3]);
  expect(bad[0]?.[1]).toBe("its time cannot be read, or in more than one way");
  const day = new Date("2026-05-06T00:00:00Z");
  expect(said.map(({ value, firstSeen, lastSeen }) => ({ value, firstSeen, lastSeen }))).toEqual([
    { value: "192.0.2.3" },
    { value: "192.0.2.4" },
    { value: "192.0.2.5", lastSeen: day },
    { value: "192.0.2.6", firstSeen: day, lastSeen: day },
  ]);
});
