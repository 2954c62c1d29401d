import { z } from "zod";
import { warninglistEffects, warninglistKinds } from "../values";

const time = z.iso.datetime();
/** Characters; longer ones are no values of an allow list. */
const maxValueLength = 2_048;

export const warninglistShape = z.object({
  id: z.string().meta({ example: "public-resolvers" }),
  name: z.string().meta({ description: "What records carry in `warnings`.", example: "Public DNS resolvers" }),
  kind: z.enum(warninglistKinds),
  version: z.string().meta({ example: "20261122" }),
  effect: z
    .enum(warninglistEffects)
    .meta({ description: "`hide` leaves what is listed out of lists and exports; `note` is said in lookups alone." }),
  means: z.string().meta({ description: "What it says of a value to be listed." }),
  origin: z.enum(["shipped", "feed", "operators"]),
  entries: z.int().nullable().meta({ description: "Null where a list has rules in place of entries." }),
  changed_at: time.nullable().meta({ description: "When a feed last changed it; null of a shipped one." }),
  marked: z
    .int()
    .nullable()
    .meta({ description: "How many held indicators carry its name; null while it is not known." }),
});

export const warninglistPageShape = z.object({
  data: z.array(warninglistShape),
  meta: z.object({
    marked: z.int().nullable().meta({ description: "Held indicators with any warning." }),
    marking: z.boolean().meta({ description: "Whether what is held is being marked anew after a change." }),
    finished_at: time.nullable().meta({ description: "When that last came to its end." }),
  }),
});
export type WarninglistPage = z.infer<typeof warninglistPageShape>;

export const allowedValueShape = z.object({
  type: z.string(),
  value: z.string(),
  note: z.string(),
  added_at: time,
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
