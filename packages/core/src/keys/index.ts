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
export { getKey } from "./get-key";
export { listKeys } from "./list-keys";
export { revokeKey } from "./revoke-key";
export { rotateKey } from "./rotate-key";
export { bodyLength, checkLength, hashesOf, isSecret, mintSecret, prefixOf, sealSecret } from "./secret";
export {
  type CreatedKey,
  type CreateKeyInput,
  cidrText,
  createdKeyShape,
  createKeyInput,
  expiringBy,
  expiringDays,
  type Key,
  type KeyAnswer,
  type KeyDetails,
  type KeyList,
  type KeyStatus,
  keyAnswerShape,
  keyDetailsShape,
  keyListShape,
  keyPathInput,
  keyShape,
  keyStatuses,
  type ListKeysInput,
  listKeysInput,
  maxAllowedIps,
  previewOf,
  type RevokedKey,
  type RevokeKeyInput,
  revokedKeyShape,
  revokeKeyInput,
  statusOf,
} from "./shape";
export { updateKey } from "./update-key";
export type { KeyRefusal } from "./verdict";
export { createVerifier, type Verifier } from "./verifier";
export { type Verdict, verifyKey } from "./verify-key";
