import type { Prisma } from "@tocsin/db";
import { decide, write } from "./add-entries";
import { readPaste } from "./paste";
import { addEntriesInput } from "./shape";

/** A list that nobody made by hand, with its entries: nobody is notified of what it finds. */
export type PlacedWatchlist = {
  id: string;
  workspaceId: string;
  name: string;
  description: string;
  createdBy: string;
  /** As `addEntries` takes it. */
  text: string;
};

/** Puts a whole list into a workspace, in the caller's transaction and audit event; again changes nothing. */
export async function placeWatchlist(tx: Prisma.TransactionClient, list: PlacedWatchlist, now: Date): Promise<void> {
  const { text, ...facts } = list;
  const { count } = await tx.watchlist.createMany({
    data: [{ ...facts, notify: false, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const pasted = await readPaste(addEntriesInput.parse({ watchlistId: list.id, text }));
  await write(tx, list.id, decide(pasted, [], { total: 0, most: pasted.length }), now);
}
