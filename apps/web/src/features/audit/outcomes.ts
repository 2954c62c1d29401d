import type { Outputs } from "../../lib/trpc";

export type Outcome = Outputs["audit"]["list"]["data"][number]["outcome"];

export const outcomes = {
  ok: { label: "OK", color: "teal" },
  denied: { label: "Denied", color: "red" },
} as const satisfies Record<Outcome, { label: string; color: string }>;
