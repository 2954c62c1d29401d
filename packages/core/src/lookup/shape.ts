import { z } from "zod";
import { riskLevelShape } from "../iocs";
import {
  answerMetaShape,
  anyIocInWords,
  categoryShape,
  confidenceShape,
  countOf,
  type IocType,
  iocTypeAliases,
  iocTypeNames,
  iocTypeShape,
  isIocType,
  riskScore,
  timeOf,
  timeOrNull,
  uuid,
} from "../values";

export const iocTypeInput = z
  .enum(iocTypeNames)
  .transform((name): IocType => (isIocType(name) ? name : iocTypeAliases[name]));

const valueInput = z.string().min(1).max(16_384);

/** The query of GET /lookup: one value under `ioc` or its alias `value`. */
export const lookupInput = z
  .object({
    ioc: valueInput.optional().meta({
      description: "The value to look up, defanged or not; 1 to 16384 characters. Required, unless `value` holds it.",
      example: "hxxp://malware[.]example/dropper",
      parameter: "LookupIoc",
    }),
    value: valueInput.optional().meta({
      description: "Another name for `ioc`.",
      example: "hxxp://malware[.]example/dropper",
      parameter: "LookupValue",
    }),
    type: iocTypeInput.optional().meta({
      description: "What the value is; `mitre-attack` is `mitre_attack`. Absent: detected from the value.",
      example: "url",
      parameter: "LookupType",
    }),
  })
  .transform(({ ioc, value, type }, ctx) => {
    const problem = (path: string, message: string, allowed: string) => {
      ctx.issues.push({ code: "custom", path: [path], message, params: { allowed }, input: value });
      return z.NEVER;
    };
    if (ioc !== undefined && value !== undefined && ioc !== value) {
      return problem("value", "differs from ioc, of which it is another name", "one of the two");
    }
    const text = ioc ?? value;
    if (text === undefined) return problem("ioc", "is required", anyIocInWords);
    return { ioc: text, type: type ?? null };
  });
export type LookupInput = z.output<typeof lookupInput>;

const riskShape = z
  .object({
    score: z
      .int()
      .min(0)
      .max(100)
      .meta({ description: "The risk score, 0 to 100: the sum of the factors' weights.", example: 78 }),
    level: riskLevelShape,
    factors: z
      .array(
        z
          .object({
            name: z.string().meta({ description: "What was weighed.", example: "confidence" }),
            weight: z.int().meta({
              description: "Points that the factor adds to the score; negative where it takes away.",
              example: 20,
            }),
            most: z.int().meta({
              description: "Points that the factor can add at most; 0 where it only takes away.",
              example: 21,
            }),
            why: z
              .string()
              .meta({ description: "Why it weighs that much, for people.", example: "reported with high confidence" }),
          })
          .meta({ id: "RiskFactor", description: "A part of a risk score." }),
      )
      .meta({ description: "How the score came about; the weights add up to it." }),
  })
  .meta({ id: "Risk", description: "How dangerous a value is, by what is known of it." });

const huntingShape = z
  .object({
    detection_guidance: z.string().meta({
      description: "Where to look for the value, and what a hit means, for people.",
      example: "Look for requests to the URL in proxy logs. A hit means that a host fetched it.",
    }),
    splunk_query: z.string().meta({
      description: "A query in Splunk's SPL, on field names of the Common Information Model.",
      example: '| tstats count from datamodel=Web where Web.url="http://malware.example/dropper" by Web.src',
    }),
    kql_query: z.string().meta({
      description: "A query in KQL, for Microsoft Defender XDR and Sentinel.",
      example: 'DeviceNetworkEvents | where RemoteUrl =~ "http://malware.example/dropper"',
    }),
    elastic_esql: z.string().meta({
      description: "A query in ES|QL, on field names of the Elastic Common Schema.",
      example: 'FROM logs-* | WHERE url.full == "http://malware.example/dropper"',
    }),
    sigma: z.string().nullable().meta({
      description: "A Sigma rule as YAML; null where Sigma has no log source for the type.",
      example: "title: 'Request to malware.example'\nlogsource:\n    category: proxy\n",
    }),
  })
  .meta({ id: "Hunting", description: "Ready queries that find a value in your own logs." });
export type Hunting = z.infer<typeof huntingShape>;

export const relations = ["same", "fragment", "network", "host", "parent_domain"] as const;
export type Relation = (typeof relations)[number];

