import { listEventsInput } from "@tocsin/core/audit";
import { describe, expect, it } from "vitest";
import { actionLabel, auditFilters } from "./audit-query";

describe("the question that the address asks", () => {
  it("spans whole days of the reader's zone, and is one that the API takes", () => {
    const filters = auditFilters({ action: "key.revoke", since: "2026-02-28", until: "2026-02-28" });
    expect(listEventsInput.parse(filters)).toMatchObject({ action: "key.revoke" });
    const span = Date.parse(filters.until ?? "") - Date.parse(filters.since ?? "");
    expect(span).toBe(86_400_000 - 1);
    expect(new Date(filters.since ?? "").getHours()).toBe(0);
  });

  it("asks for all where nothing is said", () => {
    expect(auditFilters({})).toEqual({});
  });
});

it("writes an action in words", () => {
  expect(actionLabel("key.revoke")).toBe("Key: revoke");
  expect(actionLabel("workspace.set_tier")).toBe("Workspace: set tier");
});
