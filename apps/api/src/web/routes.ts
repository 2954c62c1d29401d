import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { basePathOf } from "../wire/base-path";
import { escapeHtml } from "../wire/escape-html";
import { pagePolicy } from "../wire/security-headers";
import { findWebFolder, readWebFiles, type WebFile } from "./files";

/** Answers a page of the dashboard for a browser that navigates to one of its addresses; null for anything else. */
export type Pages = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

/** The dashboard's files, each a route of its own. */
export function webRoutes(app: FastifyInstance, deps: Deps, folder = findWebFolder(import.meta.dirname)): Pages {
  const files = folder === null ? new Map<string, WebFile>() : readWebFiles(folder);
  const index = files.get("/index.html");
  const body = index && underBase(index.body, basePathOf(deps.settings.publicUrl));
  for (const file of files.values()) if (file !== index) addFile(app, file);
  const page = (reply: FastifyReply) => sendPage(reply, body ?? Buffer.from(notBuilt(deps.settings.instanceName)));
  app.get("/", { config: { access: { by: "open" } } }, async (_request, reply) => page(reply));
  return (request, reply) => (isNavigation(request) ? page(reply) : null);
}

/** The page with the addresses of its files, which are built relative to it, under the path at which it is reached. */
function underBase(page: Buffer, base: string): Buffer {
  const text = page.toString().replace(/(\s(?:href|src)=")\.\//g, `$1${escapeHtml(base)}/`);
  return Buffer.from(base === "" ? text : text.replace("<html ", `<html data-base="${escapeHtml(base)}" `));
}

function addFile(app: FastifyInstance, file: WebFile): void {
  const etag = `"${createHash("sha256").update(file.body).digest("base64url").slice(0, 27)}"`;
  app.get(file.url, { config: { access: { by: "open" } } }, async (request, reply) => {
    reply.headers({
      etag,
      "content-security-policy": pagePolicy,
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type(file.type).send(file.body);
  });
}

function sendPage(reply: FastifyReply, body: Buffer): FastifyReply {
  return reply
    .code(200)
    .headers({ "content-security-policy": pagePolicy, "cache-control": "no-cache" })
    .type("text/html; charset=utf-8")
    .send(body);
}

function isNavigation(request: FastifyRequest): boolean {
  const path = request.url.split("?", 1)[0] ?? "";
  const page = !/^\/(api|assets|taxii2|docs|healthz|readyz)(\/|$)/.test(path);
  return page && request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
}

function notBuilt(instanceName: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(instanceName)}</title></head><body><h1>${escapeHtml(instanceName)}</h1><p>The dashboard is not built here: run <code>npm run build</code>, then start again. The API answers at <code>/api/v1</code>.</p></body></html>`;
}
