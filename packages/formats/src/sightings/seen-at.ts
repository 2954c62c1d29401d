import type { IocType } from "@tocsin/core/values";

/** A sighting that a workspace reported. */
export type SeenAt = {
  readonly id: string;
  readonly indicator_id: string;
  /** How often the indicator came back, as its STIX id has it. */
  readonly generation: number;
  readonly type: IocType;
  readonly value: string;
  readonly seen_at: string;
  readonly place: string | null;
  readonly count: number;
  readonly comment: string | null;
  readonly created_at: string;
};
