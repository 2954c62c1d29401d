import { expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";

it("writes and reads what clients hold from before", () => {
  const keys = { current: "1", byId: new Map([["1", new Uint8Array(32).fill(7)]]) };
  const place = { of: "indicators", after: "2026-03-04T05:06:07.089123Z", filters: { "match[type]": "indicator" } };
  const text =
    "oUPlzEiSFt5EOwuvnEwjPFsiaW5kaWNhdG9ycyIsIjIwMjYtMDMtMDRUMDU6MDY6MDcuMDg5MTIzWiIseyJtYXRjaFt0eXBlXSI6ImluZGljYXRvciJ9XQ";
  expect(decodeCursor(text, keys)).toEqual(place);
  expect(encodeCursor(place, keys)).toBe(text);
});
