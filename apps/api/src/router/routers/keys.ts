import {
  countKeys,
  createdKeyShape,
  createKey,
  createKeyInput,
  getKey,
  keyActivityInput,
  keyActivityShape,
  keyAnswerShape,
  keyCountsShape,
  keyFactsShape,
  keyListShape,
  keyPathInput,
  listKeys,
  listKeysInput,
  readKeyActivity,
  readKeyFacts,
  revokedKeyShape,
  revokeKey,
  revokeKeyInput,
  rotatedKeyShape,
  rotateKey,
  rotateKeyInput,
  updatedKeyShape,
  updateKey,
  updateKeyInput,
} from "@tocsin/core/keys";
import { readNodes } from "@tocsin/core/revocation";
import {
  getKeyUsage,
  keyTrafficInput,
  keyTrafficShape,
  keyUsageInput,
  keyUsageShape,
  readKeyTraffic,
} from "@tocsin/core/usage";
import { z } from "zod";
import { bySession, router } from "../procedure";

const tag = "API Keys";

export const keysRouter = router({
  list: bySession({
    right: "keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/keys",
      operationId: "listAPIKeys",
      tag,
      summary: "List the workspace's keys",
      description:
        "Every key that the workspace ever had, newest first unless `sort` says otherwise, revoked and expired ones included. Secrets are not part of it.",
      errors: ["invalid_parameter", "insufficient_role"],
    },
  })
    .input(listKeysInput)
    .output(keyListShape)
    .query(({ ctx, input }) => listKeys(ctx, input)),

  counts: bySession({ right: "keys:read" })
    .output(keyCountsShape)
    .query(({ ctx }) => countKeys(ctx)),

  activity: bySession({ right: "keys:read" })
    .input(keyActivityInput)
    .output(keyActivityShape)
    .query(({ ctx, input }) => readKeyActivity(ctx, input)),

  facts: bySession({ right: "keys:read" })
    .input(keyPathInput)
    .output(keyFactsShape)
    .query(({ ctx, input }) => readKeyFacts(ctx, input)),

  traffic: bySession({ right: "keys:read" })
    .input(keyTrafficInput)
    .output(keyTrafficShape)
    .query(({ ctx, input }) => readKeyTraffic(ctx, input)),

  // Once a revocation has been answered, this is its proof: no node is behind.
  nodes: bySession({ right: "keys:read" })
    .output(z.object({ nodes: z.int(), applied: z.int() }))
    .query(({ ctx }) => readNodes(ctx)),

  create: bySession({
    right: "keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/keys",
      operationId: "createAPIKey",
      tag,
      summary: "Create a key",
      description:
        "Makes a key and answers its secret, under `key` and again under `full_key`, this one time: only a hash is stored. Without `scopes` the key gets all that the tier has; without `allowed_ips` it works from anywhere; without `expires_in_days` it does not expire. A workspace may have a key policy, which asks for more (`invalid_parameter` names the field) or wants a second person (`approval_required`).",
      status: 201,
      errors: [
        "invalid_parameter",
        "malformed_body",
        "payload_too_large",
        "unsupported_media_type",
        "key_limit_reached",
        "approval_required",
        "insufficient_role",
        "cross_site_request",
      ],
      noStore: true,
    },
  })
    .input(createKeyInput)
    .output(createdKeyShape)
    .mutation(({ ctx, input }) => createKey(ctx, input)),

  get: bySession({
    right: "keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/keys/:keyId",
      operationId: "getAPIKey",
      tag,
      summary: "Read one key",
      description:
        "One key with its limits, its state and its requests of the last 30 days by day. Of the secret only the first characters are shown.",
      errors: ["not_found", "insufficient_role"],
    },
  })
    .input(keyPathInput)
    .output(keyAnswerShape)
    .query(({ ctx, input }) => getKey(ctx, input)),

  usage: bySession({
    right: "keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/keys/:keyId/usage",
      operationId: "getAPIKeyUsage",
      tag,
      summary: "Read how a key was used",
      description:
        "Requests of the last UTC days, today included, by status, endpoint and day, with times and the nearness to the limits. Percentiles are within 5 % of the true ones. Refusals with `429` count as client errors. `format=csv` is a file with one row for each day, endpoint and status.",
      errors: ["invalid_parameter", "not_found", "insufficient_role"],
    },
  })
    .input(keyUsageInput)
    .output(keyUsageShape)
    .query(({ ctx, input }) => getKeyUsage(ctx, input)),

  update: bySession({
    right: "keys:write",
    rest: {
      method: "PATCH",
      path: "/api/v1/keys/:keyId",
      operationId: "updateAPIKey",
      tag,
      summary: "Change a key",
      description:
        "Changes what the body names and leaves the rest: the name, the scopes (null for all that the tier has), the addresses (null for any), the end (`expires_at`, or `expires_in_days` from now; null for never). Once this answers, every request is decided by what it says. A later end makes an expired key work again, where the tier has room for it; a revoked key stays as it is and is refused with `invalid_parameter`. What makes a key wider must meet the key policy of the workspace.",
      errors: [
        "invalid_parameter",
        "malformed_body",
        "payload_too_large",
        "unsupported_media_type",
        "key_limit_reached",
        "approval_required",
        "insufficient_role",
        "not_found",
        "cross_site_request",
      ],
    },
  })
    .input(updateKeyInput)
    .output(updatedKeyShape)
    .mutation(({ ctx, input }) => updateKey(ctx, input)),

  rotate: bySession({
    right: "keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/keys/:keyId/rotate",
      operationId: "rotateAPIKey",
      tag,
      summary: "Give a key a new secret",
      description:
        "The key keeps its id, its rights and its history and gets a new secret, answered under `key` and `full_key` this one time. The secret before goes on working for `grace_seconds`, which begin when a request with the new one is first let in; until then `previous_key_retires_at` is null. With 0 it ends at once. A key has two secrets at most: a secret that is still in its grace ends when the key is rotated again. A revoked or expired key is refused with `invalid_parameter`, and so is one that does not meet the key policy of the workspace any more.",
      errors: [
        "invalid_parameter",
        "malformed_body",
        "payload_too_large",
        "unsupported_media_type",
        "insufficient_role",
        "not_found",
        "cross_site_request",
      ],
      noStore: true,
    },
  })
    .input(rotateKeyInput)
    .output(rotatedKeyShape)
    .mutation(({ ctx, input }) => rotateKey(ctx, input)),

  revoke: bySession({
    right: "keys:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/keys/:keyId",
      operationId: "revokeAPIKey",
      tag,
      summary: "Revoke a key",
      description:
        "Ends a key for good: once this answers, whoever sends the key gets `401 invalid_api_key`, and nothing brings it back. The body is optional; its `reason` goes to the audit log and the dashboard. Revoking a revoked key answers the same and keeps the first reason and time.",
      errors: [
        "invalid_parameter",
        "malformed_body",
        "payload_too_large",
        "unsupported_media_type",
        "insufficient_role",
        "not_found",
        "cross_site_request",
      ],
    },
  })
    .input(revokeKeyInput)
    .output(revokedKeyShape)
    .mutation(({ ctx, input }) => revokeKey(ctx, input)),
});