const relatedShape = z
  .object({
    id: uuid.meta({ description: "The id of the indicator.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
    type: iocTypeShape.meta({ description: "What the indicator is.", example: "ipv4" }),
    value: z.string().meta({ description: "The indicator, normalised.", example: "198.51.100.0/24" }),
    relation: z.enum(relations).meta({
      description:
        "`same` is the value written otherwise (the slash of an empty path, credentials, a fragment, the case of a mailbox) and counts as found, `fragment` is a front page with another fragment, `network` holds the address (or the URL's host), `host` is the host of the URL or e-mail address, `parent_domain` is a domain above it.",
      example: "network",
    }),
    confidence: confidenceShape,
    risk_score: riskScore,
    last_seen: timeOf("When a source last saw it."),
  })
  .meta({ id: "RelatedIOC", description: "Another indicator that bears on the value." });
export type Related = z.infer<typeof relatedShape>;

const sourceShape = z
  .object({
    source_feed: z.string().meta({ description: "The name of the feed.", example: "URLhaus" }),
    source_category: categoryShape.meta({ description: "The category of the feed." }),
    ioc_value: z.string().meta({
      description: "What the feed reported: the value itself, as that feed writes it, or a network that holds it.",
      example: "http://malware.example/dropper",
    }),
    reference_url: z.string().nullable().meta({
      description: "Where the feed explains its report; null where it does not.",
      example: "https://feed.example/1",
    }),
    first_seen: timeOf("When the feed first saw it."),
    last_seen: timeOf("When the feed last saw it."),
    occurrence_count: countOf("How often the feed reported it.", 4),
    confidence: confidenceShape.meta({ description: "How sure the feed is." }),
    context: z.string().nullable().meta({
      description: "What else the feed says of the value; null where it says nothing.",
      example: "port 4444",
    }),
  })
  .meta({ id: "LookupSource", description: "What one feed says of the value." });
export type LookupSource = z.infer<typeof sourceShape>;

const articleShape = z
  .object({
    id: uuid.meta({ description: "The id of the article.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
    title: z.string().meta({ description: "Its title.", example: "A new wiper" }),
    url: z.string().meta({ description: "Its address.", example: "https://news.example/wiper" }),
    published_at: timeOrNull("When it was published; null where that is not known."),
    source_name: z.string().meta({ description: "Who published it.", example: "Example news" }),
  })
  .meta({ id: "LookupArticle", description: "An article that names the CVE." });

const ownReportsShape = z
  .object({
    verdict: z
      .enum(["harmless", "malicious"])
      .nullable()
      .meta({ description: "The workspace's verdict; null where it gave none.", example: "harmless" }),
    verdict_on: z.string().nullable().meta({
      description: "What the verdict was given on: the value, or a network or domain that holds it.",
      example: "malware.example",
    }),
    reason: z.string().nullable().meta({ description: "Why.", example: "Our own mail gateway" }),
    verdict_by: z.string().nullable().meta({ description: "Who said so, by name.", example: "Ada Example" }),
    verdict_at: timeOrNull("When the verdict was given; null where none was."),
    sightings: countOf("Sightings of the value that the workspace reported.", 2),
    occurrences: countOf("How often it was seen in all of them.", 14),
    first_seen: timeOrNull("When the workspace first saw it; null where it did not."),
    last_seen: timeOrNull("When the workspace last saw it; null where it did not."),
    places: z
      .array(z.string())
      .meta({ description: "Where the workspace saw it, at most ten places.", example: ["Proxy Vienna"] }),
  })
  .meta({
    id: "OwnReports",
    description: "What the workspace reported of the value itself. The score has it as factors of its own.",
  });
export type OwnReports = z.infer<typeof ownReportsShape>;

/** Everything known of one value; where nothing is, `found` is false and what depends on a record is null or empty. */
export const lookupDataShape = z
  .object({
    found: z.boolean().meta({
      description: "Whether a feed reported the value, however written, or a network that holds it.",
      example: true,
    }),
    ioc_value: z
      .string()
      .meta({ description: "The value, refanged and normalised.", example: "http://malware.example/dropper" }),
    ioc_type: iocTypeShape.meta({ description: "What the value is.", example: "url" }),
    note: z.string().nullable().meta({
      description: "How to read the answer, such as that no record does not mean safe; null where it needs no saying.",
      example: null,
    }),
    confidence: confidenceShape.nullable().meta({
      description: "How sure the sources are; null where nothing was found.",
      example: "high",
    }),
    first_seen: timeOrNull("When a source first saw it; null where nothing was found."),
    last_seen: timeOrNull("When a source last saw it; null where nothing was found."),
    total_occurrences: countOf("How often all sources together reported it.", 4),
    reporting_sources: countOf("How many feeds reported it.", 1),
    threat_type: z.string().nullable().meta({
      description: "What it does, in a source's words; null where none says.",
      example: "payload_delivery",
    }),
    malware_family: z.string().nullable().meta({
      description: "The malware that it belongs to, as a source names it; null where none does.",
      example: "Emotet",
    }),
    tags: z.array(z.string()).meta({ description: "The tags that its sources give it.", example: ["emotet"] }),
    mitre_techniques: z
      .array(z.string())
      .meta({ description: "The ATT&CK ids that its sources give it.", example: ["T1071.001"] }),
    mitre: z
      .array(
        z
          .object({
            id: z.string().meta({ description: "The ATT&CK id.", example: "T1071.001" }),
            name: z.string().nullable().meta({
              description: "Its full name; null where the instance does not know the id.",
              example: "Application Layer Protocol: Web Protocols",
            }),
            tactics: z
              .array(z.string())
              .meta({ description: "The tactics that it serves.", example: ["Command and Control"] }),
          })
          .meta({ id: "ATTACKName", description: "What an ATT&CK id stands for." }),
      )
      .meta({ description: "What the ids of `mitre_techniques` stand for." }),
    risk: riskShape.nullable().meta({
      description: "How dangerous the value is; null where nothing is known, which does not mean harmless.",
    }),
    hunting: huntingShape,
    warnings: z.array(z.string()).meta({
      description: "Why a hit may be a false positive, or the value of no use for detection.",
      example: [],
    }),
    related: z.array(relatedShape).meta({ description: "Other indicators that bear on the value, nearest first." }),
    sources: z.array(sourceShape).meta({ description: "What each feed says, latest first." }),
    articles: z
      .array(articleShape)
      .optional()
      .meta({ description: "Articles that name the CVE; absent where the value is no CVE." }),
    own_reports: ownReportsShape.optional().meta({
      description:
        "What the workspace reported of the value; absent where it reported nothing. No other workspace gets it.",
    }),
  })
  .meta({ id: "LookupData", description: "Everything that is known of one value." });
export type LookupData = z.infer<typeof lookupDataShape>;

export const lookupShape = z
  .object({
    meta: answerMetaShape,
    data: lookupDataShape,
  })
  .meta({ id: "Lookup", description: "The answer of a lookup." });
export type Lookup = z.infer<typeof lookupShape>;
