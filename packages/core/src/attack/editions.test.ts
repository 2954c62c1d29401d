import { afterEach, describe, expect, it } from "vitest";
import { actorNames } from "../articles";
import { findThreatNames } from "../extraction";
import { currentCatalogue, useEditions } from "./current";
import { deriveTechniques } from "./derive";
import { describeAttack } from "./describe";
import { techniquesOfFamily } from "./family-techniques";
import { phasesOf } from "./phases";
import type { Matrix } from "./shipped-tactics";
import type { AttackTables } from "./tables";
import { allTechniques, fullNameOf, tacticsOf, techniqueOf } from "./technique";
import { threatGroups } from "./threat-catalog";

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const none = { tactics: [], techniques: [], former: [], groups: [], software: [] };
const edition = (matrix: Matrix, day: number, some: Partial<AttackTables>) => ({
  matrix,
  appliesFrom: at(day).getTime(),
  tables: { ...none, ...some },
});
afterEach(() => useEditions([]));

describe("stored editions", () => {
  it("stand over what is shipped, and leave what they are silent about", () => {
    useEditions([
      edition("enterprise", 10, {
        tactics: [{ id: "TA0112", name: "Defense Impairment", shortName: "defense-impairment" }],
        techniques: [
          { id: "T1059", name: "Interpreters", tactics: ["execution"] },
          { id: "T1685", name: "Disable Tools", tactics: ["defense-impairment"] },
          { id: "T1014", name: "Rootkit", tactics: ["defense-evasion"], withdrawn: true },
        ],
        former: [
          ["T1562.001", "T1685"],
          ["T1562", "T1562.001"],
        ],
      }),
    ]);
    expect(fullNameOf("T1059.001")).toBe("Interpreters: PowerShell");
    expect(fullNameOf("T1071.001")).toBe("Application Layer Protocol: Web Protocols");
    expect(techniqueOf("T1685")).toEqual({ id: "T1685", name: "Disable Tools", tactics: ["defense-impairment"] });
    expect(techniqueOf("T1562.001")).toEqual({ ...techniqueOf("T1685"), id: "T1562.001" });
    expect(fullNameOf("T1562")).toBe("Disable Tools");
    // Revoked by the shipped tables, in a name that the stored ones gave.
    expect(fullNameOf("T1086")).toBe("Interpreters: PowerShell");
    expect(fullNameOf("T1014")).toBe("Rootkit");
    expect(allTechniques().some(({ id }) => id === "T1014" || id === "T1562")).toBe(false);
    expect(tacticsOf("T1685")).toEqual([{ id: "TA0112", name: "Defense Impairment" }]);
    // An id that begins like one of ICS, but is none.
    expect(phasesOf(["TA0112", "T1685"])).toEqual([{ matrix: "enterprise", tactic: "defense-impairment" }]);
  });

  it("bring the matrix of mobile devices", () => {
    useEditions([
      edition("mobile", 10, {
        tactics: [{ id: "TA0037", name: "Command and Control", shortName: "command-and-control" }],
        techniques: [{ id: "T1437", name: "Application Layer Protocol", tactics: ["command-and-control"] }],
      }),
    ]);
    expect(tacticsOf("T1437")).toEqual([{ id: "TA0037", name: "Command and Control" }]);
    expect(phasesOf(["T1437", "T1071"])).toEqual([
      { matrix: "mobile", tactic: "command-and-control" },
      { matrix: "enterprise", tactic: "command-and-control" },
    ]);
  });

  it("are told by when a record last changed: what it printed then it goes on printing", () => {
    const named = (name: string) => ({ techniques: [{ id: "T1059", name, tactics: ["execution"] }] });
    useEditions([edition("enterprise", 20, named("Second")), edition("enterprise", 10, named("First"))]);
    const days = [9, 10, 15, 20, 25].map((day) => fullNameOf("T1059", at(day)));
    expect(days).toEqual(["Command and Scripting Interpreter", "First", "First", "Second", "Second"]);
    expect(fullNameOf("T1059")).toBe("Second");
    expect(techniqueOf("T1059", at(15))?.name).toBe("First");
    expect(techniqueOf("T1059", new Date(Number.NaN))?.name).toBe("Command and Scripting Interpreter");
  });

  it("of one matrix leave the other's as they are", () => {
    useEditions([
      edition("ics", 10, { techniques: [{ id: "T0855", name: "Commands", tactics: ["impair-process-control"] }] }),
      edition("enterprise", 20, { techniques: [{ id: "T1014", name: "Root Kit", tactics: ["defense-evasion"] }] }),
    ]);
    expect([fullNameOf("T0855", at(30)), fullNameOf("T1014", at(15)), fullNameOf("T1014", at(30))]).toEqual([
      "Commands",
      "Rootkit",
      "Root Kit",
    ]);
  });

  it("do not go round in circles", () => {
    useEditions([
      edition("enterprise", 10, {
        former: [
          ["T9001", "T9002"],
          ["T9002", "T9001"],
        ],
      }),
    ]);
    expect(techniqueOf("T9001")).toBeNull();
    expect(describeAttack("T9002").name).toBeNull();
  });
});

