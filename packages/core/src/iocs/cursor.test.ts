import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";
import { listIocsInput } from "./shape";

const position = fc.record({
  updatedAt: fc.date({ min: new Date(0), max: new Date("9999-01-01Z"), noInvalidDate: true }),
  id: fc.uuid(),
});
const none = listIocsInput.parse({});

it("round-trips", () => {
  fc.assert(
    fc.property(position, (place) => {
      expect(decodeCursor(encodeCursor(place, none), none)).toEqual({ ok: true, position: place });
    }),
  );
});

it("is bound to its filters, in whatever order they are written, and to nothing else", () => {
  const place = { updatedAt: new Date(0), id: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" };
  const cursor = encodeCursor(place, listIocsInput.parse({ type: "url,ipv4", limit: "5" }));
  expect(decodeCursor(cursor, listIocsInput.parse({ type: "ipv4,url", limit: "9" })).ok).toBe(true);
  for (const other of [
    { type: "url" },
    { type: "url,ipv4", tag: "a" },
    { since: "2026-01-01" },
    { min_risk: "0" },
    { include_false_positives: "true" },
  ]) {
    expect(decodeCursor(cursor, listIocsInput.parse(other))).toMatchObject({
      ok: false,
      problem: "was made with other filters",
    });
  }
});

it("refuses any other text without throwing", () => {
  const cursor = encodeCursor({ updatedAt: new Date(0), id: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" }, none);
  for (const text of [`${cursor}A`, cursor.slice(1), `${cursor}=`, ` ${cursor}`, cursor.replace(/^./, "B")]) {
    expect(decodeCursor(text, none).ok).toBe(false);
  }
  const far = Buffer.from(cursor, "base64url").fill(255, 1, 7).toString("base64url");
  expect(decodeCursor(far, none).ok).toBe(false);
  fc.assert(fc.property(fc.string(), (text) => decodeCursor(text, none).ok === false));
});

it("writes and reads what clients hold from before", () => {
  const place = { updatedAt: new Date("2026-03-04T05:06:07.089Z"), id: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" };
  const filtered = listIocsInput.parse({ type: "url,ipv4", since: "2026-01-01", tag: "a" });
  for (const [text, filters] of [
    ["AQGctz0ycW8djRpYpF0_nJsPTw98KhF04iGn0h2jsQ", none],
    ["AQGctz0ycW8djRpYpF0_nJsPTw98KhFjn_9ZaN1YyA", filtered],
  ] as const) {
    expect(decodeCursor(text, filters)).toEqual({ ok: true, position: place });
    expect(encodeCursor(place, filters)).toBe(text);
  }
});
