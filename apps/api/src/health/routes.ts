import { withTimeout } from "@tocsin/core/lib";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";

const open = { access: { by: "open" }, vital: true } as const;
const patienceMs = 1_000;

/** `/healthz`: the process lives. `/readyz`: it can answer requests now. */
export async function healthRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  app.get("/healthz", { config: open }, async (_request, reply) => {
    reply.header("cache-control", "no-store");
    return { status: "ok", version: deps.version };
  });

  app.get("/readyz", { config: open }, async (_request, reply) => {
    const database = await databaseAnswers(deps);
    const storage = deps.db.storage();
    const checks = {
      accepting: deps.state.draining ? "draining" : "ok",
      database: database ? "ok" : "failed",
      // Where nothing can be stored, no key can be revoked and no use counted.
      storage,
      // Without it each node counts limits by itself: no reason to take a node out.
      ...(deps.sharedLimits ? { redis: deps.sharedLimits.state() } : {}),
    };
    const ready = database && storage === "ok" && !deps.state.draining;
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ready" : "not_ready", checks });
  });
}

async function databaseAnswers({ db }: Deps): Promise<boolean> {
  if (!db.answers()) return false;
  const answer = db.sql.query("SELECT 1").then(
    () => true,
    () => false,
  );
  return withTimeout(answer, patienceMs, () => false);
}
