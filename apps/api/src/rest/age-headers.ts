import { cacheShape } from "@tocsin/core/stats";
import { z } from "zod";

const agedShape = z.object({ meta: z.object({ cache: cacheShape }) });

/** What a precomputed answer says of its age, as header fields. */
export function ageHeaders(answer: unknown): Record<string, string> {
  const { updated_at, age_seconds, stale } = agedShape.parse(answer).meta.cache;
  return {
    "x-cache-updated-at": updated_at,
    "x-cache-age-seconds": String(age_seconds),
    "x-cache-stale": String(stale),
  };
}
