import type { Limiter } from "@tocsin/core/access";
import type { DenialRecorder } from "@tocsin/core/audit";
import type { Context } from "@tocsin/core/context";
import type { Db } from "@tocsin/db";
import type { Mailer } from "../mail/mailer";
import type { Settings } from "../settings/settings";
import type { Auth } from "./auth";

/** What the accounts need of the whole. */
export type AccountDeps = {
  settings: Settings;
  db: Db;
  context: Context;
  auth: Auth;
  limiter: Limiter;
  /** Null where no mail server is set. */
  mailer: Mailer | null;
  denials: DenialRecorder;
};
