import type { Context } from "@tocsin/core/context";
import type { DateAdded } from "@tocsin/core/taxii";

/** The end of the sequence, for all streams of this node. */
export type Head = {
  /** Where it is now. */
  read: () => Promise<DateAdded>;
  /** Where it is once it has moved beyond a place; null after `ms` milliseconds, when its client has gone, or all ends. */
  beyond: (place: DateAdded, ms: number, gone: AbortSignal) => Promise<DateAdded | null>;
  /** Nobody waits any more. */
  end: () => void;
  ended: () => boolean;
};

/** Milliseconds between two looks while somebody waits. */
const everyMs = 1_000;
const start: DateAdded = "1970-01-01T00:00:00.000000Z";

type Waiter = { readonly place: DateAdded; readonly wake: (head: DateAdded | null) => void };

/** One statement a second while any stream waits, however many do; none while none does. */
export function createHead({ sql, log }: Pick<Context, "sql" | "log">): Head {
  const waiting = new Set<Waiter>();
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const read = async () => {
    const [row] = await sql.query<{ head: DateAdded | null }>(
      `SELECT to_char(max(date_added) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS head FROM publication`,
    );
    return row?.head ?? start;
  };
  const look = async () => {
    try {
      const head = await read();
      for (const waiter of waiting) if (head > waiter.place) waiter.wake(head);
    } catch (error) {
      log.warn({ err: error }, "the end of the sequence could not be read; the next look follows");
    }
    timer = waiting.size > 0 ? setTimeout(look, everyMs).unref() : null;
  };
  return {
    read,
    beyond: (place, ms, gone) => {
      if (ended || gone.aborted) return Promise.resolve(null);
      return new Promise((resolve) => {
        const wake = (head: DateAdded | null) => {
          clearTimeout(patience);
          gone.removeEventListener("abort", leave);
          waiting.delete(waiter);
          resolve(head);
        };
        const leave = () => wake(null);
        gone.addEventListener("abort", leave);
        const waiter = { place, wake };
        const patience = setTimeout(() => wake(null), ms);
        waiting.add(waiter);
        timer ??= setTimeout(look, everyMs).unref();
      });
    },
    ended: () => ended,
    end: () => {
      ended = true;
      if (timer) clearTimeout(timer);
      for (const { wake } of waiting) wake(null);
    },
  };
}
