import { z } from "zod";
import { planOverrides, tiers } from "../access";
import { plainText } from "../errors";

export const workspaceShape = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  tier: z.enum(tiers),
  overrides: planOverrides.nullable(),
  suspended_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  keys: z.object({ active: z.int(), total: z.int() }),
  members: z.int(),
});
export type Workspace = z.infer<typeof workspaceShape>;

export const workspaceListShape = z.object({ data: z.array(workspaceShape), meta: z.object({ total: z.int() }) });
export type WorkspaceList = z.infer<typeof workspaceListShape>;

export const workspaceName = plainText({ min: 1, max: 100 });

/** `overrides` absent leaves them as they are, null removes them. */
export const setTierInput = z.object({
  workspaceId: z.string().meta({ format: "uuid" }),
  tier: z.enum(tiers),
  overrides: planOverrides.nullable().optional(),
});
export type SetTierInput = z.output<typeof setTierInput>;
