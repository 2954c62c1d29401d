// Safe for browsers: the dashboard's filter reads it.

type AuditActionEntry = {
  /** As the dashboard shows it. */
  readonly label: string;
  /** What happened, as a sentence. */
  readonly words: string;
  /** What it was done to, as events name it; null where that is the actor. */
  readonly target:
    | "route"
    | "key"
    | "key_request"
    | "token"
    | "workspace"
    | "member"
    | "webhook"
    | "watchlist"
    | "feed"
    | "indicator"
    | "allowed_value"
    | "sample"
    | "paste"
    | "provider"
    | "person"
    | "invitation"
    | null;
  /** Whether the instance or its command line may have done it, with no person, key or token behind it. */
  readonly nobody: boolean;
};

/** Everything that the audit log can say, in the order in which filters list it. To add one is to add a line. */
export const auditCatalog = {
  "access.denied": entry("Access: denied", "Requests were refused.", "route", false),
  "key.create": entry("Key: create", "An API key was made.", "key", true),
  "key.revoke": entry("Key: revoke", "An API key was revoked.", "key", true),
  "key.rotate": entry("Key: rotate", "An API key got a new secret.", "key", true),
  "key.update": entry("Key: update", "An API key's name, scopes, addresses or end changed.", "key", true),
  "key.retire_secret": entry(
    "Key: retire secret",
    "A rotated key's new secret was used for the first time; the grace of the one before began.",
    "key",
    false,
  ),
  "key.request": entry("Key: request", "Somebody asked for an API key.", "key_request", true),
  "key.approve": entry("Key: approve", "A second person approved a request for an API key.", "key_request", false),
  "key.decline": entry("Key: decline", "A request for an API key was declined.", "key_request", false),
  "key.withdraw": entry("Key: withdraw", "A request for an API key was taken back.", "key_request", true),
  "key.leaked": entry("Key: leaked", "The secret of an API key was reported as leaked.", "key", true),
  "token.create": entry("Token: create", "A management token was made.", "token", false),
  "token.revoke": entry("Token: revoke", "A management token was revoked.", "token", true),
  "token.leaked": entry("Token: leaked", "A management token was reported as leaked.", "token", true),
  "workspace.create": entry("Workspace: create", "A workspace was made.", "workspace", true),
  "workspace.update": entry("Workspace: update", "A workspace got another name or picture.", "workspace", false),
  "workspace.export": entry("Workspace: export", "A copy of what a workspace has was taken.", "workspace", false),
  "workspace.delete": entry("Workspace: delete", "A workspace was removed, its keys first.", "workspace", true),
  "workspace.set_tier": entry("Workspace: set tier", "A workspace got another tier.", "workspace", true),
  "workspace.suspend": entry("Workspace: suspend", "A workspace was suspended.", "workspace", true),
  "workspace.resume": entry("Workspace: resume", "A suspended workspace was opened again.", "workspace", true),
  "workspace.set_leak_policy": entry(
    "Workspace: set leak policy",
    "What is done with leaked secrets changed.",
    "workspace",
    false,
  ),
  "workspace.set_key_policy": entry(
    "Workspace: set key policy",
    "What the keys of a workspace must be like changed.",
    "workspace",
    false,
  ),
  "session.sign_in": entry("Session: sign in", "Somebody signed in.", null, false),
  "session.sign_out": entry("Session: sign out", "Somebody signed out.", null, false),
  "session.refuse": entry(
    "Session: refuse",
    "Somebody whom the identity provider knows was not let in.",
    "provider",
    true,
  ),
  "member.join": entry("Member: join", "Somebody joined by single sign-on.", "member", false),
  "session.fail": entry("Session: fail", "Somebody gave a wrong password or code for an account.", "person", true),
  "session.revoke": entry("Session: revoke", "Sessions of a person were ended.", "person", true),
  "account.update": entry("Account: update", "A person changed their name or picture.", null, false),
  "account.change_password": entry("Account: change password", "A person changed their password.", null, false),
  "account.reset_password": entry("Account: reset password", "A new password was set by a one-time link.", null, false),
  "account.enable_second_factor": entry("Account: enable second factor", "A second factor was set up.", null, false),
  "account.disable_second_factor": entry("Account: disable second factor", "A second factor was removed.", null, false),
  "account.renew_backup_codes": entry("Account: renew backup codes", "Backup codes were made again.", null, false),
  "account.add_passkey": entry("Account: add passkey", "A passkey was added to sign in with.", null, false),
  "account.rename_passkey": entry("Account: rename passkey", "A passkey got another name.", null, false),
  "account.remove_passkey": entry("Account: remove passkey", "A passkey was removed.", null, false),
  "account.request_email": entry(
    "Account: request e-mail",
    "A person asked for another e-mail address, which is to be confirmed.",
    null,
    false,
  ),
  "account.change_email": entry("Account: change e-mail", "A person's e-mail address changed.", null, false),
  "person.create_link": entry(
    "Person: create link",
    "A one-time link to reset a password or a second factor was made.",
    "person",
    true,
  ),
  "person.delete": entry(
    "Person: delete",
    "A person's account was deleted; the log says a pseudonym in the place of their name.",
    "person",
    true,
  ),
  "account.export": entry("Account: export", "A person took a copy of what is stored of them.", null, false),
  "person.disable": entry("Person: disable", "A person was disabled; their sessions ended.", "person", true),
  "person.enable": entry("Person: enable", "A disabled person may sign in again.", "person", true),
  "person.promote": entry("Person: promote", "A person became an operator.", "person", true),
  "person.demote": entry("Person: demote", "A person is no operator any more.", "person", true),
  "member.invite": entry("Member: invite", "Somebody was invited to a workspace.", "member", false),
  "member.add": entry(
    "Member: add",
    "An operator, or the identity provider by SCIM, made somebody a member.",
    "member",
    false,
  ),
  "member.leave": entry("Member: leave", "A member left a workspace.", "member", false),
  "invitation.withdraw": entry("Invitation: withdraw", "An invitation was withdrawn.", "invitation", false),
  "invitation.accept": entry("Invitation: accept", "Somebody accepted an invitation.", "invitation", false),
  "invitation.reject": entry("Invitation: reject", "Somebody refused an invitation.", "invitation", false),
  "member.remove": entry("Member: remove", "Somebody was removed from a workspace.", "member", false),
  "member.set_role": entry("Member: set role", "A member got another role.", "member", false),
  "sso.save": entry("Single sign-on: save", "The identity provider was set or changed.", "provider", false),
  "sso.remove": entry("Single sign-on: remove", "The identity provider was removed.", "provider", false),
  "sso.verify_domain": entry(
    "Single sign-on: verify domain",
    "A domain of e-mail addresses was proved by the DNS.",
    "provider",
    false,
  ),
  "webhook.set": entry("Webhook: set", "The webhook was made or changed.", "webhook", false),
  "webhook.remove": entry("Webhook: remove", "The webhook was removed.", "webhook", false),
  "watchlist.create": entry("Watchlist: create", "A watchlist was made.", "watchlist", false),
  "watchlist.update": entry("Watchlist: update", "A watchlist was changed.", "watchlist", false),
  "watchlist.delete": entry("Watchlist: delete", "A watchlist was deleted.", "watchlist", false),
  "watchlist.add_entries": entry("Watchlist: add entries", "Entries were added to a watchlist.", "watchlist", false),
  "watchlist.remove_entries": entry(
    "Watchlist: remove entries",
    "Entries were removed from a watchlist.",
    "watchlist",
    false,
  ),
  "watchlist.triage": entry(
    "Watchlist: triage",
    "Matches of a watchlist were acknowledged, opened again, or assigned to somebody.",
    "watchlist",
    false,
  ),
  "watchlist.comment": entry("Watchlist: comment", "Somebody commented on a match of a watchlist.", "watchlist", false),
  "feed.add": entry("Feed: add", "An operator added a feed.", "feed", true),
  "feed.change": entry("Feed: change", "An operator changed a feed of their own.", "feed", true),
  "feed.remove": entry("Feed: remove", "An operator removed a feed of their own.", "feed", true),
  "feed.pause": entry("Feed: pause", "A feed was switched off.", "feed", true),
  "feed.resume": entry("Feed: resume", "A feed was switched on again.", "feed", true),
  "feed.accept": entry("Feed: accept", "What a feed's quarantine held was accepted.", "feed", true),
  "feed.keep_held": entry("Feed: keep held", "What a feed's quarantine held stays there.", "feed", true),
  "indicator.add": entry(
    "Indicator: add",
    "Indicators of the workspace's own were added or changed.",
    "indicator",
    false,
  ),
  "indicator.change": entry(
    "Indicator: change",
    "An indicator of the workspace's own was changed.",
    "indicator",
    false,
  ),
  "indicator.withdraw": entry(
    "Indicator: withdraw",
    "An indicator of the workspace's own was withdrawn.",
    "indicator",
    false,
  ),
  "indicator.import": entry("Indicator: import", "A stream of indicators was imported.", "indicator", false),
  "sighting.add": entry("Sighting: add", "The workspace reported where it saw values.", "indicator", false),
  "sighting.remove": entry("Sighting: remove", "A sighting was taken back.", "indicator", false),
  "feedback.give": entry("Feedback: give", "A value was called harmless or malicious.", "indicator", false),
  "feedback.withdraw": entry("Feedback: withdraw", "A verdict on a value was taken back.", "indicator", false),
  "feedback.review": entry(
    "Feedback: review",
    "An operator decided whether what a workspace calls harmless is hidden from everybody.",
    "indicator",
    false,
  ),
  "warninglist.allow": entry(
    "Warninglist: allow",
    "An operator put a value on the instance's own list of allowed values.",
    "allowed_value",
    false,
  ),
  "warninglist.forbid": entry(
    "Warninglist: forbid",
    "An operator took a value off the instance's own list of allowed values.",
    "allowed_value",
    false,
  ),
  "paste.keep": entry("Paste: keep", "A pasted text was kept for the workspace.", "paste", false),
  "paste.remove": entry("Paste: remove", "A kept text was deleted.", "paste", false),
  "audit.export": entry("Audit log: export", "The audit log was downloaded.", null, false),
  "instance.restore": entry("Instance: restore", "A backup took the place of the database.", null, true),
  "sample.load": entry("Sample: load", "The sample set was loaded.", "sample", true),
  "sample.remove": entry("Sample: remove", "The sample set was removed.", "sample", true),
} as const satisfies Record<string, AuditActionEntry>;

export type AuditAction = keyof typeof auditCatalog;

export const auditActions = Object.keys(auditCatalog) as readonly AuditAction[];

export function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(auditCatalog, action);
}

function entry(label: string, words: string, target: AuditActionEntry["target"], nobody: boolean): AuditActionEntry {
  return { label, words, target, nobody };
}
