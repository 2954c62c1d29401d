import type { AuditAction } from "./actions";

/** The classes of OCSF that events of the audit log are: uid, name, and the caption of each activity that is used. */
export const ocsfClasses = {
  account: { uid: 3001, category: 3, name: "Account Change" },
  authentication: { uid: 3002, category: 3, name: "Authentication" },
  entity: { uid: 3004, category: 3, name: "Entity Management" },
  group: { uid: 3006, category: 3, name: "Group Management" },
  api: { uid: 6003, category: 6, name: "API Activity" },
} as const;
export type OcsfClass = keyof typeof ocsfClasses;

export type OcsfKind = {
  readonly class: OcsfClass;
  /** OCSF's number of what was done, of this class; 99 is something that OCSF has no word for. */
  readonly activity: number;
  readonly severity: 1 | 2 | 3 | 4;
};

const kind = (of: OcsfClass, activity: number, severity: OcsfKind["severity"] = 1): OcsfKind => ({
  class: of,
  activity,
  severity,
});

const made = kind("entity", 1);
const read = kind("api", 2);
const changed = kind("entity", 3);
const removed = kind("entity", 4);
const otherwise = kind("account", 99);

/** What each event is in OCSF 1.1. To add an event is to add a line here too. */
export const ocsfKinds: Readonly<Record<AuditAction, OcsfKind>> = {
  "access.denied": kind("api", 99, 2),
  "key.create": made,
  "key.revoke": removed,
  "key.rotate": changed,
  "key.update": changed,
  "key.retire_secret": changed,
  "key.leaked": kind("entity", 99, 4),
  "key.request": kind("entity", 99),
  "key.approve": kind("entity", 99),
  "key.decline": kind("entity", 99),
  "key.withdraw": kind("entity", 99),
  "token.create": made,
  "token.revoke": removed,
  "token.leaked": kind("entity", 99, 4),
  "workspace.create": made,
  "workspace.update": changed,
  "workspace.export": read,
  "workspace.delete": removed,
  "workspace.set_tier": changed,
  "workspace.suspend": changed,
  "workspace.resume": changed,
  "workspace.set_leak_policy": changed,
  "workspace.set_key_policy": changed,
  "session.sign_in": kind("authentication", 1),
  "session.sign_out": kind("authentication", 2),
  "session.refuse": kind("authentication", 1, 2),
  "session.fail": kind("authentication", 1, 2),
  "session.revoke": kind("authentication", 2, 2),
  "account.update": otherwise,
  "account.change_password": kind("account", 3),
  "account.reset_password": kind("account", 4),
  "account.enable_second_factor": kind("account", 10),
  "account.disable_second_factor": kind("account", 11, 2),
  "account.add_passkey": kind("account", 10),
  "account.rename_passkey": otherwise,
  "account.remove_passkey": kind("account", 11, 2),
  "account.renew_backup_codes": otherwise,
  "account.request_email": otherwise,
  "account.change_email": otherwise,
  "account.export": read,
  "person.create_link": kind("account", 4, 2),
  "person.delete": kind("account", 6),
  "person.disable": kind("account", 5),
  "person.enable": kind("account", 2),
  "person.promote": kind("account", 7, 3),
  "person.demote": kind("account", 8),
  "member.join": kind("group", 3),
  "member.invite": kind("group", 99),
  "member.add": kind("group", 3),
  "member.leave": kind("group", 4),
  "member.remove": kind("group", 4),
  "member.set_role": kind("group", 1, 2),
  "invitation.withdraw": removed,
  "invitation.accept": kind("group", 3),
  "invitation.reject": removed,
  "sso.save": kind("entity", 3, 2),
  "sso.remove": kind("entity", 4, 2),
  "sso.verify_domain": changed,
  "webhook.set": changed,
  "webhook.remove": removed,
  "watchlist.create": made,
  "watchlist.update": changed,
  "watchlist.delete": removed,
  "watchlist.add_entries": changed,
  "watchlist.remove_entries": changed,
  "watchlist.triage": changed,
  "watchlist.comment": changed,
  "feed.add": made,
  "feed.change": changed,
  "feed.remove": removed,
  "feed.pause": changed,
  "feed.resume": changed,
  "feed.accept": changed,
  "feed.keep_held": changed,
  "indicator.add": made,
  "indicator.change": changed,
  "indicator.withdraw": removed,
  "indicator.import": made,
  "sighting.add": made,
  "sighting.remove": removed,
  "feedback.give": made,
  "feedback.review": changed,
  "feedback.withdraw": removed,
  "warninglist.allow": changed,
  "warninglist.forbid": changed,
  "paste.keep": made,
  "paste.remove": removed,
  "audit.export": read,
  "instance.restore": kind("entity", 3, 4),
  "sample.load": made,
  "sample.remove": removed,
};
