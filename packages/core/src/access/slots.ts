/** How much may run at once of one kind for one subject. */
export type Bound = {
  /** Whose bound it is, for the answer. */
  readonly of: "key" | "token" | "user" | "workspace" | "address";
  /** Exports are bounded for themselves too. */
  readonly kind: "requests" | "exports";
  /** What tells the subject from all others: `key:<id>`. */
  readonly subject: string;
  readonly most: number;
};

/** Slots of all bounds, or the first bound that has none left. `release` may be called twice. */
export type Taken = { readonly ok: true; readonly release: () => void } | { readonly ok: false; readonly bound: Bound };

/** Counts what runs at once in this process. */
export type Slots = {
  /** Takes a slot of every bound, or none. */
  take(bounds: readonly Bound[]): Taken;
  /** Slots that are taken of one subject and kind. */
  used(subject: string, kind: Bound["kind"]): number;
  /** Subjects that have a slot. */
  size(): number;
};

/** One number for each subject that has something running, and none for the others. */
export function createSlots(): Slots {
  const running = new Map<string, number>();
  const nameOf = ({ subject, kind }: Pick<Bound, "subject" | "kind">) => `${kind} ${subject}`;
  const used = (name: string) => running.get(name) ?? 0;
  return {
    take: (bounds) => {
      const full = bounds.find((bound) => used(nameOf(bound)) >= bound.most);
      if (full) return { ok: false, bound: full };
      const names = bounds.map(nameOf);
      for (const name of names) running.set(name, used(name) + 1);
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        for (const name of names) {
          const left = used(name) - 1;
          if (left > 0) running.set(name, left);
          else running.delete(name);
        }
      };
      return { ok: true, release };
    },
    used: (subject, kind) => used(nameOf({ subject, kind })),
    size: () => running.size,
  };
}
