export { createToken } from "./create-token";
export { endTokensOf } from "./end-tokens";
export { listTokens } from "./list-tokens";
export { managePrefixOf } from "./prefix";
export { revokeToken } from "./revoke-token";
export {
  type CreatedToken,
  type CreateTokenInput,
  createdTokenShape,
  createTokenInput,
  maxTokenDays,
  maxTokens,
  type RevokeTokenInput,
  revokeTokenInput,
  type Token,
  type TokenList,
  type TokenStatus,
  tokenListShape,
  tokenShape,
  tokenStatuses,
} from "./shape";
export { type TokenRefusal, type TokenVerdict, verifyToken } from "./verify-token";
