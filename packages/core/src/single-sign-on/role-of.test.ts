import { expect, it } from "vitest";
import { roleOf } from "./role-of";

const map = [
  { value: "chiefs", role: "admin" },
  { value: "staff", role: "member" },
] as const;

it.each([
  [{ groups: ["staff", "chiefs"] }, "groups", "admin"],
  [{ groups: "staff" }, "groups", "member"],
  [{ groups: ["guests"] }, "groups", null],
  [{ groups: { chiefs: true } }, "groups", null],
  [{}, "groups", null],
  [{ realm_access: { roles: ["chiefs"] } }, "realm_access.roles", "admin"],
  [{ "https://company.example/roles": ["chiefs"] }, "https://company.example/roles", "admin"],
  [{ realm_access: ["chiefs"] }, "realm_access.roles", null],
  [{}, "constructor.name", null],
])("%j under %s gives %s", (claims, claim, role) => {
  expect(roleOf(claims, { claim, map, otherwise: null })).toBe(role);
});

it("falls back on the usual role, which holds for everybody where no claim is named", () => {
  expect(roleOf({}, { claim: "groups", map, otherwise: "member" })).toBe("member");
  expect(roleOf({ groups: ["chiefs"] }, { claim: null, map, otherwise: "member" })).toBe("member");
});
