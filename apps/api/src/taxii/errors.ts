// TAXII 2.1 section 3.6.1: the error message.
import type { AppError } from "@tocsin/core/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { logUnforeseen } from "../wire/send-error";
import { statusOfKind } from "../wire/status-of-kind";
import { toAppError } from "../wire/to-app-error";
import { taxiiType } from "./media-type";

/** Answers an error in TAXII's shape, with the header fields of the other transports. */
export function sendTaxiiError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = toAppError(thrown);
  logUnforeseen(request, error);
  const status = statusOfKind[error.kind];
  if (error.retryAfter !== undefined) reply.header("retry-after", String(error.retryAfter));
  // Both: clients that know one of them take that.
  if (status === 401) reply.header("www-authenticate", ['Basic realm="TAXII", charset="UTF-8"', "Bearer"]);
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  const body = Buffer.from(JSON.stringify(taxiiError(error, status, request.id)));
  return reply.code(status).header("content-type", taxiiType).send(body);
}

/** The error message as TAXII writes it. */
export function taxiiError({ code, message, details }: AppError, status: number, requestId: string) {
  return {
    title: titles[status] ?? "The request failed",
    description: message,
    error_id: requestId,
    error_code: code,
    http_status: String(status),
    ...(details ? { details } : {}),
  };
}

const titles: Readonly<Record<number, string>> = {
  400: "The request is malformed",
  401: "The client must authenticate",
  403: "The client may not do this",
  404: "There is no such resource",
  405: "The method is not allowed",
  406: "The media type is not provided",
  408: "The request took too long",
  413: "The request is too large",
  415: "The media type is not accepted",
  429: "Too many requests",
  431: "The header fields are too large",
  500: "The server failed",
  503: "The server cannot answer now",
};
