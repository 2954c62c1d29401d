// Every reader of core that text from outside reaches, for the growth test and the table of apps/api/bench/linear.ts.

import path from "node:path";
import { costOfMany } from "./access";
import { actorNames, articleId, canonicalUrl } from "./articles";
import { plainText as plainOfMarkup } from "./articles/plain-text";
import * as attack from "./attack";
import { isAuditAction, parseCheckpoint } from "./audit";
import { isUuid, plainText, queryInteger, queryIntegerOrAll } from "./errors";
import { extractArticle, extractCostOf, findThreatNames, readText, siteOf } from "./extraction";
import { readHtml } from "./extraction/article-html";
import { articlePieces } from "./extraction/hostile.testing";
import { candidateIds, prepareIngest } from "./iocs";
import { similarText } from "./iocs/search-iocs";
import { cidrText, hashesOf, isSecret, prefixOf } from "./keys";
import { findSecrets, leakPolicyOf } from "./leaks";
import { blotSecrets } from "./leaks/scanner-pattern";
import { createQueryCursor, createSignedCursor, createTimeCursor, readNumberCursor } from "./lib";
import { type Reader, tokensIn } from "./lib/hostile.testing";
import { bulkCostOf, subjectOf } from "./lookup";
import { huntFor } from "./lookup/hunting";
import { findSubject } from "./lookup/subject";
import { articleSubject, createFinder, entryKeys, iocSubject, wordsOf } from "./matching";
import { targetProblem } from "./outbound";
import { mappingProblem, requireFeedUrl } from "./own-feeds";
import { mappingShape } from "./own-feeds/mapping";
import { indicatorsCostOf } from "./own-indicators";
import { sightingsCostOf } from "./reports";
import { threatOf } from "./threats/subject";
import * as values from "./values";
import { createWarninglists, isNetwork } from "./warninglists";
import { readEntry } from "./watchlists";
import { readPaste } from "./watchlists/paste";

type Row = {
  read: (text: string) => unknown;
  samples?: readonly string[];
  sources?: readonly string[];
  tokens?: readonly string[];
  worthMs?: number;
};

const indicators = [
  ...Object.values(values.iocTypeCatalog).map(({ example }) => example),
  "hxxps[:]//user:pw@malware[.]example[:]8080/a?b=c#d",
  "billing at malware dot example",
  "<http://[2001:db8::1]:80/x>",
  "198.51.100.0/24:443",
];
const times = ["2026-01-31T09:30:00.123+01:00", "2026-01-31", "2026-01-31T09:30:00 01:00"];
const urls = ["https://user:pw@news.example/a/b.html?utm_source=rss&x=1&ref=feed#part", "http://{key}.example/{key}"];
const markup = [
  '<article class="post"><h1>Title</h1><p>Seen at <a href="http://malware.example/x">hxxp://malware[.]exa...</a></p>',
  "<table><tr><td>MD5</td><td>0123456789abcdef0123456789abcdef</td></tr></table><pre>a\nb</pre>&amp;&#x41;<!-- c -->",
  '<span data-cfemail="543931142c">x</span><nav>n</nav><script>s</script>',
];
const report = [
  "# Title\n\nAPT29 exploits CVE-2026-12345 (CVSS 9.8) with T1059.001 against energy and healthcare.\n",
  "C2: malware[.]example, 198.51.100[.]7:443; hxxp://malware[.]example/x\nSHA256 | 0123456789abcdef 0123456789abcdef\n",
  "| IP | Domain |\n|---|---|\n| 198.51.100.7 | malware.example |\n```\ncode\n```\n",
];
const allowed = (shape: { safeParse: (text: unknown) => unknown }) => (text: string) => shape.safeParse(text);
const quiet = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch {
    return null;
  }
};
const inPaste =
  (format: "lines" | "csv", before = "") =>
  (text: string) =>
    readPaste({ text: before + text, format, subdomains: true, lookalikes: true, note: null }).catch(() => null);
const keys = { current: "a", byId: new Map([["a", Buffer.alloc(32, 7)]]) };
const article = (field: "html" | "text" | "title" | "url") => (text: string) =>
  extractArticle({ title: "Title", url: "https://news.example/a", publisherHosts: ["news.example"], [field]: text });
