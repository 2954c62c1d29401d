import { describe, expect, it } from "vitest";
import { tierNames } from "./tier-names";
import { tierNameOf, tierOf, tierOverrides } from "./tier-of";
import { tiers } from "./tiers";

describe("tierOf", () => {
  it("is the tier that is named, figure by figure", () => {
    for (const name of tierNames) expect(tierOf(name, null)).toEqual(tiers[name]);
    expect(tiers.free).toMatchObject({ requestsPerMinute: 10, requestsPerDay: 1_000, keys: 3, resultsPerRequest: 100 });
    expect(tiers.pro).toMatchObject({
      requestsPerMinute: 1_000,
      requestsPerDay: 1_000_000,
      keys: 50,
      resultsPerRequest: 10_000,
    });
  });

  it("puts the workspace's own figures on top", () => {
    expect(tierOf("free", { keys: 0, resultsPerRequest: null, formats: ["stix"] })).toEqual({
      ...tiers.free,
      keys: 0,
      resultsPerRequest: null,
      formats: ["stix"],
    });
  });

  it("limits all keys of a workspace together only where an operator says so", () => {
    expect(tiers.pro).toMatchObject({ workspaceRequestsPerMinute: null, workspaceRequestsPerDay: null });
    expect(tierOf("pro", { workspaceRequestsPerDay: 9 })).toMatchObject({ workspaceRequestsPerDay: 9, keys: 50 });
    expect(tierOverrides.safeParse({ workspaceRequestsPerMinute: null }).success).toBe(true);
    expect(tierOverrides.safeParse({ workspaceRequestsPerMinute: 0.5 }).success).toBe(false);
  });

  it("leaves out a figure that cannot be read, and keeps the others", () => {
    const overrides = { keys: 9, requestsPerMinute: -1, requestsPerDay: "many", unheard: 1, formats: undefined };
    expect(tierOf("free", overrides)).toEqual({ ...tiers.free, keys: 9 });
    for (const odd of [undefined, "text", 7, [], true]) expect(tierOf("pro", odd)).toEqual(tiers.pro);
  });

  it("takes a tier that no longer exists for the least", () => {
    expect(tierNameOf("platinum")).toBe("free");
    expect(tierOf("platinum", null)).toEqual(tiers.free);
  });

  it("is refused at the edge where it holds what is no figure", () => {
    expect(tierOverrides.safeParse({ keys: 1.5 }).success).toBe(false);
    expect(tierOverrides.safeParse({ kyes: 1 }).success).toBe(false);
    expect(tierOverrides.safeParse({ scopes: ["write:iocs"] }).success).toBe(false);
    expect(tierOverrides.parse({})).toEqual({});
  });
});
