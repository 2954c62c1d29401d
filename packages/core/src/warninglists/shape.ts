import { z } from "zod";
import { timeOrNull, timestamp, warninglistEffects, warninglistKinds } from "../values";

/** Characters; longer ones are no values of an allow list. */
const maxValueLength = 2_048;

export const warninglistShape = z
  .object({
    id: z.string().meta({ description: "The id of the list.", example: "public-resolvers" }),
    name: z.string().meta({
      description: "Its name, which indicators that are on it carry in `warnings`.",
      example: "Public DNS resolvers",
    }),
    kind: z.enum(warninglistKinds).meta({
      description:
        "How entries are compared: `string` is the value itself; `hostname` also whatever lies below it; `cidr` an address or a network; `substring` any part; `public-suffix` asks the Public Suffix List.",
      example: "cidr",
    }),
    version: z.string().meta({ description: "Its version, as its source gives it.", example: "20261122" }),
    effect: z.enum(warninglistEffects).meta({
      description: "`hide` leaves what is listed out of lists and exports; `note` is only said in lookups.",
      example: "note",
    }),
    means: z.string().meta({
      description: 'What a value on it is, to be read after "is".',
      example: "the address of a public DNS resolver",
    }),
    origin: z.enum(["shipped", "feed", "operators"]).meta({
      description: "Where it comes from: with the program, from a feed, or from this instance's operators.",
      example: "shipped",
    }),
    entries: z
      .int()
      .nullable()
      .meta({ description: "How many entries it has; null where it has rules in place of entries.", example: 1_200 }),
    changed_at: timeOrNull("When a feed last changed it; null of a shipped one."),
    marked: z
      .int()
      .nullable()
      .meta({ description: "How many stored indicators are on it; null while that is not known.", example: 37 }),
  })
  .meta({ id: "Warninglist", description: "A list of values that are probably harmless." });

export const warninglistPageShape = z
  .object({
    data: z.array(warninglistShape).meta({ description: "All lists that the instance knows." }),
    meta: z
      .object({
        marked: z.int().nullable().meta({
          description: "How many stored indicators are on any list; null while that is not known.",
          example: 120,
        }),
        marking: z
          .boolean()
          .meta({ description: "Whether stored indicators are being compared anew after a change.", example: false }),
        finished_at: timeOrNull("When that last ended; null if it never did."),
      })
      .meta({ description: "About all lists together." }),
  })
  .meta({ id: "WarninglistPage", description: "The warninglists." });
export type WarninglistPage = z.infer<typeof warninglistPageShape>;

export const allowedValueShape = z.object({
  type: z.string(),
  value: z.string(),
  note: z.string(),
  added_at: timestamp,
  added_by: z.string().meta({ description: "E-mail address of the operator." }),
});
export const allowedListShape = z.object({ data: z.array(allowedValueShape) });

export const allowValueInput = z.object({
  value: z
    .string()
    .min(1)
    .max(maxValueLength)
    .meta({ description: "An indicator in any spelling.", example: "www.example.com" }),
  note: z.string().trim().max(200).default("").meta({ description: "Why it is harmless.", example: "Our own site" }),
});
export type AllowValueInput = z.output<typeof allowValueInput>;

export const forbidValueInput = z.object({ type: z.string().max(20), value: z.string().min(1).max(maxValueLength) });
export type ForbidValueInput = z.output<typeof forbidValueInput>;
