import { z } from "zod";
import { briefIocsFields } from "../iocs";
import { answerMetaShape, iocTypeShape, timeOf, uuid } from "../values";

/** How indicators can bear on each other, nearest first. */
export const pivots = ["host", "urls", "network", "article", "family", "tag"] as const;
export type Pivot = (typeof pivots)[number];

export const relationsShape = z
  .object({
    meta: answerMetaShape,
    data: z
      .object({
        ioc_value: z.string().meta({ description: "The value, normalised.", example: "198.51.100.7" }),
        ioc_type: iocTypeShape.meta({ description: "What the value is." }),
        groups: z
          .array(
            z.object({
              pivot: z.enum(pivots).meta({
                description:
                  "What the indicators have in common with the value: `host` and `urls` its host, `network` its /24, `article` an article that names both, `family` the malware, `tag` a tag.",
                example: "network",
              }),
              label: z.string().meta({ description: "What exactly that is.", example: "198.51.100.0/24" }),
              ...briefIocsFields,
            }),
          )
          .meta({
            description: "Other indicators, by what they have in common with the value. Empty ones are left out.",
          }),
        articles: z
          .array(
            z.object({
              id: uuid.meta({ description: "The id of the article.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
              title: z.string().meta({ description: "Its title.", example: "A new wiper" }),
              source_name: z.string().meta({ description: "Who published it.", example: "Example news" }),
              published_at: timeOf("When it was published."),
              context: z
                .string()
                .nullable()
                .meta({ description: "The sentence or row that names the value.", example: null }),
            }),
          )
          .meta({ description: "Articles that name the value, the newest first; at most 50." }),
      })
      .meta({ description: "What else bears on the value." }),
  })
  .meta({ id: "Relations", description: "What else is stored that bears on a value." });
export type Relations = z.infer<typeof relationsShape>;
