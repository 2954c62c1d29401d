import type { Caller } from "@tocsin/core/access";
import type { Context, Origin } from "@tocsin/core/context";
import type { StatsReader } from "@tocsin/core/stats";
import type { Deps } from "../deps";
import type { LeakReports } from "../leak-reports/leak-reports";
import type { TextReader } from "../text-reader/text-reader";
import type { Meter } from "../wire/request";
import type { CollectionCounter } from "./count-collections";

/** How a call came: REST takes keys, tokens and sessions, tRPC (the dashboard) sessions only. */
export type Transport = "rest" | "trpc";

/** What a procedure may use of the process, beside the context that the verbs take. */
export type Parts = Pick<
  Deps,
  "settings" | "version" | "auth" | "accountSecrets" | "db" | "denials" | "feedSettings" | "pace"
> & {
  leaks: LeakReports;
  stats: StatsReader;
  collections: CollectionCounter;
  texts: TextReader;
};

/** One call of a procedure, before its access has been checked. */
export type ApiContext = Context & {
  transport: Transport;
  caller: Caller | null;
  origin: Origin;
  /** Why there is no caller, when a session was offered and refused. */
  refused: "invalid_session" | null;
  /** What the call costs is charged here; null where nobody is known whom it could be charged to. */
  meter: Meter | null;
  parts: Parts;
};
