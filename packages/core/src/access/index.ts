export type { Access } from "./access";
export { type Authorization, authorize, authorizeFormat, type Refusal } from "./authorize";
export {
  type Authorized,
  authenticated,
  type Caller,
  type KeyCaller,
  type SessionCaller,
  type SystemCaller,
  type TokenCaller,
  type WorkspaceCaller,
} from "./caller";
export { costOfMany, exportCost, leastWindow, recordsPerRequest } from "./cost";
export { createFailureLimiter, type FailureLimiter } from "./failures";
export { type Format, formatRules, formats } from "./formats";
export { type ManageScope, manageScopes } from "./manage-scopes";
export { createMemoryLimiter, type MemoryLimiter } from "./memory-limiter";
export { rateHeaders } from "./rate-headers";
export {
  type KeyAdmin,
  requireAuditReader,
  requireKeyAdmin,
  requireOperator,
  requireProvisioner,
  requireRight,
  workspaceOf,
} from "./require";
export {
  formerRole,
  hasRight,
  mayGive,
  type Right,
  type Role,
  rights,
  roleCatalog,
  roleOf,
  roles,
} from "./roles";
export { grantedByNameAlone, type Scope, scopes } from "./scopes";
export { type Bound, createSlots, type Slots, type Taken } from "./slots";
export {
  type Charge,
  decideCharge,
  isLimited,
  type Limiter,
  type Limits,
  type Pool,
  sessionLimits,
  tokenLimits,
  unitsOf,
  unitsPerRequest,
  type WindowState,
} from "./spend";
export { type TierName, tierNames } from "./tier-names";
export { type TierOverrides, tierNameOf, tierOf, tierOverrides } from "./tier-of";
export { type Tier, tiers } from "./tiers";
export { type Window, type WindowKind, windowAt, windowKinds, windowLength } from "./window";