describe("groups and software of stored editions", () => {
  const threats: Partial<AttackTables> = {
    techniques: [
      { id: "T9001", name: "Harm", tactics: ["impact"] },
      { id: "T9001.001", name: "Great Harm", tactics: ["impact"] },
      { id: "T9002", name: "Hiding", tactics: ["defense-evasion"] },
      { id: "T9003", name: "Calling", tactics: ["command-and-control"] },
    ],
    groups: [
      { id: "G0007", name: "APT28", aliases: ["Fancy Bear", "Example Blizzard", "STRONTIUM", "VELVET"] },
      { id: "G9001", name: "Silver Fox", aliases: ["Void Arachne", "Quill", "EXB-77"] },
    ],
    software: [
      {
        id: "S9001",
        name: "ExampleLoader",
        aliases: ["Mist", "njRAT"],
        techniques: ["T9001", "T9001.001", "T9002", "T9003"],
      },
      { id: "S9002", name: "Remote Helper", aliases: [], tool: true, techniques: ["T9003"] },
      { id: "S0154", name: "Cobalt Strike", aliases: ["Cobalt Example"], techniques: ["T9002"] },
    ],
    former: [["G9000", "G9001"]],
  };
  const actors = (text: string) => findThreatNames(text).threatActors;
  const families = (text: string) => findThreatNames(text).malwareFamilies.map(({ name }) => name);

  it("are named by their ids, those that were revoked too", () => {
    useEditions([edition("enterprise", 10, threats)]);
    expect(describeAttack("G9001").name).toBe("Silver Fox");
    expect(describeAttack("G9000").name).toBe("Silver Fox");
    expect(describeAttack("S9002").name).toBe("Remote Helper");
    expect(describeAttack("S0002").name).toBe("Mimikatz");
  });

  it("are found in texts under their new names", () => {
    expect(actors("Example Blizzard and EXB-77.")).toEqual([]);
    useEditions([edition("enterprise", 10, threats)]);
    expect(actors("Example Blizzard is back, says the report on Sofacy.")).toEqual([
      { name: "APT28", attackId: "G0007" },
    ]);
    expect(actors("EXB-77 and Void Arachne")).toEqual([{ name: "Silver Fox", attackId: "G9001" }]);
    expect(families("ExampleLoader and Cobalt Example")).toEqual(["ExampleLoader", "Cobalt Strike"]);
    expect(actors("Midnight Blizzard")).toEqual([{ name: "APT29", attackId: "G0016" }]);
  });

  it("of one plain word need more than the word, and what administrators use is not looked for", () => {
    useEditions([edition("enterprise", 10, threats)]);
    expect(actors("Velvet curtains. A Quill. Strontium is a metal.")).toEqual([]);
    expect(actors("The Quill group").map(({ name }) => name)).toEqual(["Silver Fox"]);
    expect(families("Mist on the hills. Remote Helper is installed.")).toEqual([]);
    expect(families("the Mist backdoor")).toEqual(["ExampleLoader"]);
    // Two words in one may be ordinary ones when they are written otherwise.
    expect(families("Exampleloader")).toEqual([]);
    // A name that is another's already stays with it.
    expect(families("njRAT")).toEqual(["njRAT"]);
  });

  it("that a group and its malware share are told by the words around them", () => {
    const both = { id: "S9003", name: "NightExample", aliases: [], techniques: [] };
    const groups = [{ id: "G9003", name: "NightExample", aliases: [] }];
    useEditions([edition("enterprise", 10, { groups, software: [both] })]);
    expect(findThreatNames("NightExample is back.")).toEqual({ threatActors: [], malwareFamilies: [], subjects: [] });
    expect(findThreatNames("the NightExample gang")).toMatchObject({ threatActors: [{ attackId: "G9003" }] });
    expect(families("NightExample ransomware")).toEqual(["NightExample"]);
  });

  it("give a family the techniques that mark it, where the tables chosen by hand have none", () => {
    expect(techniquesOfFamily("ExampleLoader")).toEqual([]);
    expect(deriveTechniques(null, "ExampleLoader")).toEqual([]);
    useEditions([edition("enterprise", 10, threats)]);
    expect(techniquesOfFamily("win.example_loader")).toEqual(["T9001.001", "T9003"]);
    expect(deriveTechniques(null, "ExampleLoader")).toEqual(["T9001.001", "T9003"]);
    expect(techniquesOfFamily("Cobalt Strike")).toEqual(["T1071.001", "T1055", "T1059.001"]);
    expect(techniquesOfFamily("???")).toEqual([]);
  });

  it("are asked for by the names that articles gave them before", () => {
    const renamed = { groups: [{ id: "G0007", name: "Example Sleet", aliases: ["APT28", "Fancy Bear"] }] };
    useEditions([edition("enterprise", 10, renamed)]);
    expect(actorNames("Fancy Bear").sort()).toEqual(["apt28", "example sleet", "fancy bear"]);
    expect(actorNames("G0007").sort()).toEqual(["apt28", "example sleet", "g0007"]);
    expect(actors("Fancy Bear").map(({ name }) => name)).toEqual(["Example Sleet"]);
  });

  it("take no name from the shipped catalogue, and let each name mean one of them", () => {
    const stored = threatGroups.flatMap(({ attackId, name, names }, index) =>
      attackId
        ? [{ id: attackId, name, aliases: [...names.map(({ text }) => text).slice(0, index % 3), "EXB-99"] }]
        : [],
    );
    useEditions([edition("enterprise", 10, { groups: stored })]);
    const texts = (entries: typeof threatGroups) =>
      entries.flatMap(({ names }) => [...new Set(names.map(({ text }) => text.toLowerCase()))]).sort();
    expect(texts(currentCatalogue().groups)).toEqual([...texts(threatGroups), "exb-99"].sort());
    const commonOf = (entries: typeof threatGroups) =>
      entries.flatMap(({ names }) => names.flatMap(({ text, common }) => (common ? [text.toLowerCase()] : []))).sort();
    expect(commonOf(currentCatalogue().groups)).toEqual(commonOf(threatGroups));
  });

  it("come from all matrices, put together, and only from the newest edition of each", () => {
    const one = (aliases: string[]) => ({ groups: [{ id: "G9001", name: "Example Fox", aliases }] });
    useEditions([
      edition("enterprise", 10, one(["EXF-1"])),
      edition("enterprise", 20, one(["EXF-2"])),
      edition("ics", 15, one(["EXF-3"])),
    ]);
    expect(["EXF-1", "EXF-2", "EXF-3"].map((name) => actors(`It is ${name}.`).length)).toEqual([0, 1, 1]);
  });
});
