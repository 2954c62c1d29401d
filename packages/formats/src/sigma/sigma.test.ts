import type { IocRecord } from "@tocsin/core/iocs";
import { iocId } from "@tocsin/core/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { sigmaValue, yamlQuoted } from "./quote";
import { sigma } from "./sigma";

/** Sigma 2.1: a backslash before `*`, `?` or a backslash takes it literally; bare `*` and `?` match anything. */
function parseValue(text: string): { literal: string; wildcards: number } {
  let [literal, wildcards] = ["", 0];
  for (let at = 0; at < text.length; at += 1) {
    const escapes = text[at] === "\\" && ["\\", "*", "?"].includes(text[at + 1] ?? "");
    if (escapes) at += 1;
    else if (text[at] === "*" || text[at] === "?") wildcards += 1;
    literal += text[at];
  }
  return { literal, wildcards };
}

const values = z.union([z.string(), z.array(z.string()).min(1)]);
const ruleShape = z.strictObject({
  title: z.string().min(1).max(256),
  id: z.uuid({ version: "v5" }),
  status: z.literal("experimental"),
  description: z.string().min(16),
  references: z.array(z.url()).optional(),
  author: z.string(),
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  modified: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  tags: z.array(
    z.string().regex(/^(?:attack\.(?:[a-z-]+|t\d{4}(?:\.\d{3})?)|tlp\.(?:clear|green|amber|amber-strict|red))$/),
  ),
  logsource: z.strictObject({ category: z.string(), product: z.string().optional() }),
  detection: z.strictObject({ condition: z.string() }).catchall(z.record(z.string(), values)),
  falsepositives: z.array(z.string()).min(1),
  level: z.enum(["low", "medium", "high", "critical"]),
});
type Rule = z.infer<typeof ruleShape>;

async function rulesOf(from: readonly IocRecord[], options: Record<string, string> = {}): Promise<Rule[]> {
  async function* page() {
    yield from;
  }
  const text = await textOf(sigma.documentOf(sigma.options.parse(options)), page(), about);
  const rules = parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return ruleShape.parse(document.toJS());
  });
  for (const field of ["id", "title"] as const)
    expect(new Set(rules.map((rule) => rule[field])).size).toBe(rules.length);
  return rules;
}

/** Everything that a rule compares, by field. */
function comparisons({ detection }: Rule): Array<readonly [string, string[]]> {
  return Object.values(detection).flatMap((part) =>
    typeof part === "string" ? [] : Object.entries(part).map(([field, texts]) => [field, [texts].flat()] as const),
  );
}

const awkward = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("*", "?", "\\", "'", '"', "#", ":", "\n", "\u2028", "\ufeff", " ", "a") }),
);

describe("escapes", () => {
  it("a value matches its text alone", () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(parseValue(sigmaValue(text))).toEqual({ literal: text, wildcards: 0 });
      }),
    );
  });

  it("a scalar parses back to its text", () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1 }), (texts) => {
        const [document] = parseAllDocuments(texts.map((text) => `- ${yamlQuoted(text)}\n`).join(""));
        expect(document && "toJS" in document ? document.toJS() : null).toEqual(texts);
      }),
    );
  });
});

describe("per IOC", () => {
  it("has a rule for each record that a log source shows, with the contract's fields", async () => {
    const found = (await rulesOf(records)).map((rule) => [rule.logsource.category, comparisons(rule)]);
    expect(found).toEqual([
      ["network_connection", [["DestinationIp", ["192.0.2.10"]]]],
      ["network_connection", [["DestinationIp|cidr", ["198.51.100.0/24"]]]],
      ["network_connection", [["DestinationIp|cidr", ["2001:db8::dead:beef/128"]]]],
      ["network_connection", [["DestinationIp|cidr", ["2001:db8:1::/48"]]]],
      [
        "dns",
        [
          ["QueryName", ["malware.example"]],
          ["QueryName|endswith", [".malware.example"]],
        ],
      ],
      [
        "dns",
        [
          ["QueryName", ["xn--mnchen-3ya.example"]],
          ["QueryName|endswith", [".xn--mnchen-3ya.example"]],
        ],
      ],
      ["proxy", [["c-uri", ["http://malware.example/a,b\\?x=1&y=\"2\"|<3>%20'4'\\5"]]]],
      ["proxy", [["c-uri", ["http://[2001:db8::1]:8080/\\*\\?"]]]],
      ["process_creation", [["Hashes|contains", ["MD5=0123456789ABCDEF0123456789ABCDEF"]]]],
      ["process_creation", [["Hashes|contains", [`SHA1=${"0123456789ABCDEF".repeat(2)}01234567`]]]],
      ["process_creation", [["Hashes|contains", [`SHA256=${"0123456789ABCDEF".repeat(4)}`]]]],
    ]);
  });

  it("keeps the id of a type and value, whatever else changes: the one that lookup gives", async () => {
    const [first] = records;
    if (!first) throw new Error("no record");
    const [one] = await rulesOf([first]);
    const [other] = await rulesOf([
      { ...first, riskScore: 1, tags: ["x"], updatedAt: new Date("2027-01-01T00:00:00Z") },
    ]);
    expect([one?.id, other?.id]).toEqual(Array(2).fill("f4afabd0-496d-59f3-b5fe-140b1f361f51"));
    expect(one?.id).toBe(iocId("ipv4", "sigma:192.0.2.10"));
    expect([one?.level, other?.level]).toEqual(["high", "low"]);
  });

  it("is valid whatever a source wrote, and titles stay short and distinct", async () => {
    const url = records.find(({ type }) => type === "url");
    if (!url) throw new Error("no URL");
    await fc.assert(
      fc.asyncProperty(awkward, awkward, async (note, path) => {
        const tail = path.replace(/\p{Cc}|\p{Cs}|[\u2028\u2029]/gu, "");
        const long = ["a", "b"].map((end) => `http://malware.example/${"x".repeat(300)}${tail}${end}`);
        const odd = long.map((value) => ({ ...url, value, context: note, feedName: note, referenceUrl: note }));
        const rules = await rulesOf(odd);
        expect(rules.map((rule) => parseValue(comparisons(rule)[0]?.[1][0] ?? "").literal)).toEqual(long);
      }),
      { numRuns: 50 },
    );
  });
});

