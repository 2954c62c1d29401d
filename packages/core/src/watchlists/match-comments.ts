import { appendEvent } from "../audit";
import { AppError, invalidParameter } from "../errors";
import type { MatchReader } from "./list-matches";
import { matchColumns, matchTables } from "./match-filter";
import { type MatchRow, toMatch } from "./match-row";
import type { WatchlistCall } from "./require-watchlist";
import { type CommentInput, type MatchComment, type MatchDetails, type MatchPath, mostComments } from "./triage-shape";

type Row = { id: bigint; author: string; text: string; createdAt: Date };
const order = { id: "asc" } as const;

/** A match and what is said of it. Throws `not_found` for one that is not of this workspace. */
export async function getMatch(ctx: MatchReader, { matchId }: MatchPath): Promise<MatchDetails> {
  const id = readId(matchId);
  const [row] = await ctx.sql.query<MatchRow>(
    `SELECT ${matchColumns} FROM ${matchTables} WHERE w.workspace_id = $1::uuid AND m.id = $2::int8`,
    [ctx.caller.workspaceId, id],
  );
  if (!row) throw missing();
  const said =
    Number(row.comments) === 0
      ? []
      : await ctx.db.watchlistComment.findMany({ where: { matchId: BigInt(id) }, orderBy: order });
  return { data: toMatch(row), comments: said.map(viewOf) };
}

/** Says something of a match, to everybody in the workspace. Throws `not_found`, and `invalid_parameter` where there are too many. */
export async function commentOnMatch(ctx: WatchlistCall, input: CommentInput): Promise<{ data: MatchComment }> {
  const id = BigInt(readId(input.matchId));
  const { workspaceId, email } = ctx.caller;
  return ctx.db.$transaction(async (tx) => {
    const match = await tx.watchlistMatch.findFirst({
      where: { id, watchlist: { workspaceId } },
      select: { watchlist: { select: { id: true, name: true } } },
    });
    if (!match) throw missing();
    // Those who comment on one match come one after the other, so that each counts the one before.
    const { count } = await tx.watchlistMatch.updateMany({
      where: { id, comments: { lt: mostComments } },
      data: { comments: { increment: 1 } },
    });
    if (count === 0) {
      const allowed = `at most ${mostComments} comments on one match`;
      throw invalidParameter({ field: "text", problem: "is a comment too many", allowed });
    }
    const made = await tx.watchlistComment.create({
      data: { matchId: id, author: email, text: input.text, createdAt: ctx.now() },
    });
    const target = { type: "watchlist", ...match.watchlist };
    await appendEvent(ctx, { action: "watchlist.comment", target, details: { match: String(id) } }, tx);
    return { data: viewOf(made) };
  });
}

function readId(text: string): string {
  if (!/^[0-9]{1,18}$/.test(text)) throw missing();
  return text;
}

function missing(): AppError {
  return new AppError("not_found", { message: "There is no such match. It may have been deleted with its entry." });
}

function viewOf({ id, author, text, createdAt }: Row): MatchComment {
  return { id: String(id), author, text, created_at: createdAt.toISOString() };
}
