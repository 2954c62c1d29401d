import fs from "node:fs";
import { superLinear, unlisted } from "@tocsin/core/testing/hostile";
import { describe, expect, it } from "vitest";
import { wireReaders } from "./readers.testing";

/** What `wire` exports and no text from outside reaches by itself, by the reason. */
const notReaders = {
  "it gets what the HTTP parser has read, whose addresses core reads": [
    ...["wire.clientAddress", "wire.clientHeaders", "wire.isFromLoopback", "wire.isUnsafe", "wire.originOf"],
    ...["wire.hasSecret", "wire.sendFile", "wire.requireOneHost", "wire.requirePlainPath"],
    ...["wire.allowSlowBody", "wire.mayBeSlow"],
  ],
  "it reads a setting": ["wire.basePathOf"],
  "it passes on what another reads": ["wire.readJsonBodies", "wire.unpackBody"],
  "it writes": [
    ...[
      "wire.compressAnswer",
      "wire.encode",
      "wire.errorBody",
      "wire.logUnforeseen",
      "wire.newRequestId",
      "wire.fileOf",
      "wire.nowhere",
      "wire.requestLog",
      "wire.securityHeaders",
    ],
    ...["wire.sendError", "wire.toAppError", "wire.allowOrigin", "wire.answerPreflight"],
  ],
};

describe("what a request brings", () => {
  it.each(wireReaders)("$name takes time by the length of hostile text", { timeout: 180_000 }, async (reader) => {
    expect(await superLinear(reader)).toEqual([]);
  });

  it("reaches no exported function that is not grown here", async () => {
    const files = fs.readdirSync(import.meta.dirname).filter((name) => !/test(?:ing)?\.ts$/.test(name));
    const modules = await Promise.all(
      files.map(async (file): Promise<object> => import(`../wire/${file.slice(0, -3)}.ts`)),
    );
    expect(unlisted({ wire: Object.assign({}, ...modules) }, wireReaders, notReaders)).toEqual([]);
  });
});
