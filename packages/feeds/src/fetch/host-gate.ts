import { setTimeout as sleep } from "node:timers/promises";

/** When the next request to a host may start; one map a process, since politeness is the process's. */
const nextFree = new Map<string, number>();

/** Waits until `spacingMs` have passed since the last request to this host began; those who wait queue up. */
export async function waitForTurn(host: string, spacingMs: number, signal: AbortSignal): Promise<void> {
  const now = Date.now();
  const mine = Math.max(now, nextFree.get(host) ?? 0);
  nextFree.set(host, mine + spacingMs);
  for (const [other, at] of nextFree) if (at < now) nextFree.delete(other);
  if (mine > now) await sleep(mine - now, undefined, { signal });
}
