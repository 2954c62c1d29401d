import { createHash } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { basePathOf } from "../wire/base-path";
import { type Encoding, encodingOf } from "../wire/encoding";
import { escapeHtml } from "../wire/escape-html";
import { pagePolicy } from "../wire/security-headers";
import { findWebFolder, readWebFiles, type WebFile } from "./files";

/** Answers a page of the dashboard for a browser that navigates to one of its addresses; null for anything else. */
export type Pages = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

/** The dashboard's files, each a route of its own. */
export function webRoutes(app: FastifyInstance, deps: Deps, folder = findWebFolder(import.meta.dirname)): Pages {
  const files = folder === null ? new Map<string, WebFile>() : readWebFiles(folder);
  const index = files.get("/index.html");
  const placed = index && underBase(index.body, basePathOf(deps.settings.publicUrl));
  for (const file of files.values()) if (file !== index) addFile(app, file);
  const missing = { body: Buffer.from(notBuilt(deps.settings.instanceName)), packed: {} };
  const page = (request: FastifyRequest, reply: FastifyReply) => sendPage(request, reply, placed ?? missing);
  app.get("/", { config: { access: { by: "open" } } }, async (request, reply) => page(request, reply));
  return (request, reply) => (isNavigation(request) ? page(request, reply) : null);
}

/** The page with the addresses of its files, which are built relative to it, under the path at which it is reached. */
function underBase(page: Buffer, base: string): Body {
  const text = page.toString().replace(/(\s(?:href|src)=")\.\//g, `$1${escapeHtml(base)}/`);
  const body = Buffer.from(base === "" ? text : text.replace("<html ", `<html data-base="${escapeHtml(base)}" `));
  // What the build has compressed is the page before that.
  return { body, packed: { br: brotliCompressSync(body), gzip: gzipSync(body) } };
}

function addFile(app: FastifyInstance, file: WebFile): void {
  const mark = createHash("sha256").update(file.body).digest("base64url").slice(0, 27);
  app.get(file.url, { config: { access: { by: "open" } } }, async (request, reply) => {
    const { body, encoding } = bodyFor(request, file);
    const etag = encoding === null ? `"${mark}"` : `"${mark}-${encoding}"`;
    reply.headers({
      etag,
      ...packingOf(file, encoding),
      "content-security-policy": pagePolicy,
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type(file.type).send(body);
  });
}

type Body = Pick<WebFile, "body" | "packed">;

/** The body in the encoding that a client likes best of those that there are. */
function bodyFor(request: FastifyRequest, { body, packed }: Body): { body: Buffer; encoding: Encoding | null } {
  const encoding = encodingOf(request.headers["accept-encoding"]);
  const found = encoding === null ? undefined : packed[encoding];
  return found ? { body: found, encoding } : { body, encoding: null };
}

function packingOf({ packed }: Body, encoding: Encoding | null): Record<string, string> {
  if (Object.keys(packed).length === 0) return {};
  return { vary: "Accept-Encoding", ...(encoding === null ? {} : { "content-encoding": encoding }) };
}

function sendPage(request: FastifyRequest, reply: FastifyReply, file: Body): FastifyReply {
  const { body, encoding } = bodyFor(request, file);
  return reply
    .code(200)
    .headers({ "content-security-policy": pagePolicy, "cache-control": "no-cache", ...packingOf(file, encoding) })
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
