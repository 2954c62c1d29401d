import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readJson } from "../parse/json";
import { stixLayout } from "../parse/stix";
import { tweetfeed } from "./tweetfeed";

const base = "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/stix/taxii/";
const mostPages = 50;

/** The list of pages, oldest first. */
const index: Layout = {
  name: "TweetFeed page index",
  fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"collection"\s*:/.test(head) && /"pages"\s*:\s*\[/.test(head),
  read: async function* (chunks, state) {
    const keys: string[] = [];
    const rows = readJson(chunks, state, { containers: ["pages"], keyed: false }, (fields) => {
      if (/^\d{4}-\d{2}-\d{2}\.\d{1,4}$/.test(fields("key"))) keys.push(fields("key"));
      return [];
    });
    for await (const group of rows) yield group.filter((row) => "problem" in row);
    state.more = keys
      .slice(-mostPages)
      .reverse()
      .map((key) => ({ name: `${key}.json`, url: `${base}pages/${key}.json` }));
  },
};

/** Ids and versions of a page's objects: nothing to take. */
const manifest: Layout = {
  name: "TAXII manifest",
  fits: (head) => /^[\s\ufeff]*[[{]/.test(head) && /"media_type"\s*:\s*"application\\?\/stix\+json/.test(head),
  read: async function* (chunks, state) {
    const form = { containers: ["objects"], keyed: false };
    for await (const group of readJson(chunks, state, form, () => [])) yield group.filter((row) => "problem" in row);
  },
};

export const tweetfeedTaxii: IndicatorSource = {
  ...tweetfeed,
  id: "tweetfeed-taxii",
  name: "TweetFeed (TAXII pages)",
  nature: "log",
  alternativeOf: "tweetfeed",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "as `tweetfeed`",
  files: [{ name: "index.json", url: `${base}index.json` }],
  layouts: [manifest, stixLayout(), index],
};
