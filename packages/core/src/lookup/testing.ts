import type { Db } from "@tocsin/db";
import { type Authorized, authenticated, type KeyCaller, tiers } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";

/** A context of somebody whose key may look values up; `sent` counts its statements, from wherever it is set. */
export function countingContext(
  db: Db,
  overrides: Partial<Context> = {},
): { ctx: Call<Authorized<KeyCaller>>; sent: { statements: number } } {
  const base = testContext(db, overrides);
  const caller = authenticated<KeyCaller>({
    kind: "key",
    keyId: "00000000-0000-4000-8000-000000000001",
    keyName: "test",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier: tiers.free,
    scopes: ["read:iocs"],
  });
  const sent = { statements: 0 };
  const query: typeof base.sql.query = (text, values) => {
    sent.statements += 1;
    return base.sql.query(text, values);
  };
  return { ctx: { ...base, sql: { ...base.sql, query }, caller, origin: noOrigin }, sent };
}
