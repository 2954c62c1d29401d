import { z } from "zod";
import { matrices } from "../attack";
import { briefIocsFields } from "../iocs";
import { answerMetaShape, iocTypeShape, timeOf, utcDay, uuid } from "../values";

/** What articles and indicators are about: a technique or tactic of ATT&CK, a group, malware or a CVE. */
export const threatKinds = ["technique", "group", "malware", "cve"] as const;
export type ThreatKind = (typeof threatKinds)[number];

/** Days that trends and the heat map speak of. */
export const trendDays = 30;

export const threatInput = z.object({
  kind: z.enum(threatKinds).meta({ description: "What the id is of.", example: "technique" }),
  id: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ description: "An ATT&CK id, a CVE, or the name of a group or of malware.", example: "T1071.001" }),
});
export type ThreatInput = z.output<typeof threatInput>;

export const matrixInput = z
  .object({ matrix: z.enum(matrices).default("enterprise").meta({ description: "Which matrix of ATT&CK." }) })
  .prefault({});
export type MatrixInput = z.output<typeof matrixInput>;

const named = {
  id: z.string().meta({ description: "Its id, or its name where it has none.", example: "T1071" }),
  name: z.string().meta({ description: "Its name.", example: "Application Layer Protocol" }),
};
const namedShape = z
  .object(named)
  .meta({ id: "NamedThreat", description: "A technique, tactic, group, malware or CVE by name." });

const mentionedShape = z
  .object({ ...named, articles: z.int().meta({ description: "Articles that name it.", example: 4 }) })
  .meta({ id: "MentionedThreat", description: "What articles name, and how many of them do." });
const mentioned = z.array(mentionedShape);

const articleShape = z
  .object({
    id: uuid.meta({ description: "The id of the article.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
    title: z.string().meta({ description: "Its title.", example: "A new wiper" }),
    url: z.string().meta({ description: "Its address.", example: "https://news.example/wiper" }),
    source_name: z.string().meta({ description: "Who published it.", example: "Example news" }),
    published_at: timeOf("When it was published."),
    severity_score: z.number().meta({ description: "How severe it is, 0 to 10.", example: 7.5 }),
    severity_label: z.string().meta({ description: "The same in one word.", example: "high" }),
  })
  .meta({ id: "ThreatArticle", description: "An article that names a threat." });

export const threatShape = z
  .object({
    meta: answerMetaShape,
    data: z
      .object({
        kind: z.enum(threatKinds).meta({ description: "What it is.", example: "technique" }),
        id: z.string().meta({ description: "Its id, or its name where it has none.", example: "T1071.001" }),
        name: z.string().meta({ description: "Its name.", example: "Application Layer Protocol: Web Protocols" }),
        known: z.boolean().meta({ description: "Whether ATT&CK, or this instance's own list, has it.", example: true }),
        aliases: z.array(z.string()).meta({ description: "Its other names.", example: [] }),
        tactics: z.array(namedShape).meta({ description: "The tactics that a technique serves." }),
        parent: namedShape.nullable().meta({ description: "Of a sub-technique: the technique above it." }),
        children: z.array(namedShape).meta({ description: "The sub-techniques of a technique." }),
        iocs: z
          .object({
            ...briefIocsFields,
            by_type: z
              .array(
                z.object({
                  type: iocTypeShape.meta({ description: "A type of indicators.", example: "domain" }),
                  count: z.int().meta({ description: "How many of them are of it.", example: 12 }),
                }),
              )
              .meta({ description: "How many there are of each type, the most first." }),
          })
          .meta({ description: "Its indicators; of a group and a CVE those that articles about it name." }),
        articles: z
          .object({
            total: z.int().meta({ description: "How many there are, counted up to 1,000.", example: 12 }),
            total_exact: z.boolean().meta({ description: "Whether `total` is exact.", example: true }),
            data: z.array(articleShape).meta({ description: "The newest of them." }),
          })
          .meta({ description: "Articles that name it." }),
        trend: z
          .array(
            z.object({
              date: utcDay.meta({ description: "A day, in UTC.", example: "2026-11-21" }),
              articles: z.int().meta({ description: "Articles published on it.", example: 2 }),
              iocs: z.int().meta({ description: "Indicators added here on it.", example: 14 }),
            }),
          )
          .meta({ description: "The last 30 days, oldest first." }),
        related: z
          .object({
            techniques: mentioned.meta({ description: "Techniques that the same articles name." }),
            groups: mentioned.meta({ description: "Groups that the same articles name." }),
            malware: mentioned.meta({ description: "Malware that the same articles name." }),
            cves: mentioned.meta({ description: "CVEs that the same articles name." }),
          })
          .meta({ description: "What the same articles name, most often first." }),
      })
      .meta({ description: "All that is known of the threat." }),
  })
  .meta({ id: "Threat", description: "A technique, group, malware or CVE: its indicators, articles and trend." });
export type Threat = z.infer<typeof threatShape>;

const heat = {
  ...named,
  articles: z.int().meta({ description: "Articles of the last 30 days that name it.", example: 4 }),
  iocs: z.int().meta({ description: "Indicators of it that a source saw in the last 30 days.", example: 120 }),
};
const cellShape = z
  .object(heat)
  .meta({ id: "TechniqueHeat", description: "A technique, and how much the last 30 days say of it." });

export const matrixShape = z
  .object({
    meta: answerMetaShape
      .extend({
        matrix: z.enum(matrices).meta({ description: "The matrix." }),
        days: z.literal(trendDays).meta({ description: "The days that are counted." }),
        iocs_exact: z
          .boolean()
          .meta({ description: "Whether all indicators were counted, or the 50,000 that were seen last." }),
      })
      .meta({ id: "AttackMatrixMeta", description: "About the answer." }),
    data: z
      .array(
        z.object({
          id: z.string().meta({ description: "The id of the tactic.", example: "TA0011" }),
          name: z.string().meta({ description: "Its name.", example: "Command and Control" }),
          techniques: z
            .array(
              z
                .object({ ...heat, children: z.array(cellShape).meta({ description: "Its sub-techniques." }) })
                .meta({ id: "TechniqueColumn", description: "A technique with its sub-techniques." }),
            )
            .meta({ description: "Its techniques; their figures are with those of their sub-techniques." }),
        }),
      )
      .meta({ description: "The tactics, in the order in which an attack goes." }),
    leading: z
      .object({
        groups: mentioned.meta({ description: "Groups that articles of the last 30 days name most." }),
        malware: mentioned.meta({ description: "Malware that they name most." }),
        cves: mentioned.meta({ description: "CVEs that they name most." }),
      })
      .meta({ description: "What the articles of the last 30 days name most." }),
  })
  .meta({ id: "AttackMatrix", description: "A matrix of ATT&CK, each technique with what is known of it." });
export type AttackMatrix = z.infer<typeof matrixShape>;
