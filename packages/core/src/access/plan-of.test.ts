import { describe, expect, it } from "vitest";
import { planOf, planOverrides, tierOf } from "./plan-of";
import { plans } from "./plans";
import { tiers } from "./tiers";

describe("planOf", () => {
  it("is the tier's plan, figure by figure", () => {
    for (const tier of tiers) expect(planOf(tier, null)).toEqual(plans[tier]);
    expect(plans.free).toMatchObject({ requestsPerMinute: 10, requestsPerDay: 1_000, keys: 3, resultsPerRequest: 100 });
    expect(plans.pro).toMatchObject({
      requestsPerMinute: 1_000,
      requestsPerDay: 1_000_000,
      keys: 50,
      resultsPerRequest: 10_000,
    });
  });

  it("puts the workspace's own figures on top", () => {
    expect(planOf("free", { keys: 0, resultsPerRequest: null, formats: ["stix"] })).toEqual({
      ...plans.free,
      keys: 0,
      resultsPerRequest: null,
      formats: ["stix"],
    });
  });

  it("limits all keys of a workspace together only where an operator says so", () => {
    expect(plans.pro).toMatchObject({ workspaceRequestsPerMinute: null, workspaceRequestsPerDay: null });
    expect(planOf("pro", { workspaceRequestsPerDay: 9 })).toMatchObject({ workspaceRequestsPerDay: 9, keys: 50 });
    expect(planOverrides.safeParse({ workspaceRequestsPerMinute: null }).success).toBe(true);
    expect(planOverrides.safeParse({ workspaceRequestsPerMinute: 0.5 }).success).toBe(false);
  });

  it("leaves out a figure that cannot be read, and keeps the others", () => {
    const overrides = { keys: 9, requestsPerMinute: -1, requestsPerDay: "many", unheard: 1, formats: undefined };
    expect(planOf("free", overrides)).toEqual({ ...plans.free, keys: 9 });
    for (const odd of [undefined, "text", 7, [], true]) expect(planOf("pro", odd)).toEqual(plans.pro);
  });

  it("takes a tier that no longer exists for the least", () => {
    expect(tierOf("platinum")).toBe("free");
    expect(planOf("platinum", null)).toEqual(plans.free);
  });

  it("is refused at the door where it holds what is no figure", () => {
    expect(planOverrides.safeParse({ keys: 1.5 }).success).toBe(false);
    expect(planOverrides.safeParse({ kyes: 1 }).success).toBe(false);
    expect(planOverrides.safeParse({ scopes: ["write:iocs"] }).success).toBe(false);
    expect(planOverrides.parse({})).toEqual({});
  });
});
