import { z } from "zod";
import { answerMetaShape, countOf, iocTypeShape } from "../values";
import { roles } from "./indicators";
import { places } from "./sections";

/** Characters of a text that is read. */
export const longestText = 500_000;
/** Characters that cost as much as one request. */
export const charactersPerRequest = 20_000;

/** The body of POST /extract. */
export const extractInput = z
  .object({
    text: z
      .string()
      .min(1)
      .max(longestText)
      .meta({
        description: `The text: a mail, a report, a ticket; plain or Markdown, 1 to ${longestText} characters.`,
        example: "The loader fetched hxxp://malware[.]example/dropper from 198.51.100[.]7 (T1105).",
      }),
  })
  .meta({ id: "ExtractQuery", description: "The text to read." });

/** What a body costs, in requests, before it is checked: 1 for every 20,000 characters, rounded up. */
export function extractCostOf(body: unknown): number {
  const text = typeof body === "object" && body !== null && "text" in body ? body.text : null;
  const length = typeof text === "string" && text.length <= longestText ? text.length : 0;
  return Math.max(1, Math.ceil(length / charactersPerRequest));
}

const valueShape = z
  .object({
    type: iocTypeShape.meta({ description: "What the value is.", example: "url" }),
    value: z
      .string()
      .meta({ description: "The value, refanged and normalised.", example: "http://malware.example/dropper" }),
    role: z.enum(roles).meta({
      description:
        "What the text says of it: `indicator` is meant as one (written defanged, listed, or accused), `reference` is a site that it cites, `mention` is neither.",
      example: "indicator",
    }),
    line: z.int().meta({ description: "The line that has it first, or first as an indicator; from 1.", example: 1 }),
    place: z.enum(places).meta({
      description:
        "The section of that line: a list of `indicators`, of `certificates` and keys, of `harmless` things, of `references`, or the running `text`.",
      example: "text",
    }),
    defanged: z.boolean().meta({ description: "Whether it is written defanged anywhere.", example: true }),
    occurrences: countOf("How often the text has it; a CVE counts once a line.", 1),
    context: z.string().meta({
      description: "The sentence or line around it, defanged, at most 300 characters. It is the text's, not ours.",
      example: "The loader fetched hxxp[://]malware[.]example/dropper",
    }),
  })
  .meta({ id: "ExtractedValue", description: "A value of the text." });

const attackNameShape = z
  .object({
    id: z.string().meta({ description: "The ATT&CK id.", example: "T1105" }),
    name: z.string().nullable().meta({
      description: "Its full name; null where the instance does not know the id.",
      example: "Ingress Tool Transfer",
    }),
    tactics: z.array(z.string()).meta({ description: "The tactics that it serves.", example: ["Command and Control"] }),
  })
  .meta({ id: "ExtractedTechnique", description: "A technique or tactic that the text names by its id." });

const threatShape = z
  .object({
    name: z.string().meta({ description: "The name that ATT&CK or the instance's catalogue has.", example: "Emotet" }),
    attack_id: z.string().nullable().meta({
      description: "The ATT&CK id of the group or software; null where ATT&CK does not list it.",
      example: "S0367",
    }),
  })
  .meta({ id: "ExtractedThreat", description: "A threat group or malware that the text names." });

export const extractShape = z
  .object({
    meta: answerMetaShape,
    data: z
      .object({
        values: z.array(valueShape).meta({ description: "Every value of the text once, in the order of its lines." }),
        techniques: z.array(attackNameShape).meta({ description: "Techniques and tactics of ATT&CK." }),
        threat_actors: z.array(threatShape).meta({ description: "Threat groups." }),
        malware_families: z.array(threatShape).meta({ description: "Malware and tools." }),
        complete: z.boolean().meta({
          description: "false where the text names more values than the 10,000 that are answered.",
          example: true,
        }),
      })
      .meta({ description: "What the text names." }),
  })
  .meta({ id: "Extract", description: "The values, techniques and names of a text." });
export type Extract = z.infer<typeof extractShape>;