const ioc = { id: "", generation: 1, type: "url", value: "", tags: [], threatType: null, malwareFamily: null } as const;
const facts = { author: "a", known: true, date: new Date(0), level: "low", techniques: [], tlp: null } as const;
const valuesSource = [
  "refang.ts",
  "detect.ts",
  "web-address.ts",
  "written-forms.ts",
  "address.ts",
  "normalise.ts",
  "query-text.ts",
];
const valueSources = [
  ...[
    ...valuesSource,
    ...["url", "domain", "email", "cve", "hash", "address", "mitre-attack"].map((of) => `ioc-types/${of}.ts`),
  ],
].map((file) => `values/${file}`);
const extractionSources = [
  ...["candidates", "defang", "indicators", "line", "wrapped", "labels", "columns", "ids", "host-name", "references"],
  ...["severity", "sections", "standing", "summary", "markup", "article-html", "threat-names", "context"],
].map((file) => `extraction/${file}.ts`);
const indicator = (read: (text: string) => unknown): Row => ({ read, samples: indicators, sources: valueSources });
const name = (read: (text: string) => unknown, ...sources: string[]): Row => ({
  read,
  samples: ["Win.Agent_Tesla-1 stealer"],
  sources,
});

const feed = { id: "a", name: "A", category: "threat-feed", confidence: "medium", tlp: "clear" } as const;
const list = { id: "a", name: "A", version: "1", means: "a", effect: "note", urls: "any" } as const;
const warninglists = createWarninglists([
  { ...list, kind: "substring", types: ["url"], entries: ["a.b", "//a", "aaaa"] },
  { ...list, kind: "hostname", types: ["domain"], entries: ["a.example", "example"] },
]);

