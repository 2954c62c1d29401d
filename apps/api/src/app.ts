import type { Readable } from "node:stream";
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from "fastify";
import { accountRoutes } from "./accounts/routes";
import type { Deps } from "./deps";
import { articleDocument } from "./documents/articles";
import { auditDocument } from "./documents/audit";
import { iocDocument } from "./documents/iocs";
import { documentRoutes } from "./documents/routes";
import { sessionExportRoutes } from "./documents/session-routes";
import { sightingsDocument } from "./documents/sightings";
import { keyUsageDocument, workspaceUsageDocument } from "./documents/usage";
import { chargeFailure, gate, showAddressLimit } from "./gate/gate";
import { recordUse } from "./gate/record-use";
import { watchRoutes } from "./gate/routes";
import { isMuch, watchWriting } from "./gate/write-timeout";
import { measure } from "./health/metrics";
import { healthRoutes } from "./health/routes";
import { importRoutes } from "./imports/routes";
import { githubRoutes } from "./leak-reports/github-routes";
import { mcpRoutes } from "./mcp/routes";
import { readCertificate } from "./process/certificate";
import { referenceRoutes } from "./reference/routes";
import { restRoutes } from "./rest/adapter";
import { createParts } from "./router/parts";
import { scimRoutes } from "./scim/routes";
import type { Settings } from "./settings/settings";
import { liveRoutes } from "./stream/live-routes";
import { streamRoutes } from "./stream/routes";
import { sendTaxiiError } from "./taxii/errors";
import { taxiiRoutes } from "./taxii/routes";
import { trpcRoutes } from "./trpc/routes";
import { unreadRequests } from "./unread-requests";
import { webRoutes } from "./web/routes";
import { basePathOf, withoutBase } from "./wire/base-path";
import { readJsonBodies, unpackBody } from "./wire/body";
import { compressAnswer } from "./wire/compress-answer";
import { allowOrigin, answerPreflight } from "./wire/cors";
import { settleForwarded } from "./wire/forwarded";
import { parseJson } from "./wire/input";
import { redactUrl, requestLog } from "./wire/redact";
import { newRequestId } from "./wire/request-id";
import { pathOfRequest, requireOneHost, requirePlainPath } from "./wire/request-target";
import { securityHeaders } from "./wire/security-headers";
import { nowhere, sendError } from "./wire/send-error";
import { isUnderTaxii, showsLimits } from "./wire/taxii-address";

const megabyte = 1024 * 1024;

/** How long a client may take to send its header fields and its whole request, and how often that is looked at. */
export type Patience = { headersMs: number; requestMs: number; everyMs: number };
const usualPatience: Patience = { headersMs: 20_000, requestMs: 30_000, everyMs: 5_000 };

/** The whole server on its parts, ready to listen: every transport behind the one gate. Tests build it by this too. */
export async function buildApp(deps: Deps, patience: Patience = usualPatience): Promise<FastifyInstance> {
  const app = createApp(deps, patience);
  const headers = securityHeaders(deps.settings);
  const parts = createParts(deps);

  app.decorateRequest("auth");
  app.decorateRequest("running", null);
  app.addHook("onRequest", async (request, reply) => {
    request.auth = { caller: null, refused: null };
    reply.headers({ ...headers, "x-request-id": request.id });
    requireOneHost(request.raw);
    await gate(deps, request, reply);
    requirePlainPath(request.params);
  });
  watchAnswers(app, deps);
  flushDenials(app, deps);
  app.setErrorHandler(async (error, request, reply) => sendError(request, reply, await chargeFailure(request, error)));

  readBodies(app);

  measure(app, deps);
  await app.register(healthRoutes, { deps });
  await app.register(accountRoutes, deps);
  await app.register(trpcRoutes, { deps, parts });
  await app.register(restRoutes, {
    deps,
    parts,
    fileForms: {
      listIOCs: iocDocument,
      listArticles: articleDocument,
      listAuditEvents: auditDocument,
      listSightings: sightingsDocument,
      getAPIKeyUsage: keyUsageDocument,
      getWorkspaceUsage: workspaceUsageDocument,
    },
  });
  const { githubKeysUrl } = deps.settings;
  if (githubKeysUrl !== null) await app.register(githubRoutes, { deps, leaks: parts.leaks, keysUrl: githubKeysUrl });
  app.addHook("onClose", () => parts.leaks.settle());
  app.addHook("onClose", () => parts.stats.settle());
  app.addHook("onClose", () => parts.texts.close());
  await app.register(documentRoutes, { deps, parts });
  await app.register(sessionExportRoutes, { deps, parts });
  await app.register(importRoutes, { deps, parts });
  await app.register(taxiiRoutes, { deps });
  await app.register(mcpRoutes, { deps });
  await app.register(streamRoutes, { deps });
  await app.register(liveRoutes, { deps });
  await app.register(scimRoutes, { deps });
  await app.register(referenceRoutes, { deps });
  const pages = webRoutes(app, deps);

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = app.routeTable.allowedMethods(path);
    if (request.method === "OPTIONS" && allowed.length > 0) return answerOptions(deps, app, request, reply, path);
    if (allowed.length > 0) reply.header("allow", allowed.join(", "));
    return pages(request, reply) ?? sendUnroutedError(request, reply, nowhere(allowed));
  });
  await app.ready();
  return app;
}

