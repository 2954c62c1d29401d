import { asyncCpuGrowth } from "@tocsin/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indicatorFeeds as feeds } from "../catalog/registry";
import type { Layout } from "../definition/layout";
import { readBody } from "../testing/bodies";
import { sample, samples } from "../testing/samples";
import { readCsv } from "./csv";
import { splitCsv } from "./csv-record";
import { decodeText } from "./decode";
import { fieldsOfObject } from "./json";
import { readLines } from "./lines";
import { seen } from "./said";
import { utc } from "./times";

const kin = (id: string) => id.replace(/-(csv|json|text)$/, "");
const files = samples.map(({ file }) => ({
  file,
  ids: feeds.map(({ id }) => id).filter((id) => file.startsWith(kin(id))),
}));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
// Layouts of one name are one reader, whatever it says of its values.
const layouts = [...new Map(feeds.flatMap(({ layouts: all }) => all.map((layout) => [layout.name, layout]))).values()];

async function* once(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function readAll(layout: Layout, ...chunks: Uint8Array[]) {
  const state: { lines: number; cut?: string } = { lines: 0 };
  const rows = [];
  for await (const group of layout.read(once(...chunks), state)) rows.push(...group);
  return { rows, ...state };
}

async function gather<T>(groups: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const group of groups) all.push(...group);
  return all;
}

describe("every reader", () => {
  test.each(files)("reads $file the same in any chunks", async ({ file, ids }) => {
    expect(ids.length).toBeGreaterThan(0);
    const body = sample(file);
    for (const id of ids) {
      const whole = await readBody(id, body);
      if (whole === null) continue;
      await fc.assert(
        fc.asyncProperty(sizes, async (chunks) => {
          expect(await readBody(id, body, chunks)).toEqual(whole);
        }),
        { numRuns: 15 },
      );
    }
  });

  test("reads the same with CRLF and with a byte order mark", async () => {
    for (const { file, ids } of files) {
      const text = sample(file).toString().replaceAll("\r\n", "\n");
      for (const id of ids) {
        const whole = await readBody(id, Buffer.from(text));
        expect(await readBody(id, Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`), [3, 1])).toEqual(whole);
      }
    }
  });

  test("throws for no bytes whatever", async () => {
    const odd = fc.constantFrom(
      '"',
      ",",
      "\n",
      "\r",
      "{",
      "}",
      "[",
      "]",
      "#",
      ";",
      "\\",
      ":",
      "\u0000",
      "é",
      "192.0.2.1",
      "ioc",
    );
    const text = fc.array(odd, { maxLength: 60 }).map((parts) => Buffer.from(parts.join("")));
    const bytes = fc.oneof(text, fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.constantFrom(...layouts), async (one, two, layout) => {
        layout.fits(new TextDecoder().decode(one));
        const { rows, lines } = await readAll(layout, one, two);
        for (const row of rows) {
          expect(row.line).toBeGreaterThan(0);
          expect(row.line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("throws for no damage to a body, and loses no line count", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.uint8Array({ maxLength: 6 }),
        async ({ file, ids }, at, junk) => {
          const body = sample(file);
          const place = at % body.length;
          const damaged = Buffer.concat([body.subarray(0, place), junk, body.subarray(place + 3)]);
          for (const id of ids)
            for (const row of (await readBody(id, damaged, [50]))?.rows ?? []) expect(row.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("gives one bad row at most for a body without end", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "a");
    const head = Buffer.from('[{"ip_address":"');
    for (const layout of layouts) {
      const { rows } = await readAll(layout, head, chunk, chunk);
      expect(rows.length).toBeLessThanOrEqual(1);
      for (const row of rows) expect(row.text.length).toBeLessThanOrEqual(200);
    }
  });

  test.each([":", "a.", "1.", " a", "a ", '"', '","', ";", "a:", "\\", "/", "a\t", "ExitAddress ", "{", "#"])(
    "takes CPU time in proportion to the length of a line that repeats %j",
    async (unit) => {
      const read = async (repeated: string) => {
        const text = `\n${repeated}x\n`;
        const row = `#ip,ioc\n192.0.2.1,${text.trim()}\nExitAddress ${text.trim()}\n1${text.trim()}`;
        for (const layout of layouts) await readAll(layout, Buffer.from(text), Buffer.from(row));
      };
      expect(await asyncCpuGrowth(read, (size) => unit.repeat(size / unit.length), 50_000)).toBeLessThan(2.5);
    },
  );
});

describe("text", () => {
  const decode = async (...chunks: Uint8Array[]) => {
    let text = "";
    for await (const piece of decodeText(once(...chunks))) text += piece;
    return text;
  };

  test("is the same in any chunks, with one kind of line end", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "𝄞", "\r", "\n", "\r\n", "\u0085"), maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, sizes, async (written, [size = 1]) => {
        const body = Buffer.from(written);
        const chunks = Array.from({ length: Math.ceil(body.length / size) }, (_, i) =>
          body.subarray(i * size, (i + 1) * size),
        );
        expect(await decode(...chunks)).toBe(written.replace(/\r\n?/g, "\n"));
      }),
    );
  });

  test("is UTF-16 where a mark says so", async () => {
    const body = Buffer.from("\ufeffü,1\r\n", "utf16le");
    expect(await decode(body.subarray(0, 1), body.subarray(1))).toBe("ü,1\n");
  });

  test("gives lines with their numbers, and says which has no end", async () => {
    const lines = await gather(readLines(once(Buffer.from("a\n\nb\rc\u0085d"), Buffer.from("e")), { lines: 0 }));
    expect(lines).toEqual([
      { line: 1, text: "a", open: false, long: false },
      { line: 2, text: "", open: false, long: false },
      { line: 3, text: "b", open: false, long: false },
      { line: 4, text: "c\u0085de", open: true, long: false },
    ]);
  });
});

