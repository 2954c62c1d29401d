import type { Feed, Run } from "../../components/feed/run";

export const redistributions = {
  yes: "Allowed",
  no: "Not allowed",
  unclear: "Unclear",
} as const satisfies Record<Feed["licence"]["redistribution"], string>;

export const circuits = {
  closed: null,
  open: "Circuit open",
  half_open: "Circuit half open",
} as const satisfies Record<Feed["circuit"], string | null>;

export const triggers = { schedule: "Schedule", manual: "Manual" } as const satisfies Record<Run["trigger"], string>;

/** Whether feeds of the kind bring indicators: lists of harmless values and ATT&CK's names bring none. */
export const bringsIndicators = {
  indicators: true,
  articles: true,
  warninglists: false,
  attack: false,
} as const satisfies Record<Feed["kind"], boolean>;
