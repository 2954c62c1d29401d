import type { Caller } from "../access";
import type { Context } from "../context";

/** On `ioc`: false of what no source allows to pass on. The list of such feeds is small, and read once a statement. */
export const passedOnSql =
  "(NOT sources <@ COALESCE((SELECT array_agg(id) FROM feed WHERE redistribution = 'no'), '{}') OR sources = '{}')";

/**
 * Whether this call leaves out what no source allows to pass on: where the instance says so, for keys, which carry it
 * elsewhere. People see it in the dashboard, and a lookup names it to whoever has the value already.
 */
export function withholds(ctx: Pick<Context, "instance"> & { caller?: Pick<Caller, "kind"> }): boolean {
  return ctx.instance.withholdsRestricted === true && ctx.caller?.kind !== "session";
}
