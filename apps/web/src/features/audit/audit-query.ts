import { auditCatalog, isAuditAction } from "@tocsin/core/audit/actions";
import type { Inputs, Outputs } from "../../lib/trpc";
import type { AuditSearch } from "./audit-search";

export type AuditEvent = Outputs["audit"]["list"]["data"][number];
export type AuditListInput = Exclude<Inputs["audit"]["list"], void>;

/** The filters as the API takes them: a day of the reader's zone from its first to its last moment. */
export function auditFilters({ since, until, event: _, ...rest }: AuditSearch): AuditListInput {
  return {
    ...rest,
    ...(since ? { since: new Date(`${since}T00:00:00`).toISOString() } : {}),
    ...(until ? { until: new Date(`${until}T23:59:59.999`).toISOString() } : {}),
  };
}

/** An event's name as the catalog words it; one that another version wrote, `key.set_tier`, as "Key: set tier". */
export function actionLabel(action: string): string {
  if (isAuditAction(action)) return auditCatalog[action].label;
  const words = action.replace(".", ": ").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
