export {
  longestGraceSeconds,
  type RotatedKey,
  type RotateKeyInput,
  rotatedKeyShape,
  rotateKeyInput,
  standardGraceSeconds,
  type UpdatedKey,
  type UpdateKeyInput,
  updatedKeyShape,
  updateKeyInput,
} from "./change-shape";
export { createKey } from "./create-key";
export { endKeysOf } from "./end-keys";
export { endUnusedKey } from "./end-unused";
export { getKey } from "./get-key";
export { countKeys, keyActivityInput, keyActivityShape, keyCountsShape, readKeyActivity } from "./key-activity";
export { keyFactsShape, readKeyFacts } from "./key-facts";
export { keyFields, maxAllowedIps } from "./key-fields";
export { readKeyPolicy } from "./key-grant";
export { listKeysOffPolicy, setKeyPolicy } from "./key-policy";
export { expiringBy, expiringDays, type KeyStatus, keyStatuses, statusOf } from "./key-status";
export { listKeys } from "./list-keys";
export {
  type KeyPolicy,
  keyPolicyOf,
  keyPolicyShape,
  keysOffPolicyShape,
  noKeyPolicy,
  setKeyPolicyInput,
} from "./policy";
export { cidrText, previewOf } from "./properties";
export {
  collectKey,
  collectKeyInput,
  decideKeyRequest,
  decideKeyRequestInput,
  getKeyRequest,
  type KeyRequest,
  keyRequestAnswerShape,
  keyRequestListShape,
  keyRequestPathInput,
  listKeyRequests,
  requestKey,
  requestKeyInput,
  withdrawKeyRequest,
} from "./requests";
export { revokeKey } from "./revoke-key";
export { rotateKey } from "./rotate-key";
export { bodyLength, checkLength, hashesOf, isSecret, mintSecret, prefixOf, sealSecret } from "./secret";
export {
  type CreatedKey,
  type CreateKeyInput,
  createdKeyShape,
  createKeyInput,
  type Key,
  type KeyAnswer,
  type KeyDetails,
  type KeyList,
  keyAnswerShape,
  keyDetailsShape,
  keyListShape,
  keyPathInput,
  keyShape,
  type ListKeysInput,
  listKeysInput,
  type RevokedKey,
  type RevokeKeyInput,
  revokedKeyShape,
  revokeKeyInput,
} from "./shape";
export { updateKey } from "./update-key";
export type { KeyRefusal } from "./verdict";
export { createVerifier, type Verifier } from "./verifier";
export { type Verdict, verifyKey } from "./verify-key";