function readBodies(app: FastifyInstance): void {
  app.addHook("preParsing", (request, _reply, payload, done) => {
    // Few bodies are packed, and most requests have none.
    if (request.headers["content-encoding"] === undefined) return done(null, payload);
    try {
      done(null, unpackBody(request, payload as Readable, request.routeOptions.bodyLimit ?? megabyte) ?? payload);
    } catch (error) {
      done(error as Error);
    }
  });
  readJsonBodies(app, parseJson);
}

/** RFC 9110 section 9.3.7, and what browsers ask for before a page calls with a key. */
function answerOptions(
  { settings }: Deps,
  { routeTable }: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): FastifyReply {
  const methods = [...routeTable.allowedMethods(path), "OPTIONS"];
  if (routeTable.isByKey(path) && allowOrigin(request, reply, settings.corsOrigins)) answerPreflight(reply, methods);
  return reply.code(204).header("allow", methods.join(", ")).send();
}

/** What is done about every answer, whichever route gives it. */
function watchAnswers(app: FastifyInstance, deps: Deps): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    request.running?.answered();
    showLimits(deps, request, reply);
    if (request.routeOptions.config.access?.by === "key") allowOrigin(request, reply, deps.settings.corsOrigins);
    if (isMuch(payload)) watchWriting(request, reply, deps.settings.writeTimeoutSeconds * 1_000);
    done(null, compressAnswer(request, reply, payload));
  });
  app.addHook("onResponse", (request, reply, done) => {
    recordUse(deps, request, reply);
    done();
  });
}

/** What an answer shows of limits where nobody who calls has any of their own. */
function showLimits(deps: Deps, request: FastifyRequest, reply: FastifyReply): void {
  if (!reply.hasHeader("x-ratelimit-limit") && showsLimits(request.url)) showAddressLimit(deps, request, reply);
}

function flushDenials(app: FastifyInstance, { context, denials }: Deps): void {
  const warn = (error: unknown) =>
    context.log.warn({ err: error }, "denials could not be written; they are kept for the next attempt");
  const timer = setInterval(() => denials.flush(context).catch(warn), 5_000).unref();
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await denials.flush(context, { all: true }).catch(warn);
  });
}

function createApp(deps: Deps, patience: Patience): FastifyInstance {
  const { settings } = deps;
  const unread = unreadRequests(deps, newRequestId);
  const base = basePathOf(settings.publicUrl);
  const app = fastify({
    loggerInstance: requestLog(deps.log, settings.keyPrefix),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    bodyLimit: megabyte,
    trustProxy: settings.trustProxy.length > 0 ? settings.trustProxy : false,
    // Answers may take longer.
    requestTimeout: patience.requestMs,
    // What Node would answer without a body is answered by us.
    ...connectionOptions(settings, patience),
    clientErrorHandler: unread.handler,
    rewriteUrl: (request) => {
      if (settings.trustProxy.length > 0) settleForwarded(request.headers, settings.forwardedHeader);
      return withoutBase(pathOfRequest(request), base);
    },
    // The gate answers while the process drains, in the envelope.
    return503OnClosing: false,
    routerOptions: {
      maxParamLength: 500,
      // Each transport reads its own query: repeated and malformed parameters must be told apart.
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...securityHeaders(settings), "x-request-id": request.id });
      showLimits(deps, request, reply);
      request.log.info({ url: redactUrl(request.url, settings.keyPrefix) }, "a URL that cannot be read");
      sendUnroutedError(request, reply, error);
    },
  }) as unknown as FastifyInstance;
  app.server.headersTimeout = patience.headersMs;
  app.decorate("routeTable", watchRoutes(app));
  unread.watch(app);
  return app;
}

function connectionOptions({ tls }: Settings, { everyMs }: Patience) {
  const options = { requireHostHeader: false, connectionsCheckingInterval: everyMs };
  return tls ? { https: { ...options, ...readCertificate(tls), ALPNProtocols: ["http/1.1"] } } : { http: options };
}

/** An error outside of any route, in the shape of the transport that the URL belongs to. */
function sendUnroutedError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  return isUnderTaxii(request.url) ? sendTaxiiError(request, reply, error) : sendError(request, reply, error);
}
