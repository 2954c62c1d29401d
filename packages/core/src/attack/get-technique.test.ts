import { describe, expect, it } from "vitest";
import { getTechnique } from "./get-technique";

const ctx = {
  now: () => new Date(0),
  instance: { name: "Tocsin", publicUrl: "http://tocsin.example", keyPrefix: "sk_live_", withholdsRestricted: false },
};
const of = (technique: string) => getTechnique(ctx, { technique }).data;

describe("a technique", () => {
  it("has its matrix, tactics and sub-techniques", () => {
    const found = of("t1071");
    expect(found).toMatchObject({
      id: "T1071",
      name: "Application Layer Protocol",
      matrix: "enterprise",
      tactics: [{ id: "TA0011", name: "Command and Control" }],
      parent: null,
      replaces: null,
      url: "https://attack.mitre.org/techniques/T1071/",
    });
    expect(found.sub_techniques).toContainEqual({ id: "T1071.001", name: "Web Protocols" });
  });

  it("that is part of another names that", () => {
    expect(of("T1071.001")).toMatchObject({
      name: "Application Layer Protocol: Web Protocols",
      parent: { id: "T1071", name: "Application Layer Protocol" },
      sub_techniques: [],
      url: "https://attack.mitre.org/techniques/T1071/001/",
    });
  });

  it("that ATT&CK has revoked leads to what took its place", () => {
    expect(of("T1086")).toMatchObject({ id: "T1059.001", replaces: "T1086" });
  });

  it.each(["T9999", "TA0011", "", "G0007"])("is not found under %j", (id) => {
    expect(() => of(id)).toThrow("ATT&CK has no technique with this id.");
  });
});
