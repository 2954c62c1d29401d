import { z } from "zod";

/** Distinct values of a comma list; `all` alone means no filter. */
export function commaList<const Value extends string>(
  allowed: readonly Value[],
  {
    aliases = {},
    description,
    parameter,
  }: { aliases?: Readonly<Record<string, Value>>; description: string; parameter?: string },
) {
  return z
    .string()
    .max(500)
    .meta({
      description: `${description} Allowed: ${allowed.map((value) => `\`${value}\``).join(", ")}; \`all\` alone means no filter.`,
      example: allowed[0],
      parameter,
    })
    .transform((text, ctx): readonly Value[] | undefined => {
      if (text.trim().toLowerCase() === "all") return undefined;
      const words = text.split(",").map((word) => word.trim().toLowerCase());
      const values = words.map((word) => aliases[word] ?? allowed.find((value) => value === word));
      const known = values.filter((value) => value !== undefined);
      if (known.length === values.length) return [...new Set(known)];
      const params = { allowed: `${allowed.join(", ")} (one, or several with commas between them), or all` };
      ctx.issues.push({ code: "custom", message: "is not one of the allowed values", params, input: text });
      return z.NEVER;
    });
}

const isoTime = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

/** An ISO 8601 time or date; without an offset it is in UTC. */
export function queryTime({ description, parameter }: { description: string; parameter?: string }) {
  return z
    .string()
    .max(40)
    .meta({
      description: `${description} ISO 8601; without an offset it is UTC.`,
      format: "date-time",
      example: "2026-01-31T09:30:00Z",
      parameter,
    })
    .transform((text, ctx) => {
      // A `+` that was not percent-encoded arrives as a space.
      const written = text.trim().replace(/ (?=[0-9]{2}:?[0-9]{2}$)/, "+");
      const zoned =
        /T.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$/i.test(written) || !written.includes("T") ? written : `${written}Z`;
      const time = isoTime.safeParse(zoned).success ? new Date(zoned) : null;
      if (time !== null && !Number.isNaN(time.getTime())) return time;
      const params = { allowed: "an ISO 8601 time such as 2026-01-31T09:30:00Z" };
      ctx.issues.push({ code: "custom", message: "is not in the right format", params, input: text });
      return z.NEVER;
    });
}

/** `true` or `false` of a query string, or the boolean itself. */
export function queryBoolean() {
  return z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), z.boolean());
}
