import { z } from "zod";
import { reasons } from "../matching";
import { countOf, iocTypeShape } from "../values";
import { pasteFields } from "./shape";

export const previewLookalikesInput = z
  .object(pasteFields)
  .meta({ id: "PreviewLookalikes", description: "Entries as they would be added.", example: { text: "example.org" } });
export type PreviewLookalikesInput = z.output<typeof previewLookalikesInput>;

export const lookalikePreviewShape = z
  .object({
    data: z
      .array(
        z
          .object({
            domain: z.string().meta({ description: "The domain of the paste.", example: "example.org" }),
            matches: countOf("How many indicators look like it.", 3),
            samples: z
              .array(
                z
                  .object({
                    type: iocTypeShape.meta({ description: "What the indicator is." }),
                    value: z.string().meta({ description: "The indicator, not defanged.", example: "examp1e.org" }),
                    reason: z.enum(reasons).meta({
                      description: "By which rule it looks like the domain.",
                      example: "lookalike.homoglyph",
                    }),
                  })
                  .meta({ id: "LookalikeSample", description: "An indicator that looks like a domain." }),
              )
              .meta({ description: "The newest of them, five at most." }),
          })
          .meta({ id: "DomainLookalikes", description: "What looks like one domain." }),
      )
      .meta({ description: "The domains that something looks like, most matches first." }),
    meta: z
      .object({
        domains: countOf("How many domains the paste has.", 1),
        matches: countOf("How many matches all of them would have.", 3),
        compared: countOf("How many indicators were compared: the newest that have a host.", 50_000),
        complete: z.boolean().meta({ description: "Whether those were all that are stored.", example: true }),
      })
      .meta({ description: "All domains together." }),
  })
  .meta({ id: "LookalikePreview", description: "What look-alikes of the domains would match." });
export type LookalikePreview = z.infer<typeof lookalikePreviewShape>;
