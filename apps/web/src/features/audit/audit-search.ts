import { choiceParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import { type Outcome, outcomes } from "./outcomes";

/** What the address of the audit page says; `since` and `until` are calendar days of the reader's zone, both inclusive. */
export type AuditSearch = {
  action?: string;
  outcome?: Outcome;
  actor?: string;
  target?: string;
  since?: string;
  until?: string;
  /** The id of the event whose details are open. */
  event?: string;
};

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    ...textParam(search, "action", 100),
    ...choiceParam(search, "outcome", kindsOf(outcomes)),
    ...textParam(search, "actor", 200),
    ...textParam(search, "target", 200),
    ...dayParam(search, "since"),
    ...dayParam(search, "until"),
    ...textParam(search, "event", 40),
  };
}

function dayParam<N extends "since" | "until">(search: Record<string, unknown>, name: N): { [K in N]?: string } {
  const value = search[name];
  if (typeof value !== "string" || !isDay(value)) return {};
  return { [name]: value } as { [K in N]?: string };
}

function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
