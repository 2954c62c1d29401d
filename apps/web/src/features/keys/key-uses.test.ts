import { describe, expect, it } from "vitest";
import { kindsOf } from "../../lib/tables";
import { keyUses, namedUse, scopesOf } from "./key-uses";
import { snippets } from "./snippets";
import { usedScopes } from "./used-scopes";

const all = ["read:iocs", "read:articles", "read:cef", "read:stix", "read:misp", "read:openioc"] as const;

describe("the scopes of a use", () => {
  it("are what its programs need, as far as the tier has them", () => {
    expect(scopesOf("siem", all)).toEqual(["read:iocs", "read:cef"]);
    expect(scopesOf("tip", ["read:iocs", "read:stix"])).toEqual(["read:iocs", "read:stix"]);
  });

  it("are known again by themselves, in any order", () => {
    for (const use of kindsOf(keyUses)) expect(namedUse(scopesOf(use, all).toReversed(), all)).toBe(use);
    expect(namedUse([...all], all)).toBeNull();
  });
});

it("tells used scopes from unused ones by the routes that were asked for", () => {
  const paths = ["/api/v1/iocs/stix", "/api/v1/lookup", "/api/v1/feeds"];
  expect(usedScopes(["read:iocs", "read:stix", "read:cef", "read:articles:export"], paths)).toEqual([
    { scope: "read:iocs", use: "used" },
    { scope: "read:stix", use: "used" },
    { scope: "read:cef", use: "unused" },
    { scope: "read:articles:export", use: "unknown" },
  ]);
});

it.each(kindsOf(snippets))("the snippet for %s has the key and the address in place", (kind) => {
  const text = snippets[kind].text("https://tocsin.example", "sk_live_abc");
  expect(text).toContain("sk_live_abc");
  expect(text).toContain("https://tocsin.example/api/");
});
