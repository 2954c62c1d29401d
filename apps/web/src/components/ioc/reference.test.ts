import { describe, expect, it } from "vitest";
import { safeReference } from "./reference";

describe("the link to a reference", () => {
  it("is there for a page of a vendor", () => {
    const href = "https://vendor.example/report/7?x=1";
    expect(safeReference(href, "malware.example")).toEqual({ href, host: "vendor.example" });
  });

  it.each([
    ["nothing", null, "malware.example"],
    ["a script", "javascript:alert(1)", "malware.example"],
    ["data", "data:text/html,x", "malware.example"],
    ["no address", "see report", "malware.example"],
    ["the malicious URL itself", "http://malware.example/a", "http://malware.example/a"],
    ["another page of the malicious host", "http://malware.example/b", "http://malware.example/a"],
    ["a host below the malicious domain", "http://cdn.malware.example/b", "malware.example"],
    ["the malicious address", "http://192.0.2.7/x", "192.0.2.7"],
    ["the domain of the malicious mailbox", "https://malware.example/", "a@malware.example"],
  ])("is withheld for %s", (_, reference, value) => {
    expect(safeReference(reference, value)).toBeNull();
  });
});