describe("tags", () => {
  const attack = (rule: Rule | undefined) => rule?.tags.filter((tag) => tag.startsWith("attack."));
  const domain = records[4] as IocRecord;

  it("name the log source's tactic, then those of the techniques, then the techniques, each once", async () => {
    const [rule] = await rulesOf([
      { ...domain, mitreTechniques: ["T1071.001", "T1053.005", "T1486", "TA0009", "G0016"] },
    ]);
    expect(attack(rule)).toEqual([
      "attack.command-and-control",
      "attack.execution",
      "attack.persistence",
      "attack.privilege-escalation",
      "attack.impact",
      "attack.collection",
      "attack.t1071.001",
      "attack.t1053.005",
      "attack.t1486",
    ]);
  });

  it("name a tactic of both matrices once, and none for what the tables lack", async () => {
    const [both, unknown] = await rulesOf([
      { ...domain, mitreTechniques: ["T1059", "T0807"] },
      { ...domain, value: "b.example", mitreTechniques: ["T9999"] },
    ]);
    expect(attack(both)).toEqual(["attack.command-and-control", "attack.execution", "attack.t1059", "attack.t0807"]);
    expect(attack(unknown)).toEqual(["attack.command-and-control", "attack.t9999"]);
  });

  it("of a grouped rule are those of all its records, whatever their order", async () => {
    const group = [
      { ...domain, mitreTechniques: ["T1566.001"] },
      { ...domain, value: "b.example", mitreTechniques: ["T1041", "T1566.001"] },
    ];
    const of = async (from: readonly IocRecord[]) => attack((await rulesOf(from, { mode: "grouped" }))[0]);
    expect(await of(group)).toEqual([
      "attack.command-and-control",
      "attack.exfiltration",
      "attack.initial-access",
      "attack.t1041",
      "attack.t1566.001",
    ]);
    expect(await of(group.toReversed())).toEqual(await of(group));
  });
});

describe("grouped", () => {
  const many = Array.from({ length: 2_500 }, (_, n) => ({ ...records[4], value: `n${n}.example` }) as IocRecord);

  it("holds 1,000 values a rule in numbered documents, each value once and in order", async () => {
    const rules = await rulesOf(many, { mode: "grouped" });
    expect(rules.map(({ title }) => title)).toEqual([1, 2, 3].map((n) => `DNS Query For Reported Domain ${n}`));
    const names = rules.map((rule) => comparisons(rule).find(([field]) => field === "QueryName")?.[1] ?? []);
    expect(names.map((list) => list.length)).toEqual([1_000, 1_000, 500]);
    expect(names.flat()).toEqual(many.map(({ value }) => value));
    expect(rules[0]?.id).toBe("4bd0e885-cce6-5d6a-8ba9-281d991eb152");
  });

  it("says how many were left out where the rules are limited", async () => {
    const rules = await rulesOf(many, { mode: "grouped", rules_per_source: "2" });
    expect(rules.map(({ description }) => /(\d+) older values/.exec(description)?.[1])).toEqual([undefined, "500"]);
  });

  it("says at the end what no log source shows", async () => {
    for (const mode of ["per_ioc", "grouped"]) {
      const text = await textOf(sigma.documentOf(sigma.options.parse({ mode })), pages(), about);
      expect(text).toMatch(/\n# Left out, [^\n]*: sha512 1, email 2, cve 1, mitre_attack 1\n$/);
    }
  });
});
