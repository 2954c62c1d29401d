// What readers of each format take at most, with the longest values that the store holds.
import type { IocRecord } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { documents, textOf } from "./golden/documents";
import { about, records } from "./golden/records";
import { documentFormats } from "./registry";

/** Most characters of a stored value (packages/core/src/values/normalise). */
const longestValue = 16_384;
const [base] = records as [IocRecord];
const long = (head: string, unit: string, length: number) =>
  `${head}${unit.repeat(Math.ceil((length - head.length) / unit.length))}`.slice(0, length);

/** Paths of plain text, of what formats escape, and of characters of three bytes. */
const units = ["a", "\\", '"', "|", ";", "]", "=", "%41", "'", "<", "&", "€", "ab/"];
const labels = `${"b".repeat(63)}.`;
const longestDomain = `${labels.repeat(3)}${"c".repeat(61 - ".example".length)}.example`;

function urls(lengths: readonly number[]): IocRecord[] {
  return units.flatMap((unit) =>
    lengths.map((length, n) => ({
      ...base,
      id: `00000000-0000-5000-8000-${String(n).padStart(12, "0")}`,
      type: "url" as const,
      value: long("http://malware.example/", unit, length),
    })),
  );
}

const extremes: readonly IocRecord[] = [
  ...urls([100, 255, 262, 263, 765, 766, 1_000, 1_023, 1_024, 2_000, 3_000, 4_000, 4_001, 8_000, longestValue]),
  { ...base, type: "domain", value: longestDomain },
  { ...base, type: "domain", value: `${"d".repeat(63)}.example` },
  { ...base, type: "email", value: `${"e".repeat(64)}@${longestDomain}` },
  { ...base, type: "ipv6", value: "2001:db8:1111:2222:3333:4444:5555:6666" },
  { ...base, type: "ipv6", value: "2001:db8:1111:2222:3333:4444:5555:6666/127" },
  {
    ...base,
    feedName: "€".repeat(4_000),
    context: "c".repeat(longestValue),
    threatType: "t".repeat(2_000),
    malwareFamily: "m".repeat(4_000),
    referenceUrl: long("https://reference.example/", "r", longestValue),
    tags: Array.from({ length: 100 }, (_, n) => `${n}${"]".repeat(250)}`),
  },
];

async function* pagesOf(page: readonly IocRecord[]): AsyncGenerator<readonly IocRecord[]> {
  yield page;
}
const write = (name: string, page: readonly IocRecord[]) => {
  const [, document] = documents.find(([file]) => file === name) ?? [];
  if (!document) throw new Error(`there is no document ${name}`);
  return textOf(document, pagesOf(page), about);
};
const bytes = (text: string) => Buffer.byteLength(text);
const linesOf = (text: string) => text.split("\n").slice(0, -1);

/** Most bytes of a line, the line break not counted. */
const lineLimits = [
  ["suricata.rules", 8_190],
  ["suricata-domain.lst", 1_022],
  ["suricata-ip.lst", 1_022],
  ["edl.txt", 255],
  ["edl-domain.txt", 255],
  ["cef-syslog.log", 8_192],
  ["hosts.txt", 1_024],
] as const;

describe.each(lineLimits)("%s", (name, most) => {
  it(`has no line over ${most} bytes`, async () => {
    const lines = linesOf(await write(name, extremes));
    expect(lines.length).toBeGreaterThan(0);
    expect(Math.max(...lines.map(bytes))).toBeLessThanOrEqual(most);
  });
});

it("every document holds the longest values, each line ended and nothing undefined", async () => {
  for (const [name, document] of documents) {
    const text = await textOf(document, pagesOf(extremes), about);
    expect(text, name).not.toContain("undefined");
    expect(text === "" || /[\n}\]>]$/.test(text), name).toBe(true);
  }
});

it("edl: no URL over 255 characters, and those of 255 are there", async () => {
  const { edl } = documentFormats;
  const text = await textOf(edl.documentOf({ kind: "url" }), pagesOf(extremes), about);
  const lengths = linesOf(text).map((line) => line.length);
  expect(Math.max(...lengths)).toBe(255);
});

