import type { ErrorCode } from "@tocsin/core/errors";
import {
  collectKey,
  collectKeyInput,
  createdKeyShape,
  createKey,
  createKeyInput,
  getKey,
  getKeyRequest,
  keyAnswerShape,
  keyListShape,
  keyPathInput,
  keyRequestAnswerShape,
  keyRequestPathInput,
  listKeys,
  listKeysInput,
  requestKey,
  requestKeyInput,
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
import { byToken, router } from "../procedure";

const tag = "Key Automation";
const ofBodies: ErrorCode[] = ["invalid_parameter", "malformed_body", "payload_too_large", "unsupported_media_type"];

/** The keys of a workspace for Terraform, CI and the like: the verbs of the dashboard, with a management token. */
export const manageRouter = router({
  list: byToken({
    scope: "manage:keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/manage/keys",
      operationId: "listManagedKeys",
      tag,
      summary: "List keys with a token",
      description: "What `listAPIKeys` answers, for the workspace of the management token. Needs `manage:keys:read`.",
      errors: ["invalid_parameter"],
    },
  })
    .input(listKeysInput)
    .output(keyListShape)
    .query(({ ctx, input }) => listKeys(ctx, input)),

  create: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/manage/keys",
      operationId: "createManagedKey",
      tag,
      summary: "Create a key with a token",
      description:
        "What `createAPIKey` does, within the tier of the token's workspace. The secret is answered this one time: keep it out of logs and state files that others read. Needs `manage:keys:write`.",
      status: 201,
      errors: [...ofBodies, "key_limit_reached", "approval_required"],
      noStore: true,
    },
  })
    .input(createKeyInput)
    .output(createdKeyShape)
    .mutation(({ ctx, input }) => createKey(ctx, input)),

  get: byToken({
    scope: "manage:keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/manage/keys/:keyId",
      operationId: "getManagedKey",
      tag,
      summary: "Read one key with a token",
      description: "What `getAPIKey` answers. Needs `manage:keys:read`.",
      errors: ["not_found"],
    },
  })
    .input(keyPathInput)
    .output(keyAnswerShape)
    .query(({ ctx, input }) => getKey(ctx, input)),

  update: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "PATCH",
      path: "/api/v1/manage/keys/:keyId",
      operationId: "updateManagedKey",
      tag,
      summary: "Change a key with a token",
      description:
        "Changes the name, the scopes, the addresses or the end of a key; what is absent stays. Once it answers, no node goes by what the key was before. Needs `manage:keys:write`.",
      errors: [...ofBodies, "key_limit_reached", "approval_required", "not_found"],
    },
  })
    .input(updateKeyInput)
    .output(updatedKeyShape)
    .mutation(({ ctx, input }) => updateKey(ctx, input)),

  rotate: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/manage/keys/:keyId/rotate",
      operationId: "rotateManagedKey",
      tag,
      summary: "Rotate a key with a token",
      description:
        "Gives a key a new secret, answered this one time; the old one goes on working for `grace_seconds` from the new one's first use. Needs `manage:keys:write`.",
      errors: [...ofBodies, "not_found"],
      noStore: true,
    },
  })
    .input(rotateKeyInput)
    .output(rotatedKeyShape)
    .mutation(({ ctx, input }) => rotateKey(ctx, input)),

  revoke: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/manage/keys/:keyId",
      operationId: "revokeManagedKey",
      tag,
      summary: "Revoke a key with a token",
      description:
        "What `revokeAPIKey` does: once this answers, no node accepts the key. The audit log names the token. Needs `manage:keys:write`.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(revokeKeyInput)
    .output(revokedKeyShape)
    .mutation(({ ctx, input }) => revokeKey(ctx, input)),

  request: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/manage/key-requests",
      operationId: "requestManagedKey",
      tag,
      summary: "Ask for a key with a token",
      description:
        "For workspaces whose key policy wants a second person: asks for a key that somebody who manages keys, and did not make the token, approves in the dashboard within 7 days. Nothing secret is stored meanwhile. Needs `manage:keys:write`.",
      status: 202,
      errors: [...ofBodies, "key_limit_reached"],
    },
  })
    .input(requestKeyInput)
    .output(keyRequestAnswerShape)
    .mutation(({ ctx, input }) => requestKey(ctx, input)),

  getRequest: byToken({
    scope: "manage:keys:read",
    rest: {
      method: "GET",
      path: "/api/v1/manage/key-requests/:requestId",
      operationId: "getManagedKeyRequest",
      tag,
      summary: "Read a request for a key",
      description: "How a request for a key stands: ask until its `status` is `approved`. Needs `manage:keys:read`.",
      errors: ["not_found"],
    },
  })
    .input(keyRequestPathInput)
    .output(keyRequestAnswerShape)
    .query(({ ctx, input }) => getKeyRequest(ctx, input)),

  collect: byToken({
    scope: "manage:keys:write",
    rest: {
      method: "POST",
      path: "/api/v1/manage/key-requests/:requestId/collect",
      operationId: "collectManagedKey",
      tag,
      summary: "Collect an approved key",
      description:
        "Makes the key of a request that was approved, and answers its secret this one time, to the token that asked for it. The tier and the key policy are asked again. Needs `manage:keys:write`.",
      status: 201,
      errors: [...ofBodies, "key_limit_reached", "not_found"],
      noStore: true,
    },
  })
    .input(collectKeyInput)
    .output(createdKeyShape)
    .mutation(({ ctx, input }) => collectKey(ctx, input)),
});
