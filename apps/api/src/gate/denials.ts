import type { KeyCaller, Refusal, SessionCaller } from "@tocsin/core/access";
import { type Actor, appendEvent } from "@tocsin/core/audit";
import type { Origin } from "@tocsin/core/context";
import type { KeyRefusal } from "@tocsin/core/keys";
import type { Deps } from "../deps";

/** Who was turned away at the gate though their credential was known: a line in their workspace's audit log. */
export type Denials = {
  ofKey: (key: { id: string; name: string; workspaceId: string }, code: KeyRefusal, origin: Origin) => void;
  ofCaller: (caller: KeyCaller | SessionCaller, code: Refusal["code"], origin: Origin) => void;
  /** Resolves when all that is waiting has been written. */
  settle: () => Promise<void>;
};

const maxWaiting = 200;
const maxRemembered = 10_000;

/** One line an actor, refusal and minute, written one after the other: a client that keeps knocking fills no table. */
export function createDenials({ context }: Pick<Deps, "context">): Denials {
  const written = new Set<string>();
  let minute = 0;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  const add = (actor: Actor, workspaceId: string, code: string, origin: Origin) => {
    const now = Math.floor(context.now().getTime() / 60_000);
    if (now !== minute || written.size >= maxRemembered) written.clear();
    minute = now;
    const line = `${actor.id}:${code}`;
    if (written.has(line) || waiting >= maxWaiting) return;
    written.add(line);
    waiting += 1;
    last = last
      .then(() =>
        appendEvent(
          { ...context, actor, workspaceId, origin },
          { action: "access.denied", outcome: "denied", details: { code } },
        ),
      )
      .catch((error: unknown) => context.log.warn({ err: error }, "a refusal could not be written to the audit log"))
      .finally(() => {
        waiting -= 1;
      });
  };

  return {
    ofKey: (key, code, origin) => add({ type: "key", id: key.id, name: key.name }, key.workspaceId, code, origin),
    ofCaller: (caller, code, origin) => {
      const actor: Actor =
        caller.kind === "key"
          ? { type: "key", id: caller.keyId, name: caller.keyName }
          : { type: "user", id: caller.userId, name: caller.name };
      add(actor, caller.workspaceId, code, origin);
    },
    settle: () => last,
  };
}
