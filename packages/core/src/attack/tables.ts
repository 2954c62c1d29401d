import type { Matrix } from "./shipped-tactics";

/** A group or software by its id; `aliases` are its other names. */
export type StoredThreat = { readonly id: string; readonly name: string; readonly aliases: readonly string[] };

/** What a bundle of MITRE's says of one matrix, as it is stored. Every list is by ascending id. */
export type AttackTables = {
  readonly tactics: readonly { readonly id: string; readonly shortName: string; readonly name: string }[];
  /** `withdrawn` ones are named and no more: nothing took their place. */
  readonly techniques: readonly {
    readonly id: string;
    readonly name: string;
    readonly tactics: readonly string[];
    readonly withdrawn?: true;
  }[];
  /** Revoked ids of any kind, each with the one that took its place. */
  readonly former: readonly (readonly [former: string, successor: string])[];
  readonly groups: readonly StoredThreat[];
  /** `tool`: what is also used for good. */
  readonly software: readonly (StoredThreat & { readonly tool?: true; readonly techniques: readonly string[] })[];
};

/** The stored tables of one matrix; records that changed before `appliesFrom`, in milliseconds, print what went before. */
export type AttackEdition = {
  readonly matrix: Matrix;
  readonly appliesFrom: number;
  /** Of editions that another has followed, groups and software are left out. */
  readonly tables: Pick<AttackTables, "tactics" | "techniques" | "former"> & Partial<AttackTables>;
};
