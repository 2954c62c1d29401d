import { Readable } from "node:stream";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { decodeText, unpackBody } from "./body";

const json = "application/json";

describe("the text of a body", () => {
  it.each([
    [json, Buffer.from('{"a":"ü"}')],
    [`${json}; charset=utf-8`, Buffer.from('{"a":"ü"}')],
    [`${json};charset="UTF-8"`, Buffer.from('\ufeff{"a":"ü"}')],
  ])("is read as %s", (type, bytes) => {
    expect(decodeText(type, bytes)).toBe('{"a":"ü"}');
  });

  it.each([
    [json, Buffer.from([0xff]), "malformed_body"],
    [json, Buffer.from("\ufeff{}", "utf16le"), "malformed_body"],
    [json, gzipSync("{}"), "malformed_body"],
    [`${json}; charset=utf-16`, Buffer.from("{}", "utf16le"), "unsupported_media_type"],
    [`${json}; charset=latin1`, Buffer.from("{}"), "unsupported_media_type"],
  ])("is refused as %s with %j", (type, bytes, code) => {
    expect(() => decodeText(type, bytes)).toThrow(expect.objectContaining({ code }));
  });
});

describe("a packed body", () => {
  const limit = 1_000;
  const unpack = async (coding: string, bytes: Buffer) => {
    const headers = { "content-encoding": coding, "content-length": String(bytes.length) };
    const stream = unpackBody({ headers } as unknown as FastifyRequest, Readable.from([bytes]), limit);
    if (stream === null) return null;
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };

  it("comes out as it went in", async () => {
    expect(await unpack("gzip", gzipSync("text"))).toBe("text");
    expect(await unpack("GZIP", gzipSync("text"))).toBe("text");
    expect(await unpack("x-gzip", gzipSync("text"))).toBe("text");
    expect(await unpack("br", brotliCompressSync("text"))).toBe("text");
    expect(await unpack("identity", Buffer.from("text"))).toBeNull();
    expect(await unpack("gzip", Buffer.alloc(0))).toBeNull();
    expect(await unpack("gzip", gzipSync("x".repeat(limit)))).toHaveLength(limit);
  });

  it("is refused where it is too large, broken or in another coding", async () => {
    await expect(unpack("gzip", gzipSync("x".repeat(limit + 1)))).rejects.toMatchObject({ code: "payload_too_large" });
    await expect(unpack("br", brotliCompressSync(Buffer.alloc(1e5)))).rejects.toMatchObject({
      code: "payload_too_large",
    });
    await expect(unpack("gzip", Buffer.from("text"))).rejects.toMatchObject({ code: "malformed_body" });
    await expect(unpack("gzip", gzipSync("text").subarray(0, 12))).rejects.toMatchObject({ code: "malformed_body" });
    await expect(unpack("br", Buffer.from("text"))).rejects.toMatchObject({ code: "malformed_body" });
    for (const coding of ["deflate", "zstd", "gzip, gzip", "constructor"]) {
      await expect(unpack(coding, Buffer.from("x"))).rejects.toMatchObject({ code: "unsupported_media_type" });
    }
  });
});
