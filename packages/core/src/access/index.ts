export type { Access } from "./access";
export {
  type Authorized,
  type Caller,
  type KeyCaller,
  type Role,
  roles,
  type SessionCaller,
  type SystemCaller,
  vouch,
} from "./caller";
export { type Format, formats, type Plan, plans, type Scope, scopes, type Tier, tiers } from "./plans";
