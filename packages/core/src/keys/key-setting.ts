import { type KeyAdmin, tierOf, workspaceOf } from "../access";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { KeySetting } from "./properties";

/** What the wire shape of a key needs beside its row. */
export async function keySetting(ctx: Call<KeyAdmin>): Promise<KeySetting> {
  const { caller } = ctx;
  const about = { keyPrefix: ctx.instance.keyPrefix, now: ctx.now() };
  if (caller.kind !== "system") return { tier: caller.tier, ...about };
  const workspace = await ctx.db.workspace.findUnique({
    where: { id: workspaceOf(caller) },
    select: { tier: true, overrides: true },
  });
  if (!workspace) throw new AppError("not_found");
  return { tier: tierOf(workspace.tier, workspace.overrides), ...about };
}

/** How a key's row names who made or ended it. */
export function signatureOf(caller: KeyAdmin): string {
  if (caller.kind === "token") return `${caller.tokenName} (management token)`;
  return caller.kind === "session" ? caller.email : caller.name;
}
