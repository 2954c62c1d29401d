// What Node's HTTP parser refuses never becomes a request of Fastify: it is answered here, as the transports answer.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { rateHeaders } from "@tocsin/core/access";
import { AppError, type ErrorCode } from "@tocsin/core/errors";
import { formatAddress, parseAddress } from "@tocsin/core/values";
import type { FastifyInstance } from "fastify";
import type { Deps } from "./deps";
import { taxiiError } from "./taxii/errors";
import { taxiiType } from "./taxii/media-type";
import { redactUrl } from "./wire/redact";
import { pathOf } from "./wire/request-target";
import { securityHeaders } from "./wire/security-headers";
import { errorBody, nowhere } from "./wire/send-error";
import { mayBeSlow } from "./wire/slow-bodies";
import { statusOfKind } from "./wire/status-of-kind";
import { isUnderTaxii, showsLimits } from "./wire/taxii-address";

type UnreadDeps = Pick<Deps, "context" | "failures" | "log" | "settings">;
type ParserError = {
  message: string;
  code?: string | undefined;
  rawPacket?: unknown;
  bytesParsed?: number | undefined;
};
type Handler = (error: ParserError, socket: Socket) => void;

/** What is under way on a connection. */
type Current = { request: IncomingMessage; response: ServerResponse };

// llhttp's and Node's codes; the others mean that the request is malformed.
const codes: Readonly<Record<string, ErrorCode | undefined>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
  HPE_HEADER_OVERFLOW: "headers_too_large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "payload_too_large",
};

/** How long a connection stays after its last answer, so that the client reads that before it learns of the end. */
const lingerMs = 1_000;

/**
 * Handles the errors of a server's parser. `watch` tells it which requests are under way, and takes the server's other
 * ways of refusing something without a request.
 */
export function unreadRequests(deps: UnreadDeps, requestId: () => string) {
  const current = new WeakMap<Socket, Current>();
  const answered = new WeakSet<Socket>();
  let allowedMethods: (path: string) => string[] = () => [];

  const answer = (socket: Socket, error: AppError, url: string | null) => {
    const id = requestId();
    const line = {
      url: url === null ? null : redactUrl(url, deps.settings.keyPrefix),
      ip: socket.remoteAddress,
      reqId: id,
    };
    deps.log.info({ ...line, status: statusOfKind[error.kind], code: error.code }, "a request that cannot be read");
    if (socket.writable) socket.end(answerOf(deps, socket, error, url, id));
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };

  const answerBody = (error: ParserError, socket: Socket, { request, response }: Current) => {
    // What has been answered already is not answered again.
    if (response.headersSent) socket.destroySoon();
    else answer(socket, bodyError(error), request.url ?? null);
  };

  const refuseUnread: Handler = (error, socket) => {
    // The parser repeats itself with each packet that still comes.
    if (answered.has(socket)) return;
    answered.add(socket);
    const pending = current.get(socket);
    if (pending && !pending.request.complete) return answerBody(error, socket, pending);
    const start = startOf(error);
    const refuse = () => answer(socket, refusalOf(error, start, allowedMethods), start?.url ?? null);
    // Answers come in the order of requests.
    if (pending && !pending.response.writableFinished) pending.response.once("close", refuse);
    else refuse();
  };

  const handler: Handler = (error, socket) => {
    if (isTimely(error, socket)) return;
    if (socket.destroyed || error.code === "ECONNRESET") return void socket.destroy();
    refuseUnread(error, socket);
  };

  const watch = (app: FastifyInstance) => {
    allowedMethods = app.routeTable.allowedMethods;
    const { server } = app;
    server.prependListener("request", (request, response) => current.set(request.socket, { request, response }));
    // An expectation that nobody knows may be ignored (RFC 9110 section 10.1.1); Node would answer it without a body.
    server.on("checkExpectation", (request, response) => server.emit("request", request, response));
    server.on("connect", (request, socket: Socket) => {
      answer(socket, nowhere(["GET"]), request.url ?? null);
    });
  };
  return { handler, watch };
}

/** Whether what Node takes for late is a body that may take its time. */
function isTimely({ code }: ParserError, socket: Socket): boolean {
  return code === "ERR_HTTP_REQUEST_TIMEOUT" && mayBeSlow(socket);
}

function bodyError({ code, message }: ParserError): AppError {
  const known = codes[code ?? ""];
  return known
    ? new AppError(known)
    : new AppError("malformed_body", { message: `The request body cannot be read: ${plain(message)}.` });
}

function refusalOf(error: ParserError, start: Start | null, allowedMethods: (path: string) => string[]): AppError {
  const known = codes[error.code ?? ""];
  if (known) return new AppError(known);
  // A method that nobody has is as good as one that this path has not.
  if (error.code === "HPE_INVALID_METHOD" && start) return nowhere(allowedMethods(start.url.split("?", 1)[0] ?? ""));
  return new AppError("malformed_request", {
    message: `The request is not well-formed HTTP: ${plain(error.message)}.`,
  });
}

/** The parser's own words, which hold nothing of the request. */
function plain(message: string): string {
  const words = message.replace(/^Parse Error:? ?/, "").replace(/[^ -~]/g, "");
  return words === "" ? "it cannot be parsed" : words;
}

type Start = { method: string; url: string };

/** The last request line before the fault, where it came in the same packet. */
function startOf({ rawPacket, bytesParsed = 0 }: ParserError): Start | null {
  if (!Buffer.isBuffer(rawPacket)) return null;
  const text = rawPacket.toString("latin1");
  const lines = [...text.matchAll(/^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S{1,8000}) HTTP\/\d\.\d\r?$/gm)];
  const line = lines.findLast(({ index }) => index <= bytesParsed) ?? lines[0];
  const [, method, url] = line ?? /^([A-Za-z]+) (\/\S{0,8000})/.exec(text) ?? [];
  return method === undefined || url === undefined ? null : { method, url: pathOf(url) };
}

function answerOf(deps: UnreadDeps, socket: Socket, error: AppError, url: string | null, id: string): string {
  const status = statusOfKind[error.kind];
  const isTaxii = url !== null && isUnderTaxii(url);
  const body = JSON.stringify(isTaxii ? taxiiError(error, status, id) : errorBody(error, id));
  const allowed = error.details?.allowed_methods;
  const headers: Record<string, string> = {
    date: new Date().toUTCString(),
    ...securityHeaders(deps.settings),
    "x-request-id": id,
    ...(url !== null && showsLimits(url) ? limitsOf(deps, socket) : {}),
    ...(Array.isArray(allowed) ? { allow: allowed.join(", ") } : {}),
    "cache-control": "no-store",
    "content-type": isTaxii ? taxiiType : "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${fields.join("")}\r\n${body}`;
}

/** Of the peer: who stands behind a proxy was not read. */
function limitsOf({ failures, context }: UnreadDeps, socket: Socket): Record<string, string> {
  const address = parseAddress(socket.remoteAddress ?? "");
  return rateHeaders(failures.peek(address ? formatAddress(address) : null, context.now()));
}
