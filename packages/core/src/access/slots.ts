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

/** A request that waits for its slots; `cancel` ends the waiting, without any, for a client that has gone. */
export type Waiting = { readonly taken: Promise<Taken>; readonly cancel: () => void };

/** Counts what runs at once in this process. */
export type Slots = {
  /** Takes a slot of every bound, or none. */
  take(bounds: readonly Bound[]): Taken;
  /** The same as soon as there is one, at most `ms` milliseconds from now: who came first is served first. */
  wait(bounds: readonly Bound[], ms: number): Waiting;
  /** How many wait for a slot of this bound. */
  waiting(bound: Bound): number;
  /** Slots that are taken of one subject and kind. */
  used(subject: string, kind: Bound["kind"]): number;
  /** Subjects that have a slot. */
  size(): number;
};

type Waiter = { readonly bounds: readonly Bound[]; readonly settle: (taken: Taken) => void };

/** One number for each subject that has something running, and none for the others. */
export function createSlots(): Slots {
  const running = new Map<string, number>();
  const queues = createQueues();
  const used = (name: string) => running.get(name) ?? 0;
  const fullOf = (bounds: readonly Bound[]) => bounds.find((bound) => used(nameOf(bound)) >= bound.most);
  const giveBack = (names: readonly string[]) => {
    for (const name of names) {
      const left = used(name) - 1;
      if (left > 0) running.set(name, left);
      else running.delete(name);
    }
    for (const name of names) serve(name);
  };
  /** Whoever has waited for what is free now; one that lacks another bound's slot too waits for that. */
  const serve = (name: string) => {
    for (let first = queues.first(name); first; first = queues.first(name)) {
      const full = fullOf(first.bounds);
      if (full && nameOf(full) === name) return;
      queues.remove(name, first);
      if (full) queues.add(nameOf(full), first);
      else first.settle(take(first.bounds));
    }
  };
  const take = (bounds: readonly Bound[]): Taken => {
    const bound = fullOf(bounds);
    if (bound) return { ok: false, bound };
    const names = bounds.map(nameOf);
    for (const name of names) running.set(name, used(name) + 1);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      giveBack(names);
    };
    return { ok: true, release };
  };
  const wait = (bounds: readonly Bound[], ms: number): Waiting => {
    const now = take(bounds);
    if (now.ok) return { taken: Promise.resolve(now), cancel: () => {} };
    let cancel = () => {};
    const taken = new Promise<Taken>((resolve) => {
      const waiter: Waiter = {
        bounds,
        settle: (given) => {
          clearTimeout(timer);
          resolve(given);
        },
      };
      cancel = () => {
        for (const bound of bounds) queues.remove(nameOf(bound), waiter);
        waiter.settle({ ok: false, bound: fullOf(bounds) ?? now.bound });
      };
      const timer = setTimeout(() => cancel(), ms);
      queues.add(nameOf(now.bound), waiter);
    });
    return { taken, cancel: () => cancel() };
  };
  return {
    take,
    wait,
    waiting: (bound) => queues.length(nameOf(bound)),
    used: (subject, kind) => used(nameOf({ subject, kind })),
    size: () => running.size,
  };
}

function nameOf({ subject, kind }: Pick<Bound, "subject" | "kind">): string {
  return `${kind} ${subject}`;
}

/** Who waits for what, in the order in which they came; sets, so that any of many leaves at no cost. */
function createQueues() {
  const queues = new Map<string, Set<Waiter>>();
  return {
    first: (name: string): Waiter | undefined => queues.get(name)?.values().next().value,
    length: (name: string) => queues.get(name)?.size ?? 0,
    add: (name: string, waiter: Waiter) => {
      const queue = queues.get(name);
      if (queue) queue.add(waiter);
      else queues.set(name, new Set([waiter]));
    },
    remove: (name: string, waiter: Waiter) => {
      const queue = queues.get(name);
      queue?.delete(waiter);
      if (queue?.size === 0) queues.delete(name);
    },
  };
}
