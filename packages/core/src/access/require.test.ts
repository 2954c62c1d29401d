import { describe, expect, it } from "vitest";
import { authenticated, type SessionCaller, type TokenCaller } from "./caller";
import { requireKeyAdmin, requireOperator, requireRight } from "./require";
import type { Role } from "./roles";
import { tierOf } from "./tier-of";

const tier = tierOf("free", {});
const person = (role: Role, operator = false) =>
  authenticated<SessionCaller>({
    kind: "session",
    userId: "u",
    name: "Ann",
    email: "ann@tocsin.example",
    operator,
    sessionId: "s",
    workspaceId: "w",
    role,
    tier,
  });
const token = (...scopes: TokenCaller["scopes"]) =>
  authenticated<TokenCaller>({
    kind: "token",
    tokenId: "t",
    tokenName: "CI",
    workspaceId: "w",
    tier,
    scopes,
  });
const system = authenticated({ kind: "system" as const, name: "worker" });

describe("what a verb requires of its caller", () => {
  it("is a role with the right, where the workspace is changed", () => {
    const refused = (required_role: string, right: string) =>
      expect.objectContaining({ code: "insufficient_role", details: { role: "analyst", required_role, right } });
    expect(() => requireKeyAdmin(person("analyst"))).toThrow(refused("key_admin", "keys:write"));
    expect(() => requireRight(person("analyst"), "workspace:write")).toThrow(refused("admin", "workspace:write"));
    for (const caller of [person("admin"), person("owner"), system]) {
      expect(() => requireKeyAdmin(caller)).not.toThrow();
      expect(() => requireRight(caller, "workspace:write")).not.toThrow();
    }
    expect(() => requireKeyAdmin(person("key_admin"))).not.toThrow();
  });

  it("is the scope, where a management token works on keys", () => {
    const refusal = { code: "insufficient_scope", details: { scope: "manage:keys:write" } };
    expect(() => requireKeyAdmin(token("manage:keys:read"))).toThrow(expect.objectContaining(refusal));
    expect(() => requireKeyAdmin(token("manage:keys:write"))).not.toThrow();
  });

  it("is an operator where the instance is changed, whatever the role in a workspace", () => {
    const refusal = { code: "insufficient_role", details: { required_role: "operator" } };
    expect(() => requireOperator(person("owner"))).toThrow(expect.objectContaining(refusal));
    for (const caller of [person("viewer", true), system]) expect(() => requireOperator(caller)).not.toThrow();
  });
});
