import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { type IocType, iocId } from "@tocsin/core/values";

// Rows as feeds make them: batches of one time, sources that overlap, tags common and rare, an archive that nothing has
// touched for most of a year, some rows withdrawn and some on a warninglist.
const spanMs = 300 * 86_400_000;
const perBatch = 500;
const feeds = Array.from({ length: 12 }, (_, n) => `feed-${n}`);
const categories = ["threat-feed", "community", "government", "vendor"] as const;

export const benchFeeds = [...feeds, "archive"];

/** The value of row `n`. */
export function sampleOf(n: number): { type: IocType; value: string } {
  switch (n % 5) {
    case 0:
      return { type: "ipv4", value: `${20 + (n >> 24)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` };
    case 1:
      return { type: "domain", value: `${word(n)}-${word(n * 31)}.sample${n % 1_000}.example` };
    case 2:
      return { type: "url", value: `http://${word(n)}.sample${n % 1_000}.example/path/${word(n * 17)}` };
    case 3:
      return n % 1_000 === 3 ? { type: "cve", value: `CVE-2026-${10_000 + n}` } : { type: "md5", value: sum("md5", n) };
    default:
      return { type: "sha256", value: sum("sha256", n) };
  }
}

const sum = (algorithm: string, n: number) => createHash(algorithm).update(String(n)).digest("hex");
const word = (n: number) => sum("md5", n).slice(0, 9);

const iocColumns =
  "id, type, value, confidence, stated, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques, industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories, reference_url, warnings, withdrawn_at";
const sightingColumns = "ioc_id, feed_id, category, confidence, first_seen, last_seen, tags, mitre_techniques";

/** Fills `ioc` and `sighting` of a database with `rows` rows; nothing is analysed. Needs psql. */
export async function fillLists(database: string, rows: number, now: number): Promise<void> {
  const at = (n: number) => {
    const batch = Math.floor(n / perBatch) * perBatch;
    return new Date(now - 60_000 - ((rows - batch) / rows) * spanMs).toISOString();
  };
  await copy(database, `COPY ioc (${iocColumns}) FROM STDIN`, rows, (n) => iocLine(n, at(n), n < rows / 5));
  await copy(database, `COPY sighting (${sightingColumns}) FROM STDIN`, rows, (n) => {
    const { type, value } = sampleOf(n);
    return `${iocId(type, value)}\t${sourcesOf(n, n < rows / 5)[0]}\tthreat-feed\t2\t${at(n)}\t${at(n)}\t{botnet}\t{T1071.001}\n`;
  });
}

/** The oldest fifth is the archive's: common, and nowhere near the front. */
function iocLine(n: number, time: string, old: boolean): string {
  const { type, value } = sampleOf(n);
  const sources = sourcesOf(n, old);
  const confidence = old ? 3 : 1 + (n % 2);
  const tags = [...(n % 2 === 0 ? ["botnet"] : []), ...(old ? ["archived"] : []), `tag${n % 5_000}`];
  const fields = [
    iocId(type, value),
    type,
    value,
    confidence,
    confidence,
    time,
    time,
    time,
    time,
    `{${tags.join()}}`,
    n % 3 === 0 ? "{T1071.001}" : "{}",
    n % 400 === 0 ? "{financial-services}" : "{}",
    "botnet_cc",
    n % 7 === 0 ? "SampleLoader" : "\\N",
    "clear",
    20 + 5 * (n % 11) + (old ? 15 : 0),
    sources.length,
    `{${sources.join()}}`,
    `{${categoriesOf(sources).join()}}`,
    `https://feed.example/report/${n}`,
    n % 101 === 0 ? "{known}" : "{}",
    n % 53 === 0 ? time : "\\N",
  ];
  return `${fields.join("\t")}\n`;
}

function sourcesOf(n: number, old: boolean): string[] {
  const first = old ? "archive" : (feeds[(n >> 3) % feeds.length] ?? "feed-0");
  return n % 11 === 0 ? [first, feeds[(n >> 5) % 4] === first ? "feed-9" : (feeds[(n >> 5) % 4] ?? "feed-9")] : [first];
}

function categoriesOf(sources: readonly string[]): string[] {
  return [...new Set(sources.map((source) => categories[benchFeeds.indexOf(source) % 3] ?? "threat-feed"))];
}

async function copy(database: string, text: string, rows: number, line: (n: number) => string): Promise<void> {
  const psql = spawn("psql", [database, "-q", "-v", "ON_ERROR_STOP=1", "-c", text], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(psql, "close");
  for (let n = 0; n < rows; n += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, rows - n) }, (_, at) => line(n + at)).join("");
    if (!psql.stdin.write(lines)) await once(psql.stdin, "drain");
  }
  psql.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}
