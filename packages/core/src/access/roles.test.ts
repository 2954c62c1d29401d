import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hasRight, leastRoleWith, mayGive, rights, roleCatalog, roleOf, roles } from "./roles";

describe("roles", () => {
  it("are listed in the order of the catalog", () => {
    expect(roles).toEqual(Object.keys(roleCatalog));
  });

  it("rank so that a greater one has what a lesser one has, for all that give roles", () => {
    const givers = roles.filter((role) => hasRight(role, "members:write"));
    expect(givers).toEqual(["owner", "admin"]);
    for (const giver of givers) {
      for (const role of roles.filter((given) => mayGive(giver, given))) {
        expect(rights.filter((right) => hasRight(role, right) && !hasRight(giver, right))).toEqual([]);
      }
    }
  });

  it("are given up to one's own", () => {
    const given = roles.map((giver) => [giver, roles.filter((role) => mayGive(giver, role))]);
    const below = roles.filter((role) => role !== "owner");
    expect(given).toEqual([
      ["owner", [...roles]],
      ["admin", below],
      ["key_admin", []],
      ["analyst", []],
      ["auditor", []],
      ["viewer", []],
    ]);
  });

  it("are read from what is stored: a member of the version before is an analyst, what nobody knows may least", () => {
    expect([...roles, "member", "superuser", "owner,admin", ""].map(roleOf)).toEqual([
      ...roles,
      "analyst",
      "viewer",
      "viewer",
      "viewer",
    ]);
  });

  it("are named by refusals, the least one that would do", () => {
    expect(rights.map((right) => [right, leastRoleWith(right)])).toEqual([
      ["keys:read", "auditor"],
      ["keys:write", "key_admin"],
      ["watchlists:write", "analyst"],
      ["indicators:write", "analyst"],
      ["audit:read", "auditor"],
      ["tokens:write", "admin"],
      ["members:write", "admin"],
      ["workspace:write", "admin"],
      ["workspace:delete", "owner"],
      ["sso:write", "owner"],
    ]);
  });

  it("docs/roles.md has them as the catalog does", () => {
    const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/roles.md"), "utf8");
    const cells = text
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|").slice(1, -1));
    const rows = cells.map((row) => row.map((cell) => cell.trim()));
    expect(rows.filter((row) => row.length === 3)).toEqual(
      roles.map((role) => [`\`${role}\``, roleCatalog[role].label, roleCatalog[role].words]),
    );
    expect(rows.filter((row) => row.length === roles.length + 2).map((row) => row.filter((_, i) => i !== 1))).toEqual(
      rights.map((right) => [`\`${right}\``, ...roles.map((role) => (hasRight(role, right) ? "yes" : "–"))]),
    );
  });
});
