import { invalidParameter, isUuid } from "../errors";

/** The place after a row in a list that goes down by time and id. */
export function cursorOf(at: Date, id: string): string {
  return `${at.getTime()}.${id}`;
}

export function cursorAfter(cursor: string): { at: string; id: string } {
  const [, time = "", id = ""] = /^([0-9]{1,15})\.(.*)$/.exec(cursor) ?? [];
  const at = new Date(Number(time));
  if (time === "" || Number.isNaN(at.getTime()) || !isUuid(id)) {
    throw invalidParameter({ field: "cursor", problem: "is not a cursor", allowed: "meta.next_cursor of a page" });
  }
  return { at: at.toISOString(), id };
}
