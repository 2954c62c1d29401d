import type { Context } from "@tocsin/core/context";
import { findOwnFeeds } from "@tocsin/core/own-feeds";
import type { IndicatorFeed } from "../definition/feed";
import { definitionOf } from "./definition";

/** The feeds that operators added, as they are now. A row that this version cannot read is left out and logged. */
export async function loadOwnFeeds(ctx: Pick<Context, "db" | "peppers" | "log">): Promise<IndicatorFeed[]> {
  const rows = await findOwnFeeds(ctx);
  return rows.flatMap((row) => {
    try {
      return [definitionOf(row)];
    } catch (error) {
      ctx.log.warn({ feedId: row.id, err: error }, "a feed of this instance cannot be read: it is left out");
      return [];
    }
  });
}
