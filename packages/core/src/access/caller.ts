import type { ManageScope } from "./manage-scopes";
import type { Role } from "./roles";
import type { Scope } from "./scopes";
import type { Tier } from "./tiers";

declare const proof: unique symbol;

/** A signed-in person, acting in one workspace. */
export type SessionCaller = {
  readonly kind: "session";
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly operator: boolean;
  readonly sessionId: string;
  /** Of a session by the workspace's single sign-on: what is the person's own is out of its reach. */
  readonly workspaceOnly?: true;
  readonly workspaceId: string;
  readonly role: Role;
  readonly tier: Tier;
};

/** A verified key. */
export type KeyCaller = {
  readonly kind: "key";
  readonly keyId: string;
  readonly keyName: string;
  readonly workspaceId: string;
  readonly tier: Tier;
  readonly scopes: readonly Scope[];
};

/** A verified management token, with the tier of its workspace. */
export type TokenCaller = {
  readonly kind: "token";
  readonly tokenId: string;
  readonly tokenName: string;
  readonly workspaceId: string;
  readonly tier: Tier;
  readonly scopes: readonly ManageScope[];
};

/** The instance itself: the command line, the worker; `workspaceId` where it acts for one workspace. */
export type SystemCaller = { readonly kind: "system"; readonly name: string; readonly workspaceId?: string };

/** Whoever acts in one workspace: a person in theirs, or the command line in the one that it names. */
export type WorkspaceCaller = SessionCaller | (SystemCaller & { readonly workspaceId: string });

type AnyCaller = SessionCaller | KeyCaller | TokenCaller | SystemCaller;

/**
 * Proof that someone was let in: made only by verify-key, verify-token, the session reader, the command line and a
 * report that holds the secret.
 */
export type Caller = AnyCaller & { readonly [proof]: true };
export type Authorized<T extends AnyCaller> = T & { readonly [proof]: true };

/** Marks a caller as authenticated. Call it only where a credential has just been checked. */
export function authenticated<T extends AnyCaller>(caller: T): Authorized<T> {
  return caller as Authorized<T>;
}
