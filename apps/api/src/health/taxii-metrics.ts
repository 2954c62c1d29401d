import { type Backlog, readBacklog } from "@tocsin/core/changes";
import { Gauge, type Registry } from "prom-client";
import type { Deps } from "../deps";
import { sharedReading } from "./shared-reading";

const gauges: readonly { name: string; help: string; read: (backlog: Backlog) => number }[] = [
  {
    name: "tocsin_taxii_backlog_changes",
    help: "Changes that are not published to TAXII yet; no more than 100000 are counted.",
    read: ({ changes }) => changes,
  },
  {
    name: "tocsin_taxii_backlog_oldest_seconds",
    help: "How long the oldest of them has waited; 0 where none waits.",
    read: ({ oldestSeconds }) => oldestSeconds,
  },
];

/** What the sequencer has before it, the same from every node, read when somebody asks; left out without a database. */
export function measureBacklog(register: Registry, { context }: Pick<Deps, "context">): void {
  const read = sharedReading(() =>
    readBacklog(context).catch((error: unknown) => {
      context.log.warn({ err: error }, "TAXII's backlog could not be measured");
      return null;
    }),
  );
  for (const { name, help, read: measure } of gauges) {
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        const backlog = await read();
        if (backlog === null) this.remove();
        else this.set(measure(backlog));
      },
    });
  }
}
