// RFC 7644 section 3.12: errors.
import type { FastifyReply, FastifyRequest } from "fastify";
import { logUnforeseen } from "../wire/send-error";
import { statusOfKind } from "../wire/status-of-kind";
import { toAppError } from "../wire/to-app-error";

export const scimType = "application/scim+json; charset=utf-8";

/** Answers an error in SCIM's shape, with the header fields of the other transports. */
export function sendScimError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = toAppError(thrown);
  logUnforeseen(request, error);
  const type: unknown = error.details?.scim_type;
  const status = type === "uniqueness" ? 409 : statusOfKind[error.kind];
  if (error.retryAfter !== undefined) reply.header("retry-after", String(error.retryAfter));
  if (status === 401) reply.header("www-authenticate", "Bearer");
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  return reply
    .code(status)
    .header("content-type", scimType)
    .send(
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: String(status),
        ...(typeof type === "string" ? { scimType: type } : {}),
        detail: `${error.message} (${error.code}, ${request.id})`,
      }),
    );
}
