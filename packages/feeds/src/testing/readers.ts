// Every reader of what sources send, for the growth test and the table of apps/api/bench/linear.ts.
import path from "node:path";
import { mappingShape, type OwnFeedFormat, ownFeedFormats } from "@tocsin/core/own-feeds";
import { type Reader, tokensIn } from "@tocsin/core/testing/hostile";
import { feeds } from "../catalog/registry";
import type { Layout, NewsLayout, ReadState } from "../definition/layout";
import { follow } from "../fetch/request";
import { ownLayouts } from "../own/layouts";
import { isComment } from "../parse/csv-header";
import { splitCsv, splitLoosely } from "../parse/csv-record";
import { dateOfLink, dateOfPath } from "../parse/dates";
import { headLines } from "../parse/decode";
import { decodeDocument } from "../parse/decode-document";
import { parse, rowOf } from "../parse/json";
import { fitsWarninglist, readWarninglist } from "../parse/misp-warninglist";
import { fitsAttack, readAttack } from "../parse/mitre-attack";
import { namedAfter, stemOf } from "../parse/named-after";
import { newsLayouts } from "../parse/news";
import { articleOf, emptyItem, isTeaser, webUrl } from "../parse/news-item";
import { readNewsJson } from "../parse/news-json";
import { atom, jsonFeed, rdf, rss } from "../parse/news-samples";
import { readNewsXml } from "../parse/news-xml";
import { badRow, parsedOf } from "../parse/parsed";
import { hashType } from "../parse/plain-lists";
import * as said from "../parse/said";
import { isTypeWord, plainWord, statedType } from "../parse/stated-type";
import { readPattern } from "../parse/stix-pattern";
import { storable } from "../parse/storable";
import { anyTime, utc } from "../parse/times";
import { sample, samples } from "./samples";

type Row = { read: (text: string) => unknown; samples?: readonly string[]; sources?: readonly string[] };

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  const body = Buffer.from(text);
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
}

/** As a pull does: every layout looks at the head, and one reads the body to its end. */
function bodyReader(layouts: readonly (Layout | NewsLayout)[], name: string): (text: string) => Promise<unknown> {
  return async (text) => {
    const fitting = layouts.filter((layout) => layout.fits(text.slice(0, 65_536)));
    const layout = layouts.find((one) => one.name === name) ?? fitting[0];
    const state: ReadState = { lines: 0 };
    let rows = 0;
    try {
      for await (const group of layout?.read(chunksOf(text), state) ?? []) rows += group.length;
    } catch {
      // A body that is refused whole.
    }
    return rows;
  };
}

const quiet = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch {
    return null;
  }
};
const times = [
  "2026-11-22T10:30:15.5+01:00",
  "Sun, 22 Nov 2026 09:30:00 +0200 (CET)",
  "Nov. 22nd, 2026 at 5:30 PM EST",
  "22.11.2026 10:30",
];
const urls = ["https://news.example/a/b.html?x=1#part"];
const pattern =
  "[file:hashes.'SHA-256' = 'aa' AND domain-name:value IN ('a.example', 'b') OR network-traffic:dst_ref.value = '1.2.3.4']";
const item = (field: "title" | "summary" | "body") => (text: string) =>
  articleOf(
    { ...emptyItem(1), links: [{ rank: 0, text: "https://news.example/" }], [field]: text },
    "https://news.example/",
  );
const parseSources = [
  ...[
    "csv-header",
    "csv-record",
    "json-scan",
    "said",
    "times",
    "news-xml",
    "news-item",
    "openioc",
    "stix",
    "stix-pattern",
  ],
  ...["misp", "plain-lists", "host-lists", "address-list", "stalkerware-yaml", "exit-list", "decode-document"],
].map((file) => `parse/${file}.ts`);

