import { AppError, invalidParameter } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Deps } from "../deps";
import { isCrossSite } from "../wire/client";
import { type Ask, askOf } from "./ask";

/** JSON-RPC 2.0: one message, no batch (Model Context Protocol since 2025-06-18). */
const messageShape = z.looseObject({
  jsonrpc: z.literal("2.0"),
  method: z.string().max(100).optional(),
  id: z.union([z.string().max(200), z.number()]).optional(),
});

/** What asks the REST API pays there; all else costs a little. */
const askingMethods = new Set(["tools/call", "resources/read", "resources/list"]);
const otherCost = 0.1;

/** The Model Context Protocol's Streamable HTTP, without sessions: a POST answers in JSON, and there is no GET. */
export async function mcpRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  const { settings, version } = deps;
  app.post("/mcp", { config: { access: { by: "tools" } } }, async (request, reply) => {
    reply.header("cache-control", "no-store");
    // Section "Security warning": a page of another site must not reach a server through its reader's browser.
    if (isCrossSite(request, settings.publicUrl)) throw new AppError("cross_site_request");
    const message = readMessage(request.body);
    const asks = askingMethods.has(message.method ?? "");
    if (!asks) await request.auth.meter?.charge(otherCost);
    const { answerMessage } = await import("./server");
    const about = { name: settings.instanceName, version };
    const rest = askOf(app, request, reply);
    const ask: Ask = (of) => {
      // The REST call is charged and counted in the place of the message that it is made for.
      request.auth.recorded = true;
      return rest(of);
    };
    const answer = await answerMessage(about, ask, message, versionOf(request));
    // A tool that there is not, or an input that is none, ends before any call.
    if (asks && !request.auth.recorded) await request.auth.meter?.charge(otherCost);
    reply.code(answer.status);
    return answer.body === "" ? reply.send() : reply.type("application/json; charset=utf-8").send(answer.body);
  });
}

function readMessage(body: unknown): z.output<typeof messageShape> {
  const read = messageShape.safeParse(body);
  if (read.success) return read.data;
  throw invalidParameter({ field: "body", problem: "is no message", allowed: "one message of JSON-RPC 2.0" });
}

function versionOf({ headers }: FastifyRequest): Record<string, string> {
  const version = headers["mcp-protocol-version"];
  return typeof version === "string" ? { "mcp-protocol-version": version } : {};
}
