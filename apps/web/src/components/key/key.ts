import type { Outputs } from "../../lib/trpc";

export type Key = Outputs["keys"]["list"]["data"][number];
export type KeyStatus = Key["status"];
export type Scope = Key["scopes"][number];
