import { bulkLookupShape } from "@tocsin/core/lookup";
import { lookupDataShape } from "@tocsin/core/lookup/shape";
import { iocTypes } from "@tocsin/core/values";
import { z } from "zod";
import { tool } from "../tool";

const value = z.string().min(1).max(2_048).describe("The value as you found it, defanged or not.");
const type = z.enum(iocTypes).optional().describe("What the value is. Absent: detected.");

const known = lookupDataShape.pick({
  found: true,
  ioc_value: true,
  ioc_type: true,
  note: true,
  confidence: true,
  first_seen: true,
  last_seen: true,
  reporting_sources: true,
  threat_type: true,
  malware_family: true,
  tags: true,
  mitre: true,
  risk: true,
  warnings: true,
});
const source = lookupDataShape.shape.sources.element.pick({
  source_feed: true,
  first_seen: true,
  last_seen: true,
  confidence: true,
  context: true,
});
const related = lookupDataShape.shape.related.element.pick({
  type: true,
  value: true,
  relation: true,
  risk_score: true,
});
/** Sources and related indicators of an answer. */
const most = 5;
const first = <Item extends z.ZodType>(item: Item) => z.preprocess(cutList, z.array(item));
const cutList = (list: unknown) => (Array.isArray(list) ? list.slice(0, most) : list);

export const lookupIndicator = tool({
  title: "Look one indicator up",
  description:
    "What the feeds of this instance say of one IP address, network, domain, URL, hash, e-mail address, CVE or ATT&CK id: risk with its reasons, sources, warnings of false positives, related indicators. found: false does not mean safe.",
  input: z.object({ value, type }),
  output: known.extend({ sources: first(source), related: first(related) }),
  request: ({ value: ioc, type }) => ({ method: "GET", path: "/api/v1/lookup", query: { ioc, type } }),
});

const brief = z.object({
  value: z.string().nullable(),
  found: z.boolean(),
  type: z.string().nullable(),
  risk_score: z.int().nullable(),
  risk_level: z.string().nullable(),
  threat_type: z.string().nullable(),
  malware_family: z.string().nullable(),
  reporting_sources: z.int(),
  warnings: z.array(z.string()),
  error: z.string().nullable(),
});
const results = bulkLookupShape.shape.data;

export const lookupIndicators = tool({
  title: "Look many indicators up",
  description:
    "The same in brief for up to 200 values at once, in their order. Costs one request for every ten values. Look single ones up for details.",
  input: z.object({ values: z.array(value).min(1).max(200) }),
  output: z.object({ results: z.array(brief) }),
  request: ({ values }) => ({ method: "POST", path: "/api/v1/lookup", body: { values } }),
  read: ({ data }) => ({
    results: results.parse(data).map(({ value, result, error }) => ({
      value,
      found: result?.found ?? false,
      type: result?.ioc_type ?? null,
      risk_score: result?.risk?.score ?? null,
      risk_level: result?.risk?.level ?? null,
      threat_type: result?.threat_type ?? null,
      malware_family: result?.malware_family ?? null,
      reporting_sources: result?.reporting_sources ?? 0,
      warnings: result?.warnings ?? [],
      error: error?.details.fields.map(({ problem }) => problem).join("; ") ?? null,
    })),
  }),
});

export const buildHunt = tool({
  title: "Build hunting queries and a rule",
  description:
    "Guidance, queries for Splunk (SPL), Microsoft Sentinel and Defender (KQL) and Elastic (ES|QL), and a Sigma rule that find one value in logs.",
  input: z.object({ value, type }),
  output: lookupDataShape.pick({ ioc_value: true, ioc_type: true, hunting: true, warnings: true }),
  request: ({ value: ioc, type }) => ({ method: "GET", path: "/api/v1/lookup", query: { ioc, type } }),
});
