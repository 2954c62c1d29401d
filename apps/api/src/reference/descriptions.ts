/** What fields mean whose schema does not say it, by name. */
export const descriptions: Record<string, string | undefined> = {
  name: "What the key is for, 1 to 100 characters.",
  expires_in_days: "Days until the key ends, 1 to 365; absent means never.",
  expires_at: "When the key ends, at most 365 days ahead; null means never.",
  grace_seconds:
    "Seconds for which the secret before goes on working, from the new one's first use; 0 ends it at once.",
  scopes: "What the key may do: a part of what the tier has; absent means all of it.",
  allowed_ips: "Addresses and networks from which the key works; absent means any.",
  reason: "Why, for the audit log and the dashboard; at most 500 characters.",
  status: "Only keys in this state.",
  q: "Only keys whose name or prefix holds this text.",
  limit: "Most records to answer.",
  cursor: "`meta.next_cursor` of the page before.",
  action: "Only this action, such as `key.revoke`.",
  target: "Only what concerns the thing with this id.",
  actor: "Only what the person or key with this id did.",
  outcome: "Only what succeeded, or what was refused.",
  days: "UTC days, today included.",
  format: "How to answer; anything but `json` is a file.",
  since: "Nothing before this time.",
  until: "Nothing after this time.",
};
