// Prometheus text exposition format 0.0.4, written by prom-client.
import { timingSafeEqual } from "node:crypto";
import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Deps } from "../deps";
import { isFromLoopback } from "../wire/client";
import { measureFeeds } from "./feed-metrics";
import { measureBacklog } from "./taxii-metrics";

const config = { access: { by: "open" }, vital: true } as const;

/**
 * Measures every request of `app`, and answers `/metrics`: to this machine while no proxy stands before it, and to whoever
 * brings TOCSIN_METRICS_TOKEN as a Bearer token. Routes are templates, so that no URL makes a series.
 */
export function measure(app: FastifyInstance, deps: Deps): void {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: "tocsin_" });
  const durations = new Histogram({
    name: "tocsin_http_request_duration_seconds",
    help: "Time to the end of the answer.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  gauge(register, "tocsin_usage_pending", "Rows of usage that are not written yet.", () => deps.usage.pending());
  gauge(
    register,
    "tocsin_usage_waiting_seconds",
    "For how long the oldest of them has waited; more than half a minute means that usage is not written.",
    () => deps.usage.waitingMs() / 1_000,
  );
  gauge(register, "tocsin_verified_keys", "Keys that this node decides from memory.", () => deps.verifier.size().keys);
  gauge(register, "tocsin_limits_shared", "1 while Redis counts limits for all nodes, 0 while this node counts.", () =>
    deps.sharedLimits?.state() === "ok" ? 1 : 0,
  );
  gauge(register, "tocsin_draining", "1 while the process ends.", () => (deps.state.draining ? 1 : 0));

  measureFeeds(register, deps);
  measureBacklog(register, deps);

  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "(none)";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
  app.get("/metrics", { config }, async (request, reply) => {
    if (!mayRead(request, deps.settings)) throw new AppError("not_found", { message: closed });
    return reply
      .type(register.contentType)
      .header("cache-control", "no-store")
      .send(await register.metrics());
  });
}

function gauge(register: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [register],
    collect() {
      this.set(read());
    },
  });
}

const closed =
  "Metrics are for programs of this machine that come through no proxy, while PUBLIC_URL is a loopback address. Everyone else sends `Authorization: Bearer <TOCSIN_METRICS_TOKEN>`; the operator sets that.";

function mayRead(request: FastifyRequest, settings: Deps["settings"]): boolean {
  if (isFromLoopback(request, settings)) return true;
  const token = settings.metricsToken;
  const given = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined || given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
