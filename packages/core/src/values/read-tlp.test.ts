import { describe, expect, it } from "vitest";
import { readTlp, strictestOf, tlpMarkings, tlpOfMarking, tlpOfTags } from "./read-tlp";
import { type Tlp, tlps } from "./tlp";

describe("a label of TLP", () => {
  it.each<[string, Tlp | null]>([
    ["TLP:WHITE", "clear"],
    ["clear", "clear"],
    [" tlp : Green ", "green"],
    ["TLP-AMBER", "amber"],
    ["amber", "amber"],
    ["TLP:AMBER+STRICT", "amber+strict"],
    ["tlp:amber + strict", "amber+strict"],
    ["Amber-Strict", "amber+strict"],
    ["TLPv2:RED", "red"],
    ["ＴＬＰ：ＲＥＤ", "red"],
    ['tlp="red"', "red"],
    ["tlp:unclear", null],
    ["tlp:ex:chr", null],
    ["redirect", null],
    ["constructor", null],
    ["", null],
    [`tlp:${"x".repeat(100)}red`, null],
  ])("%j is %s", (text, label) => {
    expect(readTlp(text)).toBe(label);
  });

  it("among tags needs its prefix, and the strictest counts", () => {
    expect(tlpOfTags(["red", "Red Team", "kit"])).toBeNull();
    expect(tlpOfTags(["red", "tlp:green", "TLP:AMBER", "tlp:white"])).toBe("amber");
  });

  it("is the same by the ids of TLP 1 and TLP 2", () => {
    for (const label of tlps) expect(tlpOfMarking(`marking-definition--${tlpMarkings[label]}`)).toBe(label);
    expect(tlpOfMarking("marking-definition--5E57C739-391A-4EB3-B6BE-7D15CA92D5ED")).toBe("red");
    expect(tlpOfMarking("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82")).toBe("amber");
    expect(tlpOfMarking("marking-definition--00000000-0000-4000-8000-000000000000")).toBeNull();
  });

  it("is the strictest of several, and null of none", () => {
    expect([strictestOf([]), strictestOf([null, "green", undefined, "clear"])]).toEqual([null, "green"]);
  });
});