describe("suricata's rules", () => {
  it("count what is left out, number the others without a gap, and lose none that fits", async () => {
    const page = urls([7_800, 7_900, 8_000, longestValue]).filter(({ value }) => /a{9}/.test(value));
    const lengths = Array.from({ length: 400 }, (_, n) => 7_700 + n);
    const fine = lengths.map((length) => ({
      ...(page[0] as IocRecord),
      value: long("http://malware.example/", "a", length),
    }));
    const lines = linesOf(await write("suricata.rules", [...fine, ...page]));
    const rules = lines.filter((line) => line.startsWith("alert "));
    const comment = lines.at(-1) ?? "";
    expect(comment).toMatch(/^# Left out: \d+ records; .*8190 bytes/);
    expect(rules.length + Number(/\d+/.exec(comment)?.[0])).toBe(fine.length + page.length);
    expect(rules.map((rule) => Number(/sid:(\d+)/.exec(rule)?.[1]))).toEqual(rules.map((_, n) => 9_000_000 + n));
    expect(Math.max(...rules.map(bytes))).toBe(8_190);
  });

  it("say nothing where none is left out", async () => {
    expect(await write("suricata.rules", records)).not.toContain("Left out");
  });
});

describe("cef", () => {
  /** ArcSight's data dictionary: most characters of a key's value. */
  const most: Readonly<Record<string, number>> = {
    request: 1_023,
    destinationDnsDomain: 255,
    fileHash: 255,
    suser: 1_023,
    msg: 1_023,
    cat: 1_023,
    externalId: 40,
    cs1: 4_000,
    cs2: 4_000,
    cs3: 4_000,
    cs4: 4_000,
    cs5: 4_000,
    cs6: 4_000,
  };

  it("has no value longer than its key takes", async () => {
    const events = linesOf(await write("cef.cef", extremes));
    expect(events.length).toBeGreaterThan(20);
    for (const event of events) {
      const extension = event
        .split(/(?<!\\)\|/)
        .slice(7)
        .join("|");
      const pairs = extension.split(/ (?=[A-Za-z0-9]+=)/).map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), pair.slice(at + 1).replace(/\\([\\=])/g, "$1")] as const;
      });
      for (const [key, value] of pairs) expect(value.length, key).toBeLessThanOrEqual(most[key] ?? 64);
    }
  });

  it("as syslog, a long message loses its tags, then the value that the event has too", async () => {
    const tags = Array.from({ length: 100 }, (_, n) => `${n}${"x".repeat(250)}`);
    const [tagged = "", twice = ""] = linesOf(
      await write("cef-syslog.log", [
        { ...base, tags },
        { ...base, type: "url", value: long("http://malware.example/", "a", 3_500) },
      ]),
    );
    expect([tagged.includes(' tag="'), tagged.includes(' value="')]).toEqual([false, true]);
    expect([twice.includes(' value="'), twice.includes("cs3=http://malware.example/aaa")]).toEqual([true, true]);
    const [third = ""] = linesOf(
      await write("cef-syslog.log", [
        { ...base, type: "url", value: long("http://malware.example/", "a", 4_000), context: "c".repeat(2_000) },
      ]),
    );
    expect([third.includes(' value="'), third.includes("cs3=http://malware.example/aaa")]).toEqual([false, true]);
  });
});

it("rpz: every owner name fits beside a zone's own, its labels too, and a comment counts the others", async () => {
  const lines = linesOf(await write("rpz.zone", extremes));
  const owners = lines.filter((line) => line.includes(" CNAME ")).map((line) => line.split(" ", 1)[0] ?? "");
  expect(owners.length).toBeGreaterThan(2);
  expect(Math.max(...owners.map((name) => name.length))).toBeLessThanOrEqual(202);
  expect(Math.max(...owners.flatMap((name) => name.split(".").map((label) => label.length)))).toBe(63);
  expect(lines.at(-1)).toMatch(/^; Left out: 1 record;/);
});

it("sigma: no title over 256 characters, and every one its own", async () => {
  const titles = [...(await write("sigma.yml", extremes)).matchAll(/^title: (.*)$/gm)].map(([, title = ""]) =>
    title.slice(1, -1).replaceAll("''", "'"),
  );
  expect(titles.length).toBeGreaterThan(20);
  expect(Math.max(...titles.map((title) => title.length))).toBeLessThanOrEqual(256);
  expect(new Set(titles).size).toBe(titles.length);
});

it("misp: no tag over 255 characters", async () => {
  const { Event } = JSON.parse(await write("misp.json", [...extremes, { ...base, tags: ["t".repeat(256)] }]));
  const names = Event.Attribute.flatMap(({ Tag }: { Tag: { name: string }[] }) => Tag.map(({ name }) => name.length));
  expect(Math.max(...names)).toBeLessThanOrEqual(255);
});