const parts: Readonly<Record<string, Row>> = {
  "fetch.follow": { read: quiet((text) => follow(new URL("https://a.example/"), text)), samples: urls },
  "parse.addressType": { read: said.addressType, samples: ["[2001:db8::1]"], sources: ["parse/said.ts"] },
  "parse.anyTime": { read: anyTime, samples: times, sources: ["parse/times.ts"] },
  "parse.articleOf (title)": { read: item("title"), sources: ["parse/news-item.ts"] },
  "parse.articleOf (summary)": { read: item("summary"), sources: ["parse/news-item.ts"] },
  "parse.badRow": { read: (text) => badRow(1, text, text) },
  "parse.dateOfLink": {
    read: dateOfLink,
    samples: [...urls, "https://x.com/a/status/1086970613552447489"],
    sources: ["parse/dates.ts"],
  },
  "parse.dateOfPath": {
    read: (text) => dateOfPath(text, new Date("2026-12-01T00:00:00Z")),
    samples: ["2022/11/2022-11-03 a.csv", "06082025-a.csv", "CVE-2020-1203.csv"],
    sources: ["parse/dates.ts"],
  },
  "parse.decodeDocument": {
    read: (text) => decodeDocument(Buffer.from(text), text),
    samples: [rss],
    sources: ["parse/decode-document.ts"],
  },
  "parse.fitsAttack": {
    read: fitsAttack,
    samples: ['{"objects": [{"x_mitre_a": 1}]}'],
    sources: ["parse/mitre-attack.ts"],
  },
  "parse.fitsWarninglist": {
    read: fitsWarninglist,
    samples: ['{"list": ["a"]}'],
    sources: ["parse/misp-warninglist.ts"],
  },
  "parse.hashType": { read: hashType, samples: ["aa"] },
  "parse.headLines": { read: headLines, samples: ["a\nb"] },
  "parse.isComment": { read: (text) => isComment(text), samples: [" # a"] },
  "parse.isTeaser": {
    read: (text) =>
      isTeaser({ ...emptyItem(1), url: "", summary: text, body: null, imageUrl: null, publishedAt: null }),
    samples: ["<p>a</p>"],
  },
  "parse.isTypeWord": { read: isTypeWord, samples: ["SHA-256 hash"] },
  "parse.link": { read: said.link, samples: urls, sources: ["parse/said.ts"] },
  "parse.namedAfter": {
    read: (text) => namedAfter(text, /^(.+)$/),
    samples: ["a/b c.txt", "apt_a.txt"],
    sources: ["parse/named-after.ts"],
  },
  "parse.notes": { read: (text) => said.notes({ a: text, b: text }) },
  "parse.parse": { read: parse, samples: ['{"a": [1]}'] },
  "parse.parsedOf": {
    read: (text) => parsedOf(1, text, [{ value: text, tags: [text], context: text, threatType: text }]),
    sources: ["parse/parsed.ts"],
  },
  "parse.activity": { read: said.activity, samples: ["online"] },
  "parse.percentCertainty": { read: said.percentCertainty, samples: ["55.5"] },
  "parse.plainWord": { read: plainWord, samples: ["SHA-256 hash"] },
  "parse.readAttack": {
    read: (text) => readAttack(chunksOf(text)),
    samples: ['{"objects": [{"type": "attack-pattern", "name": "a", "kill_chain_phases": [{"phase_name": "a"}]}]}'],
  },
  "parse.readNewsJson": { read: quiet(readNewsJson), samples: [jsonFeed] },
  "parse.readNewsXml": { read: quiet(readNewsXml), samples: [rss, atom, rdf], sources: ["parse/news-xml.ts"] },
  "parse.readPattern": { read: readPattern, samples: [pattern], sources: ["parse/stix-pattern.ts"] },
  "parse.readWarninglist": {
    read: (text) => readWarninglist(text, "a", { effect: "note", urls: "none" }),
    samples: ['{"name": "a", "type": "string", "list": ["a.example"], "matching_attributes": ["domain|ip"]}'],
  },
  "parse.rowOf": { read: (text) => rowOf({ line: 1, key: "", text }, () => []), samples: ['{"a": [1]}'] },
  "parse.said": { read: said.said, samples: ["n/a"], sources: ["parse/said.ts"] },
  "parse.seen": { read: (text) => said.seen(text, text), samples: times, sources: ["parse/times.ts"] },
  "parse.splitCsv": { read: (text) => splitCsv(text), samples: ['"a ""b""", c,"d"'], sources: ["parse/csv-record.ts"] },
  "parse.splitCsv (blanks)": {
    read: (text) => splitCsv(text, " "),
    samples: ['"a"  b'],
    sources: ["parse/csv-record.ts"],
  },
  "parse.splitLoosely": {
    read: (text) => splitLoosely(text),
    samples: ['"a" , "b"'],
    sources: ["parse/csv-record.ts"],
  },
  "parse.stemOf": { read: stemOf, samples: ["a/b c.txt"], sources: ["parse/named-after.ts"] },
  "parse.statedType": { read: (text) => statedType(text, text), samples: ["SHA-256 hash"] },
  "parse.storable": { read: (text) => storable(text, 1e9) },
  "parse.tagList": { read: (text) => said.tagList(text), samples: ["a, b"] },
  "parse.timeSaid": { read: said.timeSaid, samples: times, sources: ["parse/times.ts"] },
  "parse.utc": { read: utc, samples: times, sources: ["parse/times.ts"] },
  "parse.webUrl": { read: (text) => webUrl(text, "https://news.example/"), samples: urls },
  "parse.withPort": { read: (text) => said.withPort(text, text), samples: ["a:1"] },
};

