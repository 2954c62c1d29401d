import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillIn, redactor } from "./secret";
import { unpack } from "./unpack";

async function* inPieces(body: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield body.subarray(at, at + size);
    at += size;
  }
  yield body.subarray(at);
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const packers: Record<string, (body: Uint8Array) => Uint8Array> = {
  identity: (body) => body,
  gzip: (body) => zlib.gzipSync(body),
  deflate: (body) => zlib.deflateSync(body),
  br: (body) => zlib.brotliCompressSync(body),
};
const pieces = fc.array(fc.nat(20), { maxLength: 20 });
const bodies = fc.uint8Array({ maxLength: 500 }).filter((body) => body[0] !== 0x1f || body[1] !== 0x8b);

describe("unpack", () => {
  it("gives back what was packed, however it comes in pieces", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(packers)), bodies, pieces, async (name, body, sizes) => {
        const packed = packers[name]?.(body) ?? body;
        expect(await gather(unpack(inPieces(packed, sizes), name))).toEqual(Buffer.from(body));
      }),
    );
  });

  it("never takes a cut stream for a whole one", async () => {
    const packed = fc.constantFrom("gzip", "deflate", "br");
    await fc.assert(
      fc.asyncProperty(packed, fc.uint8Array({ minLength: 1, maxLength: 500 }), fc.nat(), async (name, body, at) => {
        const whole = packers[name]?.(body) ?? body;
        const length = 1 + (at % (whole.length - 1));
        await expect(gather(unpack(inPieces(whole.subarray(0, length), []), name))).rejects.toThrow();
      }),
    );
  });

  it("reads several gzip members as one body, as gzip does", async () => {
    const body = Buffer.concat([zlib.gzipSync("a\n"), zlib.gzipSync("b\n")]);
    expect((await gather(unpack(inPieces(body, [5]), undefined))).toString()).toBe("a\nb\n");
  });

  it("refuses a packing that it does not know", async () => {
    await expect(gather(unpack(inPieces(Buffer.from("x"), []), "zstd"))).rejects.toThrow("unknown way (zstd)");
  });
});

describe("redactor", () => {
  it("blots out the key in each form in which an address or an answer may hold it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: "grapheme-ascii" }), (key) => {
        const { url, headers } = fillIn(
          { name: "a", url: "https://feed.example/{key}/a?k={key}", headers: { Authorization: "Bearer {key}" } },
          key,
        );
        const redact = redactor(key);
        const shown = redact(`${url.href} ${JSON.stringify(headers)} ${key}`);
        expect(shown).not.toContain(key);
        expect(shown).not.toContain(encodeURIComponent(key));
      }),
    );
    expect(redactor(undefined)("text")).toBe("text");
    expect(redactor("")("text")).toBe("text");
  });
});
