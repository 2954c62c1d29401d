import { z } from "zod";

/** `true` or `false` of a query string, or the boolean itself. */
export function queryFlag() {
  return z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), z.boolean());
}
