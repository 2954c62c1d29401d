import { describe, expect, it } from "vitest";
import { type TokenFormValues, tokenCurlLine, tokenExpiryChoices, toTokenInput } from "./token-form";

const values = { name: " Terraform ", expires: "90", scopes: ["manage:keys:read" as const], allowedIps: [] };

describe("the form of a management token", () => {
  it("says what the wire wants, and leaves out addresses that are none", () => {
    expect(toTokenInput(values)).toEqual({ name: "Terraform", expires_in_days: 90, scopes: ["manage:keys:read"] });
    expect(toTokenInput({ ...values, allowedIps: ["192.0.2.7"] })).toMatchObject({ allowed_ips: ["192.0.2.7"] });
  });

  it("offers no token without an end, and none beyond a year", () => {
    const days = tokenExpiryChoices.map(({ value }) => Number(value));
    expect(days.every((each) => Number.isInteger(each) && each >= 1 && each <= 365)).toBe(true);
  });

  it("shows a command that asks the token's own endpoint", () => {
    const line = (...scopes: TokenFormValues["scopes"]) =>
      tokenCurlLine("https://tocsin.example", { secret: "sk_manage_x", scopes });
    const begin = 'curl -H "Authorization: Bearer sk_manage_x" "https://tocsin.example/api/v1/manage';
    expect(line("manage:keys:read", "read:audit")).toBe(`${begin}/keys?limit=5"`);
    expect(line("read:audit")).toBe(`${begin}/audit?limit=5"`);
  });
});
