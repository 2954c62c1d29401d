import { describe, expect, it } from "vitest";
import { auditSearch } from "./audit-search";

describe("the address of the audit page", () => {
  it("keeps what it knows", () => {
    const search = { action: "key.revoke", outcome: "denied", actor: "u1", since: "2026-02-28", until: "2026-03-01" };
    expect(auditSearch(search)).toEqual(search);
  });

  it.each([
    ["a day that no calendar has", { since: "2026-02-30" }],
    ["a month that no year has", { since: "2026-13-01" }],
    ["a time where a day stands", { until: "2026-02-28T00:00:00Z" }],
    ["an unknown outcome", { outcome: "maybe" }],
    ["an empty actor", { actor: "" }],
  ])("drops %s", (_, search) => {
    expect(auditSearch(search)).toEqual({});
  });
});
