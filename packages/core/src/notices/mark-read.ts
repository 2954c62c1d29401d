import type { Authorized, SessionCaller } from "../access";
import type { Call } from "../context";
import { countUnread } from "./list-notices";
import type { MarkReadInput, Unread } from "./shape";

/** Marks notices of the workspace as read by the caller, and by nobody else; gives how many are left unread. */
export async function markRead(ctx: Call<Authorized<SessionCaller>>, { ids }: MarkReadInput): Promise<Unread> {
  const { workspaceId, userId } = ctx.caller;
  await ctx.sql.query(
    `INSERT INTO notice_read (user_id, notice_id, at)
     SELECT $2::uuid, id, $3::timestamptz FROM notice
     WHERE workspace_id = $1::uuid AND ($4::uuid[] IS NULL OR id = ANY ($4::uuid[])) ORDER BY id
     ON CONFLICT DO NOTHING`,
    [workspaceId, userId, ctx.now().toISOString(), ids ?? null],
  );
  return countUnread(ctx);
}
