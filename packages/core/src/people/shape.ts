import { z } from "zod";
import { roles } from "../access";
import { plainText, queryInteger } from "../errors";
import { longestId } from "../values";

export const personShape = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  operator: z.boolean(),
  disabled_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  two_factor_enabled: z.boolean(),
  passkeys: z.int(),
  /** Sessions that have not ended, and when one of them was last renewed. */
  sessions: z.int(),
  seen_at: z.iso.datetime().nullable(),
  /** Keys that work and that the person made, in any workspace. */
  active_keys: z.int(),
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.enum(roles) })),
});
export type Person = z.infer<typeof personShape>;

export const personListShape = z.object({
  data: z.array(personShape),
  meta: z.object({
    total: z.int(),
    total_exact: z.boolean(),
    limit: z.int(),
    next_cursor: z.string().nullable(),
  }),
});
export type PersonList = z.infer<typeof personListShape>;

/** `q` is a part of a name or an address. */
export const listPeopleInput = z
  .object({
    q: plainText({ max: 200 }).optional(),
    limit: queryInteger(1, 200).default(50),
    cursor: z.string().max(200).optional(),
  })
  .prefault({});
export type ListPeopleInput = z.output<typeof listPeopleInput>;

const personId = z.string().max(longestId).meta({ format: "uuid" });
const reason = plainText({ max: 500, multiline: true }).optional();

export const personInput = z.object({ personId });

/** `endKeys`: the keys and management tokens that the person made end too. */
export const setDisabledInput = z.object({
  personId,
  disabled: z.boolean(),
  endKeys: z.boolean().default(false),
  reason,
});
export type SetDisabledInput = z.output<typeof setDisabledInput>;

export const setOperatorInput = z.object({ personId, operator: z.boolean(), reason });
export type SetOperatorInput = z.output<typeof setOperatorInput>;

/** What a link that somebody hands over may be for. */
export const handedLinkKinds = ["password", "second_factor"] as const;
export const createLinkInput = z.object({ personId, kind: z.enum(handedLinkKinds) });
export type CreateLinkInput = z.output<typeof createLinkInput>;

export const createdLinkShape = z.object({ url: z.string(), expires_at: z.iso.datetime() });
export type CreatedLink = z.infer<typeof createdLinkShape>;

/** `endKeys`: the keys and management tokens that the person made end too. */
export const deletePersonInput = z.object({ personId, endKeys: z.boolean().default(false) });
export type DeletePersonInput = z.output<typeof deletePersonInput>;

export const deletedPersonShape = z.object({ pseudonym: z.string() });

const time = z.iso.datetime();
const made = z.array(z.object({ id: z.string(), name: z.string(), created_at: time }));

/** A copy of what is stored of a person. */
export const exportedPersonShape = z.object({
  exported_at: time,
  account: z.object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    operator: z.boolean(),
    two_factor_enabled: z.boolean(),
    created_at: time,
  }),
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.enum(roles), joined_at: time })),
  sessions: z.array(
    z.object({ created_at: time, expires_at: time, ip: z.string().nullable(), user_agent: z.string().nullable() }),
  ),
  passkeys: z.array(z.object({ name: z.string().nullable(), created_at: time.nullable() })),
  keys: made,
  tokens: made,
  watchlists: made,
  events: z.array(
    z.object({
      at: time,
      action: z.string(),
      workspace_id: z.string().nullable(),
      ip: z.string().nullable(),
      user_agent: z.string().nullable(),
    }),
  ),
});
export type ExportedPerson = z.infer<typeof exportedPersonShape>;
