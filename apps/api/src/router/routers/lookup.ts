import {
  bulkCostOf,
  bulkLookupInput,
  bulkLookupShape,
  lookupInput,
  lookupIoc,
  lookupMany,
  lookupShape,
  maxValues,
  valuesPerRequest,
} from "@tocsin/core/lookup";
import { listRelations, relationsShape } from "@tocsin/core/relations";
import { asBuilt } from "../as-built";
import { inLongLane } from "../parts";
import { byKey, router } from "../procedure";

/** So many values are work for the lane of exports, and for slices of so many milliseconds between short requests. */
const manyValues = 100;
const sliceMs = 2;

export const lookupRouter = router({
  byValue: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/lookup",
      operationId: "lookupIOC",
      tag: "Lookup",
      summary: "Look one indicator up",
      description:
        "All that the feeds say of one value: who reported it and when, how risky it is and why, and how to hunt for it. The type is detected unless it is given. No record is an answer with `found: false`, and does not mean that the value is safe.",
      errors: ["invalid_parameter"],
    },
  })
    .input(lookupInput)
    .output(asBuilt(lookupShape))
    .query(({ ctx, input }) => lookupIoc(ctx, input)),

  relations: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/lookup/relations",
      operationId: "listRelations",
      tag: "Lookup",
      summary: "List what bears on an indicator",
      description:
        "Other indicators that have something in common with a value: its /24, its host, an article that names both, the malware or a tag; and the articles that name it. Nothing is shown that is older than the tier's lookback.",
      errors: ["invalid_parameter"],
    },
  })
    .input(lookupInput)
    .output(relationsShape)
    .query(({ ctx, input }) => listRelations(ctx, input)),

  byValues: byKey({
    scope: "read:iocs",
    rest: {
      method: "POST",
      path: "/api/v1/lookup",
      operationId: "lookupIOCs",
      tag: "Lookup",
      summary: "Look many indicators up",
      description: `Up to ${maxValues} values at once, each answered like a lookup of its own, in their order. A value that cannot be looked up has an error of its own and fails no other. Costs one request for every ${valuesPerRequest} values, rounded up.`,
      errors: ["invalid_parameter", "malformed_body", "payload_too_large", "unsupported_media_type"],
      costOf: bulkCostOf,
    },
  })
    .input(bulkLookupInput)
    .output(asBuilt(bulkLookupShape))
    .mutation(({ ctx, input }) => {
      if (input.values.length <= manyValues) return lookupMany(ctx, input);
      ctx.meter?.giveWay();
      return lookupMany(inLongLane(ctx), input, { turn: ctx.parts.pace.turn, ms: sliceMs });
    }),
});
