import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { IocRecord } from "@tocsin/core/iocs";
import { type IocType, iocId, iocTypeCatalog, iocTypes } from "@tocsin/core/values";
import { describe, expect, it } from "vitest";
import { documents } from "./golden/documents";
import { about, records } from "./golden/records";
import { mispFeedHashes } from "./misp/feed";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

// With TOCSIN_BENCH the speed is printed as well, over more records: TOCSIN_BENCH=1 npx vitest run src/memory.test.ts
const bench = Boolean(process.env.TOCSIN_BENCH);
const count = bench ? 200_000 : 30_000;
const pageSize = 1_000;
/** Bytes: a few pages of records, and far less than all of them take. */
const room = 4 * 1024 * 1024;
/** Each writer once: the other documents differ in what they leave out. */
const writers = new Set(["sigma-grouped.yml", "cef-syslog.log"]);
const measured = documents.filter(([file, document]) => bench || writers.has(file) || "id" in document);

const [base] = records;

/** The n-th of many records, of every type in turn. */
function recordAt(n: number): IocRecord {
  if (!base) throw new Error("no record");
  const type = iocTypes[n % iocTypes.length] ?? "ipv4";
  const digits = n.toString(16).padStart(8, "0");
  const hex = (length: number) => digits.repeat(length / 8);
  const varied: Partial<Record<IocType, string>> = {
    ipv4: `198.51.${(n >> 8) & 255}.${n & 255}`,
    ipv6: `2001:db8::${n.toString(16)}`,
    domain: `n${n}.malware.example`,
    url: `http://malware.example/path/${n}?a=b`,
    md5: hex(32),
    sha1: hex(40),
    sha256: hex(64),
    sha512: hex(128),
    email: `n${n}@malware.example`,
    cve: `CVE-2026-${100_000 + n}`,
  };
  const value = varied[type] ?? iocTypeCatalog[type].example;
  return { ...base, id: iocId(type, value), type, value, tags: [`tag${n % 50}`, "botnet"] };
}

async function* many(onPage: (records: number) => void): AsyncGenerator<readonly IocRecord[]> {
  for (let at = 0; at < count; at += pageSize) {
    onPage(at);
    yield Array.from({ length: pageSize }, (_, n) => recordAt(at + n));
  }
}

/** What stays on the heap while a document is read: the most of samples after a collection, above the first. */
async function growth(write: (pages: AsyncIterable<readonly IocRecord[]>) => AsyncIterable<unknown>) {
  let most = 0;
  let first: number | null = null;
  const sample = (at: number) => {
    if (at % (count / 5) !== 0 || at === 0) return;
    collect();
    const { heapUsed } = process.memoryUsage();
    first ??= heapUsed;
    most = Math.max(most, heapUsed - first);
  };
  const start = performance.now();
  for await (const _ of write(many(sample)));
  return { most, seconds: (performance.now() - start) / 1000 };
}

describe(`a document of ${count} records`, () => {
  it.each(measured)("%s is written in flat memory", async (file, document) => {
    const { most, seconds } = await growth((pages) => document.write(pages, about));
    if (process.env.TOCSIN_BENCH)
      console.log(`${file}: ${Math.round(count / seconds)} records/s, +${(most / 2 ** 20).toFixed(1)} MiB`);
    expect(most).toBeLessThan(room);
  });

  it("would be caught if it were kept in memory", async () => {
    const { most } = await growth(async function* (pages) {
      const held: unknown[] = [];
      for await (const page of pages) yield held.push(page);
    });
    expect(most).toBeGreaterThan(room);
  });

  it("and so are the hashes of a MISP feed", async () => {
    const { most } = await growth((pages) => mispFeedHashes.write(pages, about));
    expect(most).toBeLessThan(room);
  });
});
