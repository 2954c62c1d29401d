import { z } from "zod";
import { riskLevels } from "../iocs";
import { categories, confidences, type IocType, iocTypes } from "../values";

const time = z.iso.datetime();

export const iocTypeInput = z
  .enum([...iocTypes, "mitre-attack"])
  .transform((type): IocType => (type === "mitre-attack" ? "mitre_attack" : type));

const valueInput = z.string().min(1).max(16_384);

/** The query of GET /lookup: one value under `ioc` or its alias `value`. */
export const lookupInput = z
  .object({
    ioc: valueInput.optional().meta({
      description: "The value to look up, defanged or not. Required, unless `value` holds it.",
      example: "hxxp://malware[.]example/dropper",
    }),
    value: valueInput.optional().meta({ description: "Another name for `ioc`." }),
    type: iocTypeInput.optional().meta({
      description: "What the value is. Detected from the value where absent.",
      example: "url",
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
    if (text === undefined) return problem("ioc", "is required", allowedValues);
    return { ioc: text, type: type ?? null };
  });
export type LookupInput = z.output<typeof lookupInput>;

/** What `ioc` may hold, in words for error details. */
export const allowedValues =
  "an IPv4 or IPv6 address or network, domain, URL, MD5, SHA-1, SHA-256 or SHA-512 hash, e-mail address, CVE id or ATT&CK id";

const riskShape = z
  .object({
    score: z.int().min(0).max(100).meta({ description: "The sum of the factors' weights, 0 to 100.", example: 78 }),
    level: z.enum(riskLevels.map(({ level }) => level)).meta({ example: "high" }),
    factors: z
      .array(
        z.object({
          name: z.string().meta({ example: "confidence" }),
          weight: z
            .int()
            .meta({ description: "Points that this factor adds to the score, or takes from it.", example: 25 }),
          most: z
            .int()
            .meta({ description: "Points that this factor can add; 0 where it only takes away.", example: 25 }),
          why: z.string().meta({ example: "reported with high confidence" }),
        }),
      )
      .meta({ description: "How the score came about; the weights add up to it." }),
  })
  .meta({ description: "How dangerous the value is by what is known of it." });

const huntingShape = z
  .object({
    detection_guidance: z.string().meta({ description: "Where to look for the value, and what a hit means." }),
    splunk_query: z.string().meta({ description: "Splunk SPL on CIM field names." }),
    kql_query: z.string().meta({ description: "KQL for Microsoft Defender XDR and Sentinel." }),
    elastic_esql: z.string().meta({ description: "ES|QL on ECS field names." }),
    sigma: z
      .string()
      .nullable()
      .meta({ description: "A Sigma rule as YAML; null where Sigma has no log for the type." }),
  })
  .meta({ description: "Ready queries that find the value in one's own logs." });
export type Hunting = z.infer<typeof huntingShape>;

export const relations = ["network", "host", "parent_domain"] as const;
export type Relation = (typeof relations)[number];

const relatedShape = z.object({
  id: z.uuid(),
  type: z.enum(iocTypes),
  value: z.string().meta({ example: "198.51.100.0/24" }),
  relation: z.enum(relations).meta({
    description:
      "`network` holds the address (or the URL's host), `host` is the host of the URL or e-mail address, `parent_domain` is a domain above it.",
  }),
  confidence: z.enum(confidences),
  risk_score: z.int().min(0).max(100),
  last_seen: time,
});
export type Related = z.infer<typeof relatedShape>;

const sourceShape = z.object({
  source_feed: z.string().meta({ description: "The feed's name.", example: "URLhaus" }),
  source_category: z.enum(categories),
  ioc_value: z.string().meta({ description: "What the feed reported: the value itself, or a network that holds it." }),
  reference_url: z.string().nullable(),
  first_seen: time,
  last_seen: time,
  occurrence_count: z.int(),
  confidence: z.enum(confidences),
  context: z.string().nullable().meta({ description: "What else the feed says of the value." }),
});
export type LookupSource = z.infer<typeof sourceShape>;

const articleShape = z.object({
  id: z.uuid(),
  title: z.string(),
  url: z.string(),
  published_at: time.nullable(),
  source_name: z.string(),
});

/** Everything known of one value; where nothing is, `found` is false and what depends on a record is null or empty. */
export const lookupDataShape = z.object({
  found: z.boolean().meta({ description: "Whether a feed reported the value, or a network that holds it." }),
  ioc_value: z
    .string()
    .meta({ description: "The value, refanged and normalised.", example: "http://malware.example/dropper" }),
  ioc_type: z.enum(iocTypes),
  note: z.string().nullable().meta({ description: "How to read the answer, where it needs saying." }),
  confidence: z.enum(confidences).nullable(),
  first_seen: time.nullable(),
  last_seen: time.nullable(),
  total_occurrences: z.int().meta({ description: "How often all sources together reported it." }),
  reporting_sources: z.int().meta({ description: "How many feeds reported it." }),
  threat_type: z.string().nullable().meta({ example: "payload_delivery" }),
  malware_family: z.string().nullable(),
  tags: z.array(z.string()),
  mitre_techniques: z.array(z.string()).meta({ example: ["T1071.001"] }),
  mitre: z
    .array(
      z.object({
        id: z.string().meta({ example: "T1071.001" }),
        name: z.string().nullable().meta({
          description: "Null of an id that the tables lack.",
          example: "Application Layer Protocol: Web Protocols",
        }),
        tactics: z.array(z.string()).meta({ example: ["Command and Control"] }),
      }),
    )
    .meta({ description: "What the ATT&CK ids of the answer stand for." }),
  risk: riskShape.nullable().meta({ description: "Null where nothing is known: unknown is not harmless." }),
  hunting: huntingShape,
  warnings: z.array(z.string()).meta({ description: "Why a hit may be a false positive, or the value of no use." }),
  related: z.array(relatedShape).meta({ description: "Other records that bear on the value; nearest first." }),
  sources: z.array(sourceShape).meta({ description: "What each feed says; latest first." }),
  articles: z.array(articleShape).optional().meta({ description: "Articles that name the CVE; only of a CVE." }),
});
export type LookupData = z.infer<typeof lookupDataShape>;

export const lookupShape = z.object({
  meta: z.object({
    generated_at: time,
    feed_version: z.literal("1.0"),
    source: z.string().meta({ description: "The instance's name.", example: "Tocsin" }),
  }),
  data: lookupDataShape,
});
export type Lookup = z.infer<typeof lookupShape>;
