import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import type { Running } from "../wire/request";
import { recordUse } from "./record-use";

type RunningDeps = Pick<Deps, "activity" | "context" | "pace" | "settings" | "usage">;

/** Work that goes on for so long after its client has gone is not waited for (milliseconds). */
const givenUpAfter = 120_000;

/**
 * What runs for a request: it is over when the answer has ended (sent, or its client gone), the handler has come to its
 * end, and the stream that it answered with is closed. So a client that hangs up does not get its slots back while the
 * database still works for it.
 */
export function startRunning(deps: RunningDeps, request: FastifyRequest, reply: FastifyReply): Running {
  const releases: (() => void)[] = [];
  let open = 2;
  const end = () => {
    open -= 1;
    if (open === 0) for (const release of releases.splice(0)) release();
  };
  let answered = false;
  let closed = false;
  let leave = () => {};
  const onClose = () => {
    closed = true;
    leave();
    // Fastify tells nobody of an answer that its client did not wait for, and that has been charged all the same.
    if (!reply.raw.writableFinished) recordUse(deps, request, reply);
    end();
    if (open <= 0) return;
    setTimeout(() => {
      open = 1;
      end();
    }, givenUpAfter).unref();
  };
  // Who has gone while it was asked who calls is not told of again: its slots would be held for ever.
  if (reply.raw.closed) setImmediate(onClose);
  else reply.raw.once("close", onClose);
  const running: Running = {
    atEnd: (release) => void releases.push(release),
    until: (body) => {
      open += 1;
      body.once("close", end);
    },
    answered: () => {
      if (answered) return;
      answered = true;
      end();
    },
    becomeShort: () => {
      if (!closed) leave = deps.pace.enter();
    },
    becomeLong: () => {
      leave();
      leave = () => {};
    },
    letGo: () => {
      for (const release of releases.splice(0)) release();
    },
  };
  request.running = running;
  return running;
}
