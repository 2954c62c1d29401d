import {
  answerExtract,
  charactersPerRequest,
  extractCostOf,
  extractInput,
  extractShape,
  longestText,
} from "@tocsin/core/extraction";
import { byKey, router } from "../procedure";

export const extractRouter = router({
  fromText: byKey({
    scope: "read:iocs",
    rest: {
      method: "POST",
      path: "/api/v1/extract",
      operationId: "extractIOCs",
      tag: "Lookup",
      summary: "Find the indicators in a text",
      description: `Every value of a text of up to ${longestText} characters, written in any way of defanging, with its type, its line, its section and its role: what the text means as an indicator, what it cites, and what it only mentions. Also CVEs, ATT&CK ids, threat groups and malware. Nothing of the text is stored. Costs one request for every ${charactersPerRequest} characters, rounded up.`,
      errors: ["invalid_parameter", "malformed_body", "payload_too_large", "unsupported_media_type"],
      costOf: extractCostOf,
    },
  })
    .input(extractInput)
    .output(extractShape)
    .mutation(async ({ ctx, input }) => answerExtract(ctx, await ctx.parts.texts.read(input.text))),
});
