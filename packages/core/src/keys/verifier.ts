import { hash, randomBytes } from "node:crypto";
import type { OpenLine } from "@tocsin/db";
import type { KeyCaller } from "../access";
import type { Context } from "../context";
import { createBoundedMap } from "../lib";
import { createTombstones, holdLease, type Lease, localLease, type Tombstones } from "../revocation";
import { createGraceStarter } from "./grace";
import { inTime } from "./in-time";
import { isSecret, longestSecret } from "./secret";
import { callerOf, type KeyFacts } from "./verdict";
import { type FoundSecret, findSecret, type Verdict, verdictOn } from "./verify-key";

/** Decides credentials, from memory while this node holds a lease, else by the database. */
export type Verifier = {
  /**
   * Throws `service_unavailable` when it would have to ask the database and gets no answer. `queue` runs what asks the
   * database when there is room for it.
   */
  verify: (secret: string, ip: string | null, queue?: Queue) => Promise<Verdict>;
  /** From here on it may answer from memory. */
  start: () => void;
  /** Gives the lease back; requests are decided by the database again. */
  stop: () => Promise<void>;
  /** For the context of those who restrict keys in this process. */
  revocation: NonNullable<Context["revocation"]>;
  size: () => { keys: number; refusals: number };
};

type Queue = (ask: () => Promise<Verdict>) => Promise<Verdict>;

export type VerifierOptions = {
  node: string;
  /** Absent on the embedded database, whose one process this is. */
  openLine?: OpenLine | undefined;
  keys?: number;
  refusals?: number;
};

/** Facts as they were when the fence stood at `head`; found fresh when the tombstones were at `generation`. */
type Entry = { facts: KeyFacts; caller: KeyCaller; head: number; generation: number };

export function createVerifier(
  ctx: Pick<Context, "db" | "sql" | "now" | "peppers" | "log" | "auditKeys">,
  options: VerifierOptions,
): Verifier {
  const tombstones = createTombstones();
  const keys = createBoundedMap<Entry>(options.keys ?? 50_000);
  // Apart, so that secrets that nobody issued push out no key.
  const refusals = createBoundedMap<Verdict>(options.refusals ?? 5_000);
  const seal = createSeal();
  const revocation: Verifier["revocation"] = { node: options.node, apply: tombstones.record };
  const startGrace = createGraceStarter({ ...ctx, revocation });
  let lease: Lease | null = null;

  // The first use of a new secret is answered only when the end of the old one is stored: there is none to lose.
  const letIn = async (facts: KeyFacts, verdict: Verdict, ip: string | null): Promise<Verdict> => {
    if (verdict.usable && facts.replaces) await startGrace(facts, facts.replaces, ip);
    return verdict;
  };

  const ask = async (secret: string, name: string, ip: string | null): Promise<Verdict> => {
    const found = await inTime(findSecret(ctx, secret));
    if (!found) {
      refusals.set(name, unknown);
      return unknown;
    }
    const verdict = verdictOn(found, ip, ctx.now());
    // Nothing brings a revoked key back.
    if (found.revokedAt) refusals.set(name, verdict);
    else if ((keys.get(name)?.head ?? 0) <= found.head) keys.set(name, toEntry(found));
    return letIn(found, verdict, ip);
  };

  // By a key's facts in memory; undefined where there are none, or none that are fresh.
  const fromMemory = (name: string, ip: string | null): Verdict | Promise<Verdict> | undefined => {
    const entry = lease?.holds() ? keys.get(name) : undefined;
    if (!entry || !isFresh(tombstones, entry)) return undefined;
    const verdict = verdictOn(entry.facts, ip, ctx.now(), entry.caller);
    return entry.facts.replaces ? letIn(entry.facts, verdict, ip) : verdict;
  };

  return {
    verify: async (secret, ip, queue = (ask) => ask()) => {
      if (secret.length > longestSecret) return unknown;
      const name = seal(secret);
      const known = fromMemory(name, ip) ?? refusals.get(name);
      if (known) return known;
      return isSecret(secret) ? queue(() => ask(secret, name, ip)) : unknown;
    },
    start: () => {
      lease ??= options.openLine
        ? holdLease({ node: options.node, openLine: options.openLine, tombstones, log: ctx.log, onReset: keys.clear })
        : localLease;
    },
    stop: async () => {
      const current = lease;
      lease = null;
      await current?.stop();
    },
    revocation,
    size: () => ({ keys: keys.size(), refusals: refusals.size() }),
  };
}

const unknown: Verdict = { usable: false, code: "invalid_api_key" };

function toEntry({ head, ...facts }: FoundSecret): Entry {
  return { facts, caller: callerOf(facts), head, generation: -1 };
}

function isFresh(tombstones: Tombstones, entry: Entry): boolean {
  const generation = tombstones.generation();
  if (entry.generation === generation) return true;
  if (!tombstones.isFresh(entry.head, entry.facts.id, entry.facts.workspaceId)) return false;
  entry.generation = generation;
  return true;
}

/** What stands for a secret in memory: nobody outside of this process can aim at it, and it gives no secret away. */
function createSeal(): (secret: string) => string {
  const key = randomBytes(32).toString("hex");
  return (secret) => hash("sha256", key + secret, "base64");
}
