import { describe, expect, it } from "vitest";
import { malware, threatGroups } from "./threat-catalog";

const kinds = [
  ["groups", threatGroups, /^G[01][0-9]{3}$/, 160, 250],
  ["malware", malware, /^S[01][0-9]{3}$/, 600, 900],
] as const;

describe.each(kinds)("%s", (_, entries, id, leastIds, least) => {
  it("have an id of ATT&CK or none, and each id once", () => {
    const ids = entries.flatMap((entry) => entry.attackId ?? []);
    expect(ids.filter((one) => !id.test(one))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(leastIds);
    expect(entries.length).toBeGreaterThan(least);
  });

  it("have names without marks of the table, and each name means one of them", () => {
    const names = entries.flatMap((entry) => entry.names.map(({ text }) => text));
    expect(
      names.filter((name) => !/^[\w#$@(][\w .,+/#$@()&'-]*[\w)$]$/.test(name) && !/^S\.O\.V\.A\.$/.test(name)),
    ).toEqual([]);
    const lower = entries.flatMap((entry) => [...new Set(entry.names.map(({ text }) => text.toLowerCase()))]);
    expect(lower.filter((name, index) => lower.indexOf(name) !== index)).toEqual([]);
  });

  it("tell words that are common from names that are not", () => {
    const certain = new Set(
      entries.flatMap((entry) => entry.names.flatMap((name) => (name.common ? [] : name.text.toLowerCase()))),
    );
    const words =
      "play hive snake silence royal cuba maze chaos carbon epic akira medusa conti reaper platinum conflict ghost ninja".split(
        " ",
      );
    expect(words.filter((word) => certain.has(word))).toEqual([]);
  });
});
