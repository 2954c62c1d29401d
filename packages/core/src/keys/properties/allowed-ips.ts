import { z } from "zod";
import { formatNetwork, parseNetwork } from "../../values";
import { maxAllowedIps } from "../key-fields";
import { answerField, settable } from "./property";

const networks = z
  .array(
    cidrText().meta({
      description: "An IPv4 or IPv6 address, or a network in CIDR notation.",
      example: "198.51.100.0/24",
    }),
  )
  .max(maxAllowedIps);
const example = ["198.51.100.0/24", "2001:db8::/32"];

const shown = (row: { allowedIps: string[] }) => (row.allowedIps.length > 0 ? row.allowedIps : null);

export const allowedIps = {
  answer: answerField({
    columns: ["allowedIps"],
    schema: z
      .array(z.string().meta({ description: "An IPv4 or IPv6 network in CIDR notation.", example: "198.51.100.0/24" }))
      .nullable()
      .meta({ description: "The networks that the key works from; null if it works from any address.", example }),
    read: shown,
  }),
  ...settable({
    column: "allowedIps",
    create: {
      fields: {
        allowed_ips: networks.nullish().meta({
          description: `The addresses and networks that the key works from, at most ${maxAllowedIps}; null, absent or an empty list means from any.`,
          example,
        }),
      },
      take: (body) => ({ allowedIps: [...new Set(body.allowed_ips ?? [])] }),
      value: (input) => input.allowedIps,
      details: (row) => row.allowedIps,
    },
    update: {
      fields: {
        allowed_ips: networks.nullish().meta({
          description: `The addresses and networks that the key works from, at most ${maxAllowedIps}; null or an empty list means from any. Absent: as it is.`,
          example,
        }),
      },
      take: (body): { /** null = from anywhere. */ allowedIps: string[] | null | undefined } => ({
        allowedIps: body.allowed_ips ? [...new Set(body.allowed_ips)] : body.allowed_ips,
      }),
      value: (input, key) => (input.allowedIps === undefined ? key.allowedIps : (input.allowedIps ?? [])),
      details: shown,
    },
  }),
};

export function cidrText() {
  return z
    .string()
    .max(100)
    .transform((text, ctx) => {
      const network = parseNetwork(text.trim());
      if (network) return formatNetwork(network);
      const allowed = "an IPv4 or IPv6 address or network such as 198.51.100.0/24 or 2001:db8::/32";
      ctx.issues.push({ code: "custom", message: "is not an address or network", params: { allowed }, input: text });
      return z.NEVER;
    });
}
