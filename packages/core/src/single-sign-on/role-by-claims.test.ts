import { expect, it } from "vitest";
import { roleByClaims } from "./role-by-claims";

const map = [
  { value: "chiefs", role: "admin" },
  { value: "staff", role: "analyst" },
] as const;

it.each([
  [{ groups: ["staff", "chiefs"] }, "groups", "admin"],
  [{ groups: "staff" }, "groups", "analyst"],
  [{ groups: ["guests"] }, "groups", null],
  [{ groups: { chiefs: true } }, "groups", null],
  [{}, "groups", null],
  [{ realm_access: { roles: ["chiefs"] } }, "realm_access.roles", "admin"],
  [{ "https://company.example/roles": ["chiefs"] }, "https://company.example/roles", "admin"],
  [{ realm_access: ["chiefs"] }, "realm_access.roles", null],
  [{}, "constructor.name", null],
])("%j under %s gives %s", (claims, claim, role) => {
  expect(roleByClaims(claims, { claim, map, otherwise: null })).toBe(role);
});

it("falls back on the usual role, which holds for everybody where no claim is named", () => {
  expect(roleByClaims({}, { claim: "groups", map, otherwise: "analyst" })).toBe("analyst");
  expect(roleByClaims({ groups: ["chiefs"] }, { claim: null, map, otherwise: "analyst" })).toBe("analyst");
});
