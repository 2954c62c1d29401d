// STIX 2.1 sections 3 (common properties) and 8 (bundle).
import { z } from "zod";

export const stixObjectShape = z
  .looseObject({
    type: z.string().meta({ description: "What the object is, in STIX's words.", example: "indicator" }),
    id: z.string().meta({
      description: "The type, two hyphens and a UUID. It stays the same from version to version.",
      example: "indicator--6f1d8d1a-58a4-4d3f-9c9b-0f4f0f7c2a11",
    }),
  })
  .meta({
    id: "STIXObject",
    description:
      "A STIX 2.1 object: an identity, a marking definition, an indicator, a vulnerability or an attack pattern. Its other properties are those that STIX 2.1 gives the type.",
  });

export const stixBundleShape = z
  .looseObject({
    type: z.literal("bundle").meta({ description: "Always `bundle`." }),
    id: z
      .string()
      .meta({ description: "`bundle--` and a UUID.", example: "bundle--5c7f6f1e-0b55-5c0a-9a3c-0d8d0f7c2a11" }),
    objects: z
      .array(stixObjectShape)
      .min(1)
      .optional()
      .meta({ description: "The objects of the bundle; absent where there are none." }),
  })
  .meta({ id: "STIXBundle", description: "A STIX 2.1 bundle." });

/** What the STIX export answers. */
export const stixDocumentShape = z.union([
  stixBundleShape,
  z.array(stixObjectShape).meta({ description: "With `format=objects`: the objects alone." }),
]);