describe("CSV", () => {
  test("splits what RFC 4180 writes", () => {
    const fields = fc.array(fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", " ", "#") }), { minLength: 1 });
    fc.assert(
      fc.property(fields, (row) => {
        const written = row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
        expect(splitCsv(written)).toEqual({ ok: true, fields: row });
        expect(splitCsv(row.map((field) => `"${field.replaceAll('"', '""')}"`).join(" , "))).toEqual({
          ok: true,
          fields: row,
        });
      }),
    );
  });

  test("joins lines of a quoted field, and lets no stray quote swallow what follows", async () => {
    const body = '#id,note\n1,"two\nlines"\n"2,stray\n3,c\n4,"a ""b"" c"\n5,e\n';
    const rows = await gather(
      readCsv(once(Buffer.from(body)), { lines: 0 }, { header: ["id", "note"] }, (fields) => [
        { value: fields("ID"), context: fields("note") },
      ]),
    );
    expect(
      rows.map((row) => ("observations" in row ? [row.line, row.observations[0]?.context] : [row.line, "bad"])),
    ).toEqual([
      [2, "two lines"],
      [4, "bad"],
      [5, "c"],
      [6, 'a "b" c'],
      [7, "e"],
    ]);
  });
});

describe("fields", () => {
  test("of an object are its own texts, numbers and lists", () => {
    const fields = fieldsOfObject({ a: " x ", b: 5, c: ["p", 1, "q"], d: null, e: { f: 1 }, g: "None" });
    expect(["a", "b", "c", "d", "e", "g", "toString", "__proto__"].map((name) => fields(name))).toEqual([
      ...["x", "5", "p,q", "", "", "", "", ""],
    ]);
    expect(fields("d", "g", "b")).toBe("5");
  });

  test.each([
    ["2026-02-28 23:59:59", "2026-02-28T23:59:59.000Z"],
    ["2026-02-28 23:59:59 UTC", "2026-02-28T23:59:59.000Z"],
    ["2026-02-28T23:59:59.123Z", "2026-02-28T23:59:59.000Z"],
    ["2026-02-28", "2026-02-28T00:00:00.000Z"],
    ["2026-02-28T10:00:00+00:00", "2026-02-28T10:00:00.000Z"],
    ["2026-02-28T01:30:00.5+02:00", "2026-02-27T23:30:00.000Z"],
    ["2026-02-28 10:00:00 -0530", "2026-02-28T15:30:00.000Z"],
    ["2026-02-30", undefined],
    ["2026-13-01", undefined],
    ["0000-00-00 00:00:00", undefined],
    ["28.02.2026", undefined],
    ["", undefined],
  ])("the time %j is %j", (text, expected) => {
    expect(utc(text)?.toISOString()).toBe(expected);
  });

  test("a last time never lies before the first", () => {
    expect(seen("2026-02-28 10:00:00", "2026-02-28")).toEqual({
      firstSeen: new Date("2026-02-28T10:00:00Z"),
      lastSeen: new Date("2026-02-28T10:00:00Z"),
    });
    expect(seen("", "2026-02-28")).toEqual({ lastSeen: new Date("2026-02-28T00:00:00Z") });
  });
});
