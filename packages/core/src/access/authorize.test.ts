import { describe, expect, it } from "vitest";
import type { Access } from "./access";
import { authorize } from "./authorize";
import { authenticated, type Caller } from "./caller";
import type { Role } from "./roles";
import type { Scope } from "./scopes";
import type { TierName } from "./tier-names";
import { tierOf } from "./tier-of";

const person = (role: Role, operator = false): Caller =>
  authenticated({
    kind: "session",
    userId: "u",
    name: "Ada",
    email: "ada@people.example",
    operator,
    sessionId: "s",
    workspaceId: "w",
    role,
    tier: tierOf("free", null),
  });
const key = (
  name: TierName,
  scopes: readonly Scope[] = tierOf(name, null).scopes,
  overrides: object | null = null,
): Caller =>
  authenticated({
    kind: "key",
    keyId: "k",
    keyName: "K",
    workspaceId: "w",
    tier: tierOf(name, overrides),
    scopes,
  });
const system = authenticated({ kind: "system", name: "worker" });

const open: Access = { by: "open" };
const anyone: Access = { by: "session" };
const keyAdmins: Access = { by: "session", right: "keys:write" };
const operators: Access = { by: "session", operator: true };
const iocs: Access = { by: "key", scope: "read:iocs", cost: 1 };
const stix: Access = { by: "key", scope: "read:stix", format: "stix", cost: 1 };
const sigma: Access = { by: "key", scope: "read:iocs", format: "sigma", cost: 1 };

describe("authorize", () => {
  it.each<[string, Caller | null, Access]>([
    ["nobody on an open route", null, open],
    ["a viewer where any session may", person("viewer"), anyone],
    ["an admin where keyAdmins may", person("admin"), keyAdmins],
    ["an owner where keyAdmins may", person("owner"), keyAdmins],
    ["an operator, whatever their role", person("viewer", true), operators],
    ["a free key with its scope", key("free"), iocs],
    ["a pro key on a pro format", key("pro"), stix],
    ["a free key of a workspace that was given the format", key("free", ["read:iocs"], { formats: ["sigma"] }), sigma],
    ["the instance itself on a key's route", system, stix],
    ["the instance itself on a session's route", system, operators],
  ])("allows %s", (_, caller, access) => {
    expect(authorize(caller, access)).toEqual({ allowed: true });
  });

  it.each<[string, Caller | null, Access, string, object | undefined]>([
    ["nobody where a key is needed", null, iocs, "missing_api_key", undefined],
    ["a session where a key is needed", person("owner", true), iocs, "missing_api_key", undefined],
    ["nobody where a session is needed", null, anyone, "missing_session", undefined],
    ["a key where a session is needed", key("pro"), anyone, "missing_session", undefined],
    [
      "an analyst where keys are made",
      person("analyst"),
      keyAdmins,
      "insufficient_role",
      { role: "analyst", required_role: "key_admin", right: "keys:write" },
    ],
    ["an owner who is no operator", person("owner"), operators, "insufficient_role", { required_role: "operator" }],
    [
      "a free key on a pro format",
      key("free"),
      stix,
      "tier_required",
      { format: "stix", tier: "free", required_tier: "pro" },
    ],
    [
      "a pro key whose workspace lost the scope",
      key("pro", [], { scopes: ["read:iocs"] }),
      stix,
      "tier_required",
      { format: "stix", scope: "read:stix", tier: "pro", required_tier: "pro" },
    ],
    ["a pro key without the scope", key("pro", ["read:iocs"]), stix, "insufficient_scope", { scope: "read:stix" }],
    ["a key without any scope", key("free", []), iocs, "insufficient_scope", { scope: "read:iocs" }],
  ])("refuses %s", (_, caller, access, code, details) => {
    expect(authorize(caller, access)).toEqual({ allowed: false, code, ...(details ? { details } : {}) });
  });
});
