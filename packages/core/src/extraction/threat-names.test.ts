import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { malware, threatGroups } from "../attack";
import { findThreatNames } from "./threat-names";

const actors = (text: string) => findThreatNames(text).threatActors.map(({ name }) => name);
const families = (text: string) => findThreatNames(text).malwareFamilies.map(({ name }) => name);

describe("threat groups", () => {
  it.each([
    ["The campaign is the work of Fancy Bear.", "APT28"],
    ["Forest Blizzard (STRONTIUM)", "APT28"],
    ["MIDNIGHT BLIZZARD returned.", "APT29"],
    ["Attributed to APT 41 by others.", "APT41"],
    ["apt28 is not written so, APT-28 is.", "APT28"],
    ["the Turla group", "Turla"],
    ["Lazarus hackers stole it.", "Lazarus Group"],
    ["the Play ransomware gang", "Play"],
    ["members of the Silence group", "Silence"],
    ["UNC9999 and Storm-9876 are new.", "UNC9999"],
    ["Cozy\nBear broke in.", "APT29"],
  ])("%s", (text, name) => {
    expect(actors(text)).toContain(name);
  });

  it.each([
    "They play in silence on a platinum elfin reaper.",
    "Play the video. Silence is golden. Akira is a film. Cuba is an island.",
    "The group of people, and a bitter taste.",
    "See fancy-bear.example and /blog/apt28/index.html",
    "TA0001 is a tactic.",
  ])("are not in %j", (text) => {
    expect(actors(text)).toEqual([]);
  });

  it("carry ATT&CK's id, or none, the most named first", () => {
    const { threatActors } = findThreatNames("UNC9999 met Sandworm Team. Voodoo Bear and APT44 are Sandworm Team.");
    expect(threatActors).toEqual([
      { name: "Sandworm Team", attackId: "G0034" },
      { name: "UNC9999", attackId: null },
    ]);
  });
});

describe("malware families", () => {
  it.each([
    ["It drops Qbot.", "QakBot"],
    ["the Hive ransomware", "Hive"],
    ["Snake malware", "Uroburos"],
    ["Cobalt Strike beacons", "Cobalt Strike"],
    ["njRAT and Remcos", "njRAT"],
    ["LockBit 3.0 was used.", "LockBit 3.0"],
    ["a payload called Royal", "Royal"],
  ])("%s", (text, name) => {
    expect(families(text)).toContain(name);
  });

  it.each([
    "The hive of a registry. A snake in the maze. Royal mail.",
    "C:\\emotet.exe and www.trickbot.example/a",
    "chaos reigns",
  ])("are not in %j", (text) => {
    expect(families(text)).toEqual([]);
  });

  it("that share their name with a group are told by the words around it", () => {
    expect(findThreatNames("The Akira gang left.")).toMatchObject({
      threatActors: [{ name: "Akira" }],
      malwareFamilies: [],
    });
    expect(findThreatNames("Akira encryptors run on Linux.")).toMatchObject({
      threatActors: [],
      malwareFamilies: [{ name: "Akira" }],
    });
  });
});

it("finds every certain name of the catalogue as it is written there", () => {
  const certain = [...threatGroups, ...malware].flatMap((entry) =>
    entry.names.flatMap((name) => (name.common ? [] : [{ entry, text: name.text }])),
  );
  const missed = certain.filter(({ entry, text }) => {
    const { threatActors, malwareFamilies } = findThreatNames(`Seen: ${text}, again.`);
    return ![...threatActors, ...malwareFamilies].some(({ name }) => name === entry.name);
  });
  expect(missed.map(({ text }) => text)).toEqual([]);
});

it("takes any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(findThreatNames(text).threatActors.every(({ name }) => name !== "")).toBe(true);
    }),
  );
});