/** By the folder and the name under which it is exported there, and what else is to be said of which text it gets. */
const rows: Readonly<Record<string, Row>> = {
  "articles.actorNames": name(actorNames, "articles/actor-names.ts"),
  "articles.articleId": { read: articleId, samples: urls },
  "articles.canonicalUrl": { read: canonicalUrl, samples: urls, sources: ["articles/canonical-url.ts"] },
  "articles.plainText (markup)": {
    read: (text) => plainOfMarkup(text, 4_000),
    samples: markup,
    sources: ["articles/plain-text.ts"],
  },
  "articles.plainText (whole)": {
    read: (text) => plainOfMarkup(text, 1e9),
    samples: markup,
    sources: ["articles/plain-text.ts"],
  },
  "attack.deriveTechniques (threat)": name(
    (text) => attack.deriveTechniques(text, null),
    "attack/threat-techniques.ts",
  ),
  "attack.deriveTechniques (family)": name(
    (text) => attack.deriveTechniques(null, text),
    "attack/family-techniques.ts",
  ),
  "attack.describeAttack": name((text) => attack.describeAttack(text)),
  "attack.fullNameOf": name((text) => attack.fullNameOf(text)),
  "attack.tacticOf": name((text) => attack.tacticOf(text)),
  "attack.tacticsOf": name((text) => attack.tacticsOf(text)),
  "attack.techniqueOf": name((text) => attack.techniqueOf(text)),
  "attack.phasesOf": name((text) => attack.phasesOf([text])),
  "attack.tacticNamed": name((text) => attack.tacticNamed(text)),
  "attack.techniquesOfFamily": name(attack.techniquesOfFamily, "attack/family-techniques.ts", "attack/catalogue.ts"),
  "attack.techniquesOfThreat": name(attack.techniquesOfThreat, "attack/threat-techniques.ts"),
  "audit.isAuditAction": name(isAuditAction),
  "audit.parseCheckpoint": {
    read: parseCheckpoint,
    samples: [`tac1.${"0".repeat(36)}.1.${"a".repeat(64)}.k.1.${"b".repeat(64)}`],
  },
  "errors.isUuid": name(isUuid, "errors/input.ts"),
  "errors.plainText": {
    read: allowed(plainText({ min: 1, max: 100 })),
    samples: ["A name"],
    sources: ["errors/input.ts"],
  },
  "errors.plainText (lines)": {
    read: allowed(plainText({ max: 500, multiline: true })),
    samples: ["A\r\nb"],
    sources: ["errors/input.ts"],
  },
  "errors.plainText (long)": {
    read: allowed(plainText({ max: 1_000_000 })),
    samples: ["A\r\nb"],
    sources: ["errors/input.ts"],
  },
  "errors.queryInteger": { read: allowed(queryInteger(1, 10)), samples: ["5"] },
  "errors.queryIntegerOrAll": { read: allowed(queryIntegerOrAll(1, 10)), samples: ["5", "all"] },
  "extraction.extractArticle (html)": {
    read: article("html"),
    samples: markup,
    sources: extractionSources,
    tokens: articlePieces.pages,
    worthMs: 1_500,
  },
  "extraction.extractArticle (text)": {
    read: article("text"),
    samples: report,
    sources: extractionSources,
    tokens: articlePieces.texts,
    worthMs: 1_500,
  },
  "extraction.extractArticle (title)": { read: article("title"), samples: report, sources: extractionSources },
  "extraction.extractArticle (url)": { read: article("url"), samples: urls },
  "extraction.readText": {
    read: readText,
    samples: report,
    sources: extractionSources,
    tokens: articlePieces.texts,
    worthMs: 1_500,
  },
  "extraction.extractCostOf": { read: (text) => extractCostOf({ text }) },
  "extraction.readHtml": {
    read: readHtml,
    samples: markup,
    sources: ["extraction/article-html.ts", "extraction/markup.ts"],
  },
  "extraction.findThreatNames": { read: findThreatNames, samples: report, sources: ["extraction/threat-names.ts"] },
  "extraction.siteOf": { read: siteOf, samples: ["www.news.co.uk"], sources: ["extraction/references.ts"] },
  "iocs.candidateIds (address)": { read: (text) => candidateIds("ipv6", text), samples: ["2001:db8::1/64"] },
  "iocs.candidateIds (url)": { read: (text) => candidateIds("url", text), samples: urls },
  "iocs.prepareIngest": indicator((value) =>
    prepareIngest({ feed, observations: [{ value, context: value, tags: [value] }], pulledAt: new Date(0) }),
  ),
  "iocs.searchIocs (query)": indicator(similarText),
  "keys.cidrText": {
    read: allowed(cidrText()),
    samples: ["198.51.100.0/24", "2001:db8::/32"],
    sources: ["values/address.ts"],
  },
  "keys.hashesOf": { read: (text) => hashesOf(text, keys) },
  "keys.isSecret": { read: isSecret, samples: [`sk_live_${"a".repeat(49)}`], sources: ["keys/secret.ts"] },
  "keys.prefixOf": { read: (text) => prefixOf(text, "sk_live_") },
  "leaks.findSecrets": {
    read: (text) => findSecrets(text, "sk_live_"),
    samples: [`key=sk_live_${"a".repeat(49)}\n`],
    sources: ["keys/secret.ts"],
  },
  "leaks.blotSecrets": {
    read: blotSecrets,
    samples: [`key=sk_live_${"a".repeat(49)}`],
    sources: ["leaks/scanner-pattern.ts"],
  },
  "leaks.leakPolicyOf": name(quiet(leakPolicyOf)),
  "lib.createQueryCursor": {
    read: (text) => createQueryCursor({ ranked: true, otherQuery: "" }).decode(text, [text]),
    samples: ["AQID"],
  },
  "lib.createSignedCursor": { read: (text) => createSignedCursor("a").decode(text, keys), samples: ["AQID"] },
  "lib.createTimeCursor": {
    read: quiet((text) => createTimeCursor().read(text)),
    samples: ["1795253400000.7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a12"],
  },
  "lib.readNumberCursor": { read: quiet(readNumberCursor), samples: ["12"] },
  "access.costOfMany": { read: (text) => costOfMany({ values: text }, "values", { most: 1_000, perRequest: 10 }) },
  "reports.sightingsCostOf": { read: (text) => sightingsCostOf({ sightings: text }) },
  "lookup.bulkCostOf": { read: (text) => bulkCostOf({ values: text }) },
  "lookup.subjectOf": indicator(quiet((ioc) => subjectOf({ ioc, type: null }))),
  "lookup.lookupIoc (value)": indicator((ioc) => findSubject({ ioc, type: null })),
  "threats.describeThreat (malware)": name((id) => threatOf({ kind: "malware", id }), "threats/subject.ts"),
  "lookup.lookupIoc (URL)": indicator((ioc) => findSubject({ ioc, type: "url" })),
  "lookup.huntFor (URL)": {
    read: (text) => huntFor("url", text, facts),
    samples: urls,
    sources: ["lookup/literals.ts", "lookup/queries.ts"],
  },
  "lookup.huntFor (e-mail)": {
    read: (text) => huntFor("email", `a@${text}`, facts),
    samples: urls,
    sources: ["lookup/literals.ts"],
  },
  "matching.articleSubject": {
    read: (text) => articleSubject({ id: "", title: text, summary: "", text, names: [], cveIds: [] }),
    samples: report,
  },
  "matching.createFinder": {
    read: (text) => createFinder([])(articleSubject({ id: "", title: text, summary: "", text, names: [], cveIds: [] })),
    samples: report,
  },
  "matching.entryKeys (term)": {
    read: (value) => entryKeys({ kind: "term", value, iocType: null, lookalikes: true }),
    samples: ["Example Corp"],
  },
  "matching.entryKeys (value)": {
    read: (value) => entryKeys({ kind: "value", value, iocType: "url", lookalikes: true }),
    samples: urls,
  },
  "matching.iocSubject (URL)": { read: (value) => iocSubject({ ...ioc, value, context: value }), samples: urls },
  "matching.wordsOf": { read: wordsOf, samples: report, sources: ["matching/words.ts"] },
  "outbound.targetProblem": {
    read: (text) => targetProblem(text, { privateTargets: false }),
    samples: urls,
    sources: ["outbound/target.ts"],
  },
  "own-feeds.mappingProblem": {
    read: (value) => mappingProblem("csv", { ...mappingShape.parse({}), header: "none", fields: { value } }),
    samples: ["1"],
  },
  "own-feeds.mappingShape (path)": {
    read: (text) => mappingShape.safeParse({ path: text }),
    samples: ["a.b.c", "data.*"],
    sources: ["own-feeds/mapping.ts"],
  },
  "own-indicators.indicatorsCostOf": { read: (text) => indicatorsCostOf({ indicators: text }) },
  "own-feeds.requireFeedUrl": {
    read: quiet((text) => requireFeedUrl(text, { kind: "url" }, { privateFeeds: false })),
    samples: urls,
  },
  "values.addressAllowed": {
    read: (text) => values.addressAllowed(["198.51.100.0/24"], text),
    samples: ["198.51.100.7"],
  },
  "values.addressAllowed (rule)": {
    read: (text) => values.addressAllowed([text], "198.51.100.7"),
    samples: ["198.51.100.0/24"],
  },
  "values.addressBucket": { read: values.addressBucket, samples: ["2001:db8::1"] },
  "values.commaList": { read: allowed(values.commaList(["a", "bc"], { description: "" })), samples: ["a,bc"] },
  "values.detect": { ...indicator(values.detect), worthMs: 500 },
  "values.findCollection": name(values.findCollection),
  "values.findTextProblem": indicator(values.findTextProblem),
  "values.hostOf": indicator(values.hostOf),
  "values.loggedUrls": indicator(values.loggedUrls),
  "values.requestUrl": indicator(values.requestUrl),
  "values.normaliseDomain": indicator((text) => values.normaliseDomain(text)),
  "values.resolveObservation": indicator((value) => values.resolveObservation({ type: "url", value })),
  "values.industryOf": { read: values.industryOf, samples: ["Energy and Utilities"], sources: ["values/industry.ts"] },
  "values.iocId": { read: (text) => values.iocId("url", text), samples: urls },
  "values.isPublicAddress": { read: values.isPublicAddress, samples: ["2001:db8::1"] },
  "values.isReserved": { read: (text) => values.isReserved("ipv6", text), samples: ["2001:db8::1/64"] },
  "values.isTechnique": name(values.isTechnique),
  "values.kindOf": { read: (text) => values.kindOf("mitre_attack", text), samples: ["T1059"] },
  "values.normalForm": { read: (text) => values.normalForm(text, "NFKC"), samples: ["Example"] },
  "values.networksAround": { read: values.networksAround, samples: ["2001:db8::1/64"] },
  "values.parseAddress": {
    read: values.parseAddress,
    samples: ["fe80::1%eth0", "::ffff:1.2.3.4"],
    sources: ["values/address.ts"],
  },
  "values.parseIpv4": { read: values.parseIpv4, samples: ["192.0.2.1", "0x7f.1"], sources: ["values/address.ts"] },
  "values.parseIpv6": { read: values.parseIpv6, samples: ["2001:db8::192.0.2.1"], sources: ["values/address.ts"] },
  "values.parseNetwork": { read: values.parseNetwork, samples: ["2001:db8::/32"], sources: ["values/address.ts"] },
  "values.quadOf": name(values.quadOf),
  "values.isIocType": name(values.isIocType),
  "values.recordId": name(values.recordId),
  "values.plainForm": { read: (text) => values.plainForm("url", text), samples: urls },
  "values.plainForms": { read: (text) => values.plainForms("url", text), samples: urls },
  "values.samenessOf": { read: (text) => values.samenessOf("url", text, `${text}#a`), samples: urls },
  "values.queryBoolean": { read: allowed(values.queryBoolean()), samples: ["true"] },
  "values.queryTime": {
    read: allowed(values.queryTime({ description: "" })),
    samples: times,
    sources: ["values/query-text.ts"],
  },
  "values.readTlp": { read: values.readTlp, samples: ["TLP: AMBER+STRICT"], sources: ["values/read-tlp.ts"] },
  "values.tlpOfMarking": {
    read: values.tlpOfMarking,
    samples: ["marking-definition--x"],
    sources: ["values/read-tlp.ts"],
  },
  "values.tlpOfTags": { read: (text) => values.tlpOfTags([text, "tlp:red"]), samples: ["tlp:amber"] },
  "values.refang": { ...indicator(values.refang), worthMs: 500 },
  "values.stixId": { read: (text) => values.stixId(text, 1) },
  "warninglists.createWarninglists": {
    read: (text) => warninglists.matchesOf("url", text),
    samples: indicators,
  },
  "warninglists.isNetwork": { read: isNetwork, samples: ["2001:db8::/32"] },
  "watchlists.readEntry": indicator((text) => readEntry(text)),
  "watchlists.readEntry (term)": {
    read: (text) => readEntry(text, "term"),
    samples: ["Example Corp"],
    sources: ["watchlists/entry.ts"],
  },
  "watchlists.readPaste (lines)": {
    read: inPaste("lines"),
    samples: indicators,
    sources: [...valueSources, "watchlists/paste.ts", "watchlists/entry.ts"],
  },
  "watchlists.readPaste (CSV)": {
    read: inPaste("csv", "value,kind,note\n"),
    samples: ['"a.example",domain,"a ""b"""\n'],
    sources: ["watchlists/paste.ts"],
  },
  "watchlists.readPaste (header)": {
    read: inPaste("csv"),
    samples: ['value,"kind",note\n'],
    sources: ["watchlists/paste.ts"],
  },
  ...Object.fromEntries(
    values.iocTypes.flatMap((type) => [
      [`values.normalise (${type})`, indicator((text) => values.normalise(type, text))],
      [`values.resolveAs (${type})`, indicator((text) => values.resolveAs(type, text))],
      [`values.iocTypeCatalog (${type}, defang)`, indicator((text) => values.iocTypeCatalog[type].defang?.(text))],
    ]),
  ),
};

const src = import.meta.dirname;

export const coreReaders: readonly Reader[] = Object.entries(rows).map(
  ([of, { read, samples = [], sources = [], tokens = [], worthMs = 50 }]) => ({
    name: `core/${of}`,
    read,
    samples,
    tokens: [...tokens, ...tokensIn(...sources.map((file) => path.join(src, file)))],
    worthMs,
  }),
);
