import { setTimeout as sleep } from "node:timers/promises";
import { createFailureLimiter } from "@tocsin/core/access";
import type { Context, Origin } from "@tocsin/core/context";
import { AppError } from "@tocsin/core/errors";
import { answerLeak, findLeaked, type Leaked, type LeakReport, type RevokeLeakedInput } from "@tocsin/core/leaks";
import { withTimeout } from "@tocsin/core/lib";
import type { NoticeSetting } from "@tocsin/core/notices";

type Call = Context & { origin: Origin };

/** Takes reports of leaked secrets. */
export type LeakReports = {
  /** One that anybody may send: it resolves at the same moment whether any secret was real. Throws `rate_limit_exceeded`. */
  receive: (call: Call, input: RevokeLeakedInput) => Promise<void>;
  /** One that a scanner has signed: for each secret, whether it is one of ours. */
  receiveSigned: (call: Call, found: readonly SignedFind[]) => Promise<boolean[]>;
  /** Resolves when what was answered before its end has ended. */
  settle: () => Promise<void>;
};

export type SignedFind = { secret: string; report: LeakReport };

type Work = { leaked: Leaked; report: LeakReport };

/** Milliseconds. */
export type LeakReportOptions = { publicFloor?: number; signedPatience?: number; perMinute?: number };

const atOnce = 4;

export function createLeakReports(
  setting: NoticeSetting,
  { publicFloor = 250, signedPatience = 20_000, perMinute = 20 }: LeakReportOptions = {},
): LeakReports {
  const limiter = createFailureLimiter({ perMinute });
  const behind = new Set<Promise<void>>();

  /** All of it, even when some fails; then the first failure is thrown. */
  const start = (call: Call, work: readonly Work[]): Promise<void> => {
    const done = answerAll(call, work, setting).finally(() => behind.delete(done));
    behind.add(done);
    done.catch((error: unknown) => call.log.error({ err: error }, "a leaked secret could not be ended"));
    return done;
  };

  return {
    receive: async (call, input) => {
      spend(limiter.record(call.origin.ip, call.now()), call.now());
      const floor = sleep(publicFloor);
      const report = { by: "leak report", source: input.source };
      const found = await findLeaked(call, input.secrets);
      const done = start(
        call,
        once(found).map((leaked) => ({ leaked, report })),
      );
      // What takes longer goes on behind; what has failed by then is said.
      await Promise.race([done, floor]);
      await floor;
    },
    receiveSigned: async (call, finds) => {
      const found = await findLeaked(
        call,
        finds.map(({ secret }) => secret),
      );
      const reports = new Map(found.flatMap((leaked, i) => (leaked ? [[leaked.id, finds[i]?.report] as const] : [])));
      const work = once(found).flatMap((leaked) => {
        const report = reports.get(leaked.id);
        return report ? [{ leaked, report }] : [];
      });
      await withTimeout(start(call, work), signedPatience, () => undefined);
      return found.map((leaked) => leaked !== null);
    },
    settle: async () => {
      await Promise.allSettled(behind);
    },
  };
}

/** Each key or token once, in whichever of its secrets it was found; one that is not over before one that is. */
function once(found: readonly (Leaked | null)[]): Leaked[] {
  const byId = new Map<string, Leaked>();
  for (const leaked of found) {
    if (leaked && (byId.get(leaked.id)?.over ?? true)) byId.set(leaked.id, leaked);
  }
  return [...byId.values()];
}

async function answerAll(call: Call, work: readonly Work[], setting: NoticeSetting): Promise<void> {
  const failures: unknown[] = [];
  for (let from = 0; from < work.length; from += atOnce) {
    const ended = await Promise.allSettled(
      work.slice(from, from + atOnce).map(({ leaked, report }) => answerLeak(call, leaked, report, setting)),
    );
    failures.push(...ended.flatMap((one) => (one.status === "rejected" ? [one.reason] : [])));
  }
  if (failures.length > 0) throw failures[0];
}

function spend(charge: ReturnType<ReturnType<typeof createFailureLimiter>["record"]>, now: Date): void {
  if (charge.accepted) return;
  throw new AppError("rate_limit_exceeded", {
    details: { window: charge.window, limit: charge.limit, reset_at: charge.resetAt.toISOString() },
    retryAfter: charge.retryAfter ?? Math.ceil((charge.resetAt.getTime() - now.getTime()) / 1_000),
  });
}
