import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createQueryCursor, createSignedCursor, createTimeCursor, readNumberCursor } from "./cursor";

const id = "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11";
const at = new Date("2026-03-04T05:06:07.089Z");
const refused = { code: "invalid_parameter", details: { fields: [{ field: "cursor" }] } };

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe.each([true, false])("a query's cursor, ranked: %s", (ranked) => {
  const cursor = createQueryCursor({ ranked, otherQuery: "was made by another" });

  it("gives back the place that it was made of, to the same query alone", () => {
    const place = fc.record({
      rank: ranked ? fc.nat({ max: 255 }) : fc.constant(0),
      time: fc.date({ min: new Date(0), max: new Date("9999-01-01Z"), noInvalidDate: true }),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(place, fc.array(fc.jsonValue(), { maxLength: 3 }), (given, asked) => {
        const text = cursor.encode(given, asked);
        expect(cursor.decode(text, asked)).toEqual({ ok: true, place: given });
        expect(cursor.decode(text, [...asked, 1])).toEqual({ ok: false, problem: "was made by another" });
      }),
    );
  });

  it("refuses one of the other make, one of a later version and any other text", () => {
    const other = createQueryCursor({ ranked: !ranked, otherQuery: "" });
    const later = Buffer.from(cursor.encode({ rank: 0, time: at, id }, []), "base64url").fill(2, 0, 1);
    for (const text of [other.encode({ rank: 1, time: at, id }, []), later.toString("base64url"), "", "bm8"]) {
      expect(cursor.decode(text, [])).toEqual({ ok: false, problem: "is not a cursor of this list" });
    }
  });
});

describe("a cursor of time and id", () => {
  it.each([".", "_"] as const)("is milliseconds, %s and the id", (mark) => {
    const cursor = createTimeCursor(mark);
    expect(cursor.write(at, id)).toBe(`1772600767089${mark}${id}`);
    expect(cursor.read(`1772600767089${mark}${id}`)).toEqual({ at, id });
  });

  it.each(["", ".", "x", `.${id}`, `1_${id}`, `-1.${id}`, "1.x", `1.${id}.`, `999999999999999.${id}`])(
    "refuses %j",
    (text) => {
      expect(thrownBy(() => createTimeCursor().read(text))).toMatchObject(refused);
    },
  );
});

describe("a cursor of a number", () => {
  it("is the number", () => {
    expect(readNumberCursor("0")).toBe(0n);
    expect(readNumberCursor("999999999999999999")).toBe(999_999_999_999_999_999n);
  });

  it.each(["", "-1", "1.5", "x", "9".repeat(19)])("refuses %j", (text) => {
    expect(thrownBy(() => readNumberCursor(text))).toMatchObject(refused);
  });
});

describe("a signed cursor", () => {
  const key = (byte: number) => new Uint8Array(32).fill(byte);
  const keys = {
    current: "2",
    byId: new Map([
      ["1", key(1)],
      ["2", key(2)],
    ]),
  };
  const cursor = createSignedCursor<unknown>("one");

  it("is read under any of the keys, and by its own kind alone", () => {
    const value = ["a", { b: "ä" }];
    const text = cursor.encode(value, keys);
    expect(cursor.decode(text, { ...keys, current: "1" })).toEqual(value);
    expect(cursor.decode(text, { current: "1", byId: new Map([["1", key(1)]]) })).toBeNull();
    expect(createSignedCursor("two").decode(text, keys)).toBeNull();
    for (const other of ["", "AAAA", `${text}A`, text.slice(1), `${text}=`])
      expect(cursor.decode(other, keys)).toBeNull();
    expect(() => cursor.encode(value, { ...keys, current: "3" })).toThrow("3");
  });
});
