import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTime, utc } from "./times";

describe("anyTime", () => {
  it.each([
    // Lists and spreadsheets.
    ["2026-11-22", "2026-11-22T00:00:00.000Z"],
    ["2026-11-22 10:30", "2026-11-22T10:30:00.000Z"],
    ["2026-11-22T10:30:15Z", "2026-11-22T10:30:15.000Z"],
    ["2026-11-22T10:30:15.123456Z", "2026-11-22T10:30:15.000Z"],
    ["2026-11-22T10:30:15+02:00", "2026-11-22T08:30:15.000Z"],
    ["2026-11-22 10:30 -0500", "2026-11-22T15:30:00.000Z"],
    ["2026/11/22", "2026-11-22T00:00:00.000Z"],
    ["2026/1/2 3:04", "2026-01-02T03:04:00.000Z"],
    ["20261122", "2026-11-22T00:00:00.000Z"],
    ["22.11.2026 10:30", "2026-11-22T10:30:00.000Z"],
    ["22/11/2026", "2026-11-22T00:00:00.000Z"],
    ["11/22/2026 10:30:00", "2026-11-22T10:30:00.000Z"],
    ["22 Nov 2026", "2026-11-22T00:00:00.000Z"],
    ["22-Nov-2026", "2026-11-22T00:00:00.000Z"],
    ["Nov 22, 2026", "2026-11-22T00:00:00.000Z"],
    ["November 22, 2026 10:30", "2026-11-22T10:30:00.000Z"],
    ["Sun, 22 Nov 2026 10:30:00 GMT", "2026-11-22T10:30:00.000Z"],
    ["Sun, 22 Nov 2026 10:30:00 +0100", "2026-11-22T09:30:00.000Z"],
    ["1795343415", "2026-11-22T10:30:15.000Z"],
    ["1795343415.75", "2026-11-22T10:30:15.750Z"],
    ["1795343415000", "2026-11-22T10:30:15.000Z"],
    // News.
    ["Sat, 21 Nov 2026 09:30:00 +0000", "2026-11-21T09:30:00.000Z"],
    ["Sat, 21 Nov 2026 09:30:00 GMT", "2026-11-21T09:30:00.000Z"],
    ["Sat, 21 Nov 2026 09:30:00 EST", "2026-11-21T14:30:00.000Z"],
    ["Saturday, 21-Nov-26 09:30:00 PDT", "2026-11-21T16:30:00.000Z"],
    ["21 Nov 26 09:30 -0500", "2026-11-21T14:30:00.000Z"],
    ["Sat, 21 Nov 2026 09:30:00 +05:30", "2026-11-21T04:00:00.000Z"],
    ["Sat, 21 Nov 2026 09:30:00 +0000 (Coordinated Universal Time)", "2026-11-21T09:30:00.000Z"],
    ["Sat, 21 November 2026 09:30", "2026-11-21T09:30:00.000Z"],
    ["Sat,  1 Feb 2025   00:00:00   GMT", "2025-02-01T00:00:00.000Z"],
    ["2026-11-21T09:30:00Z", "2026-11-21T09:30:00.000Z"],
    ["2026-11-21T09:30:00.123456+02:00", "2026-11-21T07:30:00.000Z"],
    ["2026-11-21T09:30-0330", "2026-11-21T13:00:00.000Z"],
    ["2026-11-21 09:30:00", "2026-11-21T09:30:00.000Z"],
    ["2026/11/21", "2026-11-21T00:00:00.000Z"],
    ["20261121", "2026-11-21T00:00:00.000Z"],
    ["November 21, 2026", "2026-11-21T00:00:00.000Z"],
    ["Nov. 21st, 2026 at 9:30 pm EDT", "2026-11-22T01:30:00.000Z"],
    ["November 21, 2026 12:05 a.m.", "2026-11-21T00:05:00.000Z"],
    ["21.11.2026 09:30", "2026-11-21T09:30:00.000Z"],
    ["1795253400", "2026-11-21T09:30:00.000Z"],
    ["1795253400000", "2026-11-21T09:30:00.000Z"],
    // What one of them read and the other did not.
    ["21-Nov-26", "2026-11-21T00:00:00.000Z"],
    ["Nov 21, 2026 5:30 PM", "2026-11-21T17:30:00.000Z"],
    ["21/11/2026 5:30 PM EST", "2026-11-21T22:30:00.000Z"],
    ["2026-11-21 17:30 CET", "2026-11-21T16:30:00.000Z"],
    ["21-Nov-2026 09:30:00 UTC", "2026-11-21T09:30:00.000Z"],
    ["11-21-2026", "2026-11-21T00:00:00.000Z"],
  ])("reads %s", (text, time) => expect(anyTime(text)?.toISOString()).toBe(time));

  it.each([
    ["21-Nov-49", "2049-11-21T00:00:00.000Z"],
    ["21-Nov-95", "1995-11-21T00:00:00.000Z"],
  ])("takes the two digits of a year as RFC 2822 does: %s", (text, time) =>
    expect(anyTime(text)?.toISOString()).toBe(time),
  );

  it.each(["04/05/2026", "12/12/2026", "4-5-2026"])("reads no time where the day may be the month: %s", (text) =>
    expect(anyTime(text)).toBeNull(),
  );

  it.each([
    "",
    "never",
    "yesterday",
    "2026-02-30",
    "31 Feb 2026",
    "31.02.2026",
    "99/99/2026",
    "2026-13-01",
    "12",
    "2026-11-22 25:00",
    "21 Nov 2026 25:00",
    "Nov 21, 2026 13:00 pm",
    "Nov 21, 26",
    "21-Nov-50 x y",
    "1 2 3",
    "Foo 1, 2026",
    "0001-01-01",
    "1899-01-01",
    "9".repeat(40),
  ])("reads no time in %j", (text) => expect(anyTime(text)).toBeNull());

  it("never throws, and gives no date that is none", () => {
    const written = fc.stringMatching(/^[0-9A-Za-z .,:/+()-]{0,40}$/);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 130 }), written),
        (text) => !Number.isNaN(anyTime(text)?.getTime() ?? 0),
      ),
    );
  });

  it.each([" ", "1", "a ", "1:", "(", "+", "Nov ", "21-", "2026/", "12:30 ", ".5"])(
    "takes no longer than the length of what repeats %j",
    (unit) => {
      const cpuOf = (length: number) => {
        const text = `21 Nov 2026 ${unit.repeat(length / unit.length)}`;
        const started = process.cpuUsage();
        for (let i = 0; i < 20; i++) {
          anyTime(text);
          utc(text);
        }
        const { user, system } = process.cpuUsage(started);
        return user + system;
      };
      // The least of several pairs: whatever else runs on the machine only adds to them.
      const growths = Array.from({ length: 5 }, () => {
        const once = cpuOf(100_000);
        return cpuOf(200_000) - 3 * once;
      });
      expect(Math.min(...growths)).toBeLessThan(20_000);
    },
  );
});

describe("utc", () => {
  it.each([
    ["2026-11-22 10:30:15 UTC", "2026-11-22T10:30:15.000Z"],
    ["2026-11-22T10:30:15-0330", "2026-11-22T14:00:15.000Z"],
    [" 2026-11-22 ", "2026-11-22T00:00:00.000Z"],
  ])("reads %j", (text, time) => expect(utc(text)?.toISOString()).toBe(time));

  it.each(["22 Nov 2026", "2026-1-2", "2026-11-22 10:30 EST", "1989-12-31"])("is strict about %j", (text) =>
    expect(utc(text)).toBeUndefined(),
  );
});
