import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, hashEvent, noHash, sameBytes, signHead, storable, storableJson } from "./chain";

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
};

describe("canonical JSON", () => {
  it("is the same whatever the order of the members, and means the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("tells different values apart", () => {
    const meant = (value: unknown) => JSON.parse(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 }), (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(meant(one), meant(other)));
      }),
    );
    expect(canonicalJson({ a: "1" })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ b: { a: 1 }, a: [null, undefined, true] })).toBe('{"a":[null,null,true],"b":{"a":1}}');
  });
});

describe("storable text", () => {
  it("is what UTF-8 can say, without NUL, and stays as it is the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const kept = storable(text);
        expect(kept).not.toContain("\0");
        expect(Buffer.from(kept).toString()).toBe(kept);
        expect(storable(kept)).toBe(kept);
      }),
    );
    expect(storable("a\ud800b\0c✓")).toBe("a\ufffdb\ufffdc✓");
    expect(storable(null)).toBeNull();
    expect(storableJson({ "\0": ["\ud800", { x: undefined }] })).toEqual({ "\ufffd": ["\ufffd", {}] });
  });
});

describe("hashes", () => {
  const keys = { current: "a", byId: new Map([["a", Buffer.alloc(32, 1)]]) };
  const content = {
    ...{ id: "1", at: "2026-11-21T12:00:00.000Z", action: "key.create", outcome: "ok", actorType: "user" },
    ...{ actorId: null, actorName: null, ip: null, userAgent: null, requestId: null },
    ...{ targetType: null, targetId: null, targetName: null, reason: null, details: null },
  };
  const place = { chain: "c", seq: 1, prev: noHash };

  it("are of the key, the chain, the place, the hash before and all of the content", () => {
    const hash = hashEvent(keys, "a", place, content);
    const others = [
      hashEvent({ ...keys, byId: new Map([["a", Buffer.alloc(32, 2)]]) }, "a", place, content),
      ...[{ chain: "d" }, { seq: 2 }, { prev: new Uint8Array(32).fill(1) }].map((change) =>
        hashEvent(keys, "a", { ...place, ...change }, content),
      ),
      ...Object.keys(content).map((name) => hashEvent(keys, "a", place, { ...content, [name]: "other" })),
    ];
    expect(sameBytes(hash, hashEvent(keys, "a", place, { ...content }))).toBe(true);
    for (const other of others) expect(sameBytes(hash, other)).toBe(false);
    expect(hashEvent(keys, "b", place, content)).toBeNull();
  });

  it("of an event never sign a head", () => {
    const head = signHead(keys, "a", { chain: "c", seq: 1, hash: noHash });
    expect(sameBytes(head, hashEvent(keys, "a", place, content))).toBe(false);
  });
});
