import { z } from "zod";
import { scopes as allScopes, type Scope } from "../../access";
import { grantedScopes } from "../key-grant";
import { answerField, settable } from "./property";

const scope = z.enum(allScopes).meta({ id: "Scope", description: "A right of an API key.", example: "read:iocs" });
const chosen = z.array(scope).min(1).max(100);

export const scopes = {
  answer: answerField({
    columns: ["scopes"],
    schema: z.array(scope).meta({
      description: "What the key may do: its own scopes, as far as the tier still has them.",
      example: ["read:iocs", "read:articles"],
    }),
    read: (row, { tier }) => tier.scopes.filter((one) => row.scopes.includes(one)),
  }),
  ...settable({
    column: "scopes",
    create: {
      fields: {
        scopes: chosen.nullish().meta({
          description:
            "What the key may do: some of the tier's scopes; null or absent means all of them that only read.",
          example: ["read:iocs"],
        }),
      },
      take: (body): { /** null = all that the tier has, but for those that write. */ scopes: Scope[] | null } => ({
        scopes: body.scopes ? [...new Set(body.scopes)] : null,
      }),
      value: (input, grant) => grantedScopes(grant, input.scopes),
      details: (row) => row.scopes,
    },
    update: {
      fields: {
        scopes: chosen.nullish().meta({
          description:
            "What the key may do from now on: some of the tier's scopes; null means all of them that only read. Absent: as it is.",
          example: ["read:iocs"],
        }),
      },
      take: (
        body,
      ): { /** null = all that the tier has, but for those that write. */ scopes: Scope[] | null | undefined } => ({
        scopes: body.scopes ? [...new Set(body.scopes)] : body.scopes,
      }),
      value: (input, key, grant) => (input.scopes === undefined ? key.scopes : grantedScopes(grant, input.scopes)),
      details: (row) => row.scopes,
    },
  }),
};
