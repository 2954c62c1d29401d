/** Whose usage: one key's, or that of all keys of a workspace. */
export type UsageScope = { keyId: string } | { workspaceId: string };

/** `$1` of every statement with `inScope`. */
export function scopeId(scope: UsageScope): string {
  return "keyId" in scope ? scope.keyId : scope.workspaceId;
}

/** The condition that a row with a `key_id` is in the scope `$1`. */
export function inScope(scope: UsageScope): string {
  return "keyId" in scope ? "key_id = $1::uuid" : "key_id IN (SELECT id FROM api_key WHERE workspace_id = $1::uuid)";
}
