import { authorizeFormat } from "@tocsin/core/access";
import { collections } from "@tocsin/core/values";
import { z } from "zod";
import { taxiiApiRoot } from "../../wire/taxii-address";
import { bySession, router } from "../procedure";

const taxiiShape = z.object({
  /** Whether the workspace's tier has TAXII. */
  allowed: z.boolean(),
  discovery_url: z.string(),
  api_root_url: z.string(),
  counted_at: z.iso.datetime(),
  collections: z.array(
    z.object({
      id: z.string(),
      alias: z.string(),
      title: z.string(),
      description: z.string(),
      objects_url: z.string(),
      /** How many objects are published in it, revoked ones included. */
      objects: z.int(),
    }),
  ),
});

export const taxiiRouter = router({
  get: bySession()
    .output(taxiiShape)
    .query(async ({ ctx }) => {
      const base = ctx.instance.publicUrl.replace(/\/+$/, "");
      const { objects, at } = await ctx.parts.collections();
      return {
        allowed: authorizeFormat(ctx.caller, "taxii").allowed && ctx.caller.tier.scopes.includes("read:stix"),
        discovery_url: `${base}/taxii2/`,
        api_root_url: `${base}${taxiiApiRoot}`,
        counted_at: at.toISOString(),
        collections: collections.map(({ id, alias, title, description }) => ({
          id,
          alias,
          title,
          description,
          objects_url: `${base}${taxiiApiRoot}collections/${id}/objects/`,
          objects: objects.get(id) ?? 0,
        })),
      };
    }),
});
