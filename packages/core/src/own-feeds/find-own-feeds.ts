import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call, Context } from "../context";
import { AppError } from "../errors";
import { unseal } from "../outbound";
import { ownFeedColumns, toOwnFeed } from "./own-feed-row";
import { requireStored, sealedRow } from "./save-own-feed";
import type { Credentials, OwnFeedAnswer, OwnFeedIdInput, OwnFeedView, PreviewFeedInput } from "./shape";

/** A feed of an operator as a pull needs it; a secret that no longer opens is null where there should be one. */
export type OwnFeed = OwnFeedView & { secret: string | null };

/** Every feed that was added here, with its secret: for pulling, never for an answer. */
export async function findOwnFeeds(ctx: Pick<Context, "db" | "peppers">): Promise<OwnFeed[]> {
  const rows = await ctx.db.ownFeed.findMany({ select: ownFeedColumns, orderBy: { id: "asc" } });
  return rows.map((row) => ({
    ...toOwnFeed(row),
    secret: row.secret === null ? null : unseal(ctx, row.secret, sealedRow(row.id)),
  }));
}

/** One feed for its form. */
export async function getOwnFeed(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { id }: OwnFeedIdInput,
): Promise<OwnFeedAnswer> {
  requireOperator(ctx.caller);
  const row = await ctx.db.ownFeed.findUnique({ where: { id }, select: ownFeedColumns });
  if (!row) throw new AppError("not_found");
  return { data: toOwnFeed(row) };
}

/** The secret to look at a body with: the one given, or the stored one of a feed that stays at its host. */
export async function secretForPreview(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  input: Pick<PreviewFeedInput, "id" | "url"> & { auth: Credentials },
): Promise<string | null> {
  requireOperator(ctx.caller);
  const { id, auth } = input;
  if (auth.kind === "none") return null;
  if (auth.secret !== "" || id === undefined) return auth.secret;
  const row = await ctx.db.ownFeed.findUnique({ where: { id }, select: { url: true, auth: true, secret: true } });
  if (!row) throw new AppError("not_found");
  requireStored(row, input);
  return row.secret === null ? null : unseal(ctx, row.secret, sealedRow(id));
}
