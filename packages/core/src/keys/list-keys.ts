import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, workspaceOf } from "../access";
import type { Call } from "../context";
import { createTimeCursor, exactCountLimit, totalOf } from "../lib";
import { type KeyOrder, keyOrder } from "./key-order";
import { keySetting } from "./key-setting";
import { expiringBy, type KeyStatus } from "./key-status";
import { toKey } from "./properties";
import { type KeyList, keyColumns, type ListKeysInput } from "./shape";

const cursors = createTimeCursor();

/** The order of before there was a choice, whose cursors clients hold. */
const newestFirst: KeyOrder = {
  orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  cursorOf: ({ createdAt, id }) => cursors.write(createdAt, id),
  after: (cursor) => {
    const { at: createdAt, id } = cursors.read(cursor);
    return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
  },
};

/** A page of the workspace's keys in the order that is asked for; `meta.total` counts what the filters leave. */
export async function listKeys(ctx: Call<KeyAdmin>, input: ListKeysInput): Promise<KeyList> {
  const setting = await keySetting(ctx);
  const where: Prisma.ApiKeyWhereInput = {
    AND: [
      { workspaceId: workspaceOf(ctx.caller) },
      input.status ? whereStatus(input.status, setting.now) : {},
      input.q ? whereText(input.q) : {},
    ],
  };
  const order = input.sort === "-created_at" ? newestFirst : keyOrder(input.sort);
  const after = input.cursor === undefined ? {} : order.after(input.cursor);
  const rows = await ctx.db.apiKey.findMany({
    where: { AND: [where, after] },
    orderBy: order.orderBy,
    take: input.limit + 1,
    select: keyColumns(setting.now),
  });
  const counted = await ctx.db.apiKey.count({ where, take: exactCountLimit + 1 });
  const page = rows.slice(0, input.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: page.map((row) => toKey(row, setting)),
    meta: {
      ...totalOf(counted),
      limit: input.limit,
      next_cursor: last ? order.cursorOf(last) : null,
    },
  };
}

/** The rows of which `statusOf` says `status`. */
function whereStatus(status: KeyStatus, now: Date): Prisma.ApiKeyWhereInput {
  const soon = expiringBy(now);
  if (status === "revoked") return { revokedAt: { not: null } };
  if (status === "expired") return { revokedAt: null, expiresAt: { lte: now } };
  if (status === "expiring") return { revokedAt: null, expiresAt: { gt: now, lte: soon } };
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: soon } }] };
}

function whereText(text: string): Prisma.ApiKeyWhereInput {
  // Prisma hands the text to LIKE as it is.
  const literal = text.replace(/[\\%_]/g, "\\$&");
  return {
    OR: [{ name: { contains: literal, mode: "insensitive" } }, { prefix: { contains: literal, mode: "insensitive" } }],
  };
}
