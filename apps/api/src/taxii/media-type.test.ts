import { describe, expect, it } from "vitest";
import { acceptedType, stixType, taxiiType } from "./media-type";

const both = [taxiiType, stixType] as const;

describe("acceptedType", () => {
  it.each([
    undefined,
    "",
    "*/*",
    "application/*",
    "application/taxii+json",
    "application/taxii+json;version=2.1",
    "application/taxii+json; version=2.1",
    "application/taxii+json ; version = 2.1",
    'application/taxii+json;version="2.1"',
    "Application/TAXII+json;Version=2.1",
    "application/taxii+json;version=2.1;q=0.8",
    "application/taxii+json;q=0.5;version=2.1",
    "application/taxii+json;version=2.1;charset=utf-8",
    "application/vnd.oasis.taxii+json; version=2.0, application/taxii+json; version=2.1",
    "text/html, application/taxii+json;q=0.1",
    "application/taxii+json;version=2.0, */*;q=0.1",
    "application/taxii+json;version=2.1, application/stix+json;version=2.1",
    "application/stix+json;version=2.1;q=0.5, application/taxii+json;version=2.1",
  ])("takes %j for TAXII", (accept) => {
    expect(acceptedType(accept, both)).toBe(taxiiType);
  });

  it.each([
    "application/stix+json",
    "application/stix+json;version=2.1",
    "application/stix+json; version=2.1, application/json",
    "application/taxii+json;version=2.1;q=0.5, application/stix+json",
    "application/taxii+json;version=2.0, application/stix+json;version=2.1",
  ])("takes %j for a bundle, where there is one", (accept) => {
    expect(acceptedType(accept, both)).toBe(stixType);
  });

  it.each([
    "application/taxii+json;version=2.0",
    "application/taxii+json;version=2.2",
    "application/vnd.oasis.taxii+json; version=2.0",
    "application/json",
    "text/html",
    "application/taxii+json;version=2.1;q=0",
    "*/*;q=0",
    "application/stix+json;version=2.0",
  ])("refuses %j", (accept) => {
    expect(acceptedType(accept, both)).toBeNull();
  });

  it("offers no bundle where there is none", () => {
    expect(acceptedType("application/stix+json;version=2.1", [taxiiType])).toBeNull();
  });
});