const news = [rss, atom, rdf, jsonFeed].map((body) =>
  newsLayouts("https://news.example/").find(({ fits }) => fits(body)),
);
const mapping = mappingShape.parse({ fields: { value: "a.b", tags: "c", first_seen: "d", confidence: "e" } });
const ownSamples: Readonly<Record<OwnFeedFormat, readonly string[]>> = {
  plain: ['"a.example", # note\n'],
  csv: ['a.b,c,d,e\n"a.example","x, y","2026-11-22", 50 %\n'],
  json: ['[{"a": {"b": "a.example"}, "c": ["x"], "d": "2026-11-22", "e": "50 %"}]'],
  ndjson: ['{"a": {"b": "a.example"}, "c": ["x"], "d": "2026-11-22", "tlp": "amber"}\n'],
  hosts: ["0.0.0.0 a.example # note\n"],
  rpz: ["*.a.example 60 IN CNAME .\n"],
  misp: ['{"Event": {"info": "a", "Attribute": [{"type": "domain", "value": "a.example", "to_ids": true}]}}'],
  stix: ['{"type": "bundle", "objects": [{"type": "indicator", "id": "a", "pattern": "[url:value = \'a\']"}]}'],
  taxii: ['{"objects": [{"type": "indicator", "id": "a", "pattern": "[url:value = \'a\']"}]}'],
};

/** Bodies as feeds read them: of the catalog, of news, and those that operators describe. */
const bodies: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    feeds.flatMap((feed) => {
      if (feed.kind !== "indicators") return [];
      const own = samples.filter(({ id }) => id === feed.id);
      return feed.layouts.map(({ name }) => {
        const shown = own.filter(({ layout }) => layout === name).slice(0, 1);
        const texts = shown.map(({ file }) => sample(file).toString("utf8").slice(0, 1_500));
        return [
          `sources.${feed.id} (${name})`,
          { read: bodyReader(feed.layouts, name), samples: texts, sources: parseSources },
        ];
      });
    }),
  ),
  ...Object.fromEntries(
    news.map((layout, index) => [
      `parse.newsLayouts (${layout?.name})`,
      {
        read: bodyReader(layout ? [layout] : [], layout?.name ?? ""),
        samples: [[rss, atom, rdf, jsonFeed][index] ?? ""],
        sources: parseSources,
      },
    ]),
  ),
  ...Object.fromEntries(
    ownFeedFormats.map((format) => {
      const layouts = ownLayouts(format, mapping, "https://a.example/");
      return [
        `own.ownLayouts (${format})`,
        { read: bodyReader(layouts, layouts[0]?.name ?? ""), samples: ownSamples[format], sources: parseSources },
      ];
    }),
  ),
};

const src = path.join(import.meta.dirname, "..");

export const feedReaders: readonly Reader[] = Object.entries({ ...parts, ...bodies }).map(
  ([of, { read, samples: texts = [], sources = [] }]) => ({
    name: `feeds/${of}`,
    read,
    samples: texts,
    tokens: tokensIn(...sources.map((file) => path.join(src, file))),
    worthMs: 50,
  }),
);
