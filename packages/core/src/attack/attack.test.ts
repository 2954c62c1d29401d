import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { normalise } from "../values";
import { deriveTechniques } from "./derive";
import { describeAttack } from "./describe";
import { enterpriseTechniques } from "./enterprise-techniques";
import { techniquesOfFamily } from "./family-techniques";
import { formerTechniques } from "./former-techniques";
import { phasesOf } from "./phases";
import { tacticNamed } from "./tactics";
import { allTechniques, fullNameOf, tacticsOf, techniqueOf } from "./technique";
import { techniquesOfThreat } from "./threat-techniques";

const all = allTechniques();
const table = (name: string) => readFileSync(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), "utf8");

describe("the tables", () => {
  it("hold each technique once, under an id that is one, with a name and tactics that exist", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, name, tactics } of all) {
      expect(normalise("mitre_attack", id)).toMatchObject({ ok: true, value: id });
      expect(name).toMatch(/^\S.*\S$/);
      expect(tactics.length).toBeGreaterThan(0);
      expect(tacticsOf(id)).toHaveLength(tactics.length);
    }
  });

  it("have the size of the matrices", () => {
    const lines = enterpriseTechniques.trim().split("\n");
    expect(lines.length).toBe(216);
    expect(lines).toEqual(lines.toSorted());
    expect(all.filter(({ id }) => id.includes("."))).toHaveLength(475);
    expect(all.filter(({ id }) => id.startsWith("T0"))).toHaveLength(83);
  });

  it("lead from each former id to one that stands", () => {
    for (const pair of formerTechniques.trim().split(/[|\n]/)) {
      const [former = "", successor = ""] = pair.split(" ");
      expect(all.some(({ id }) => id === former)).toBe(false);
      expect(all.map(({ id }) => id)).toContain(successor);
    }
  });

  it("name no technique that does not stand for a threat type or a family", () => {
    for (const file of ["threat-techniques", "family-techniques"]) {
      const ids = table(file).match(/T[0-9]{4}(?:\.[0-9]{3})?/g) ?? [];
      expect(ids.length).toBeGreaterThan(15);
      for (const id of ids) expect(all.map((technique) => technique.id)).toContain(id);
    }
  });

  it("name each family once", () => {
    const names = [...table("family-techniques").matchAll(/^([a-z0-9,]+) T[0-9]/gm)].flatMap(([, names = ""]) =>
      names.split(","),
    );
    expect(names.length).toBeGreaterThan(200);
    expect(names).toEqual([...new Set(names)]);
  });
});

const bundle = fileURLToPath(new URL("../../../../../shared/feeds/mitre-attack/ics-attack.json", import.meta.url));

describe.skipIf(!existsSync(bundle))("MITRE's own ICS bundle (skipped without the shared samples)", () => {
  it("says the same of every technique that it has not withdrawn", () => {
    type Pattern = {
      type: string;
      name: string;
      revoked?: boolean;
      x_mitre_deprecated?: boolean;
      external_references: { external_id?: string }[];
      kill_chain_phases?: { phase_name: string }[];
    };
    const { objects } = JSON.parse(readFileSync(bundle, "utf8")) as { objects: Pattern[] };
    const live = objects.filter((o) => o.type === "attack-pattern" && !o.revoked && !o.x_mitre_deprecated);
    expect(live.length).toBeGreaterThan(50);
    for (const { name, external_references, kill_chain_phases = [] } of live) {
      const id = external_references[0]?.external_id ?? "";
      const tactics = kill_chain_phases.map(({ phase_name }) => phase_name).toSorted();
      const ours = techniqueOf(id);
      expect({ id, name: ours?.name, tactics: ours?.tactics.toSorted() }).toEqual({ id, name, tactics });
    }
  });
});

describe("techniqueOf", () => {
  it.each([
    ["T1059", "Command and Scripting Interpreter", ["execution"]],
    ["T1059.001", "PowerShell", ["execution"]],
    ["T1053.005", "Scheduled Task", ["execution", "persistence", "privilege-escalation"]],
    ["T1218.011", "Rundll32", ["defense-evasion"]],
    ["T1547.009", "Shortcut Modification", ["persistence", "privilege-escalation"]],
    ["T1055.012", "Process Hollowing", ["defense-evasion", "privilege-escalation"]],
    ["T1574.006", "Dynamic Linker Hijacking", ["persistence", "privilege-escalation", "defense-evasion"]],
    ["T1562.009", "Safe Mode Boot", ["defense-evasion"]],
    ["T0855", "Unauthorized Command Message", ["impair-process-control"]],
    ["T1086", "PowerShell", ["execution"]],
    ["T1574.002", "DLL", ["persistence", "privilege-escalation", "defense-evasion"]],
  ])("knows %s", (id, name, tactics) => {
    expect(techniqueOf(id)).toEqual({ id, name, tactics });
  });

  it.each(["T9999", "T1059.999", "T1218.006", "TA0001", "G0016", "", "t1059", "__proto__"])(
    "does not know %j",
    (id) => {
      expect(techniqueOf(id)).toBeNull();
    },
  );

  it("has names with and without the parent's, and tactics with their ids in both matrices", () => {
    expect(fullNameOf("T1071.001")).toBe("Application Layer Protocol: Web Protocols");
    expect(fullNameOf("T1193")).toBe("Phishing: Spearphishing Attachment");
    expect(fullNameOf("T1566")).toBe("Phishing");
    expect(fullNameOf("T0000")).toBeNull();
    expect(tacticsOf("T1071")).toEqual([{ id: "TA0011", name: "Command and Control" }]);
    expect(tacticsOf("T0869")).toEqual([{ id: "TA0101", name: "Command and Control" }]);
    expect(tacticsOf("TA0040")).toEqual([{ id: "TA0040", name: "Impact" }]);
    expect(tacticNamed("evasion")).toBeNull();
    expect(tacticNamed("evasion", "ics")).toEqual({ id: "TA0103", name: "Evasion" });
  });
});

describe("describeAttack", () => {
  it.each([
    ["T1071.001", "Application Layer Protocol: Web Protocols", ["Command and Control"]],
    ["TA0011", "Command and Control", []],
    ["G0016", "APT29", []],
    ["S0154", "Cobalt Strike", []],
    ["T0855", "Unauthorized Command Message", ["Impair Process Control"]],
    ["T9999", null, []],
  ])("says what %s is", (id, name, tactics) => {
    expect(describeAttack(id)).toEqual({ id, name, tactics });
  });
});

describe("techniques by threat and family", () => {
  it.each(["botnet_cc", "Botnet CC", "C2", "botnet-cc"])("reads the threat type %s", (threat) => {
    expect(techniquesOfThreat(threat)).toEqual(["T1071"]);
  });

  it.each(["blocklisted", "attacker", "malware", "", "constructor"])("claims nothing of %j", (threat) => {
    expect(techniquesOfThreat(threat)).toEqual([]);
    expect(techniquesOfFamily(threat)).toEqual([]);
  });

  it.each(["Cobalt Strike", "win.cobalt_strike", "CobaltStrike", "cobalt-strike C2"])("reads the family %s", (name) => {
    expect(techniquesOfFamily(name)).toEqual(["T1071.001", "T1055", "T1059.001"]);
  });

  it("reads what vendors add to a name", () => {
    expect(techniquesOfFamily("LockBit 3.0")).toEqual(techniquesOfFamily("lockbit"));
    expect(techniquesOfFamily("RedLine Stealer")).toEqual(techniquesOfFamily("redline"));
    expect(techniquesOfFamily("HiveRAT")).toEqual([]);
  });

  it("joins both, and leaves out what a sub-technique says already", () => {
    expect(deriveTechniques("botnet_cc", "Dridex")).toEqual(["T1204.002", "T1185", "T1071.001"]);
    expect(deriveTechniques("botnet_cc", null)).toEqual(["T1071"]);
    expect(deriveTechniques("payload_delivery", "Mirai")).toEqual(["T1110.001", "T1498", "T1105"]);
    expect(deriveTechniques(null, null)).toEqual([]);
  });
});

describe("phasesOf", () => {
  it("has the tactics of each technique in order, each once a matrix", () => {
    expect(phasesOf(["T1053.005", "T1059", "T0807", "TA0043", "T9999", "G0016", "__proto__"])).toEqual([
      { matrix: "enterprise", tactic: "execution" },
      { matrix: "enterprise", tactic: "persistence" },
      { matrix: "enterprise", tactic: "privilege-escalation" },
      { matrix: "ics", tactic: "execution" },
      { matrix: "enterprise", tactic: "reconnaissance" },
    ]);
    expect(phasesOf([])).toEqual([]);
  });

  it("gives the tactics of what took a revoked technique's place", () => {
    expect(phasesOf(["T1086"])).toEqual(phasesOf(["T1059.001"]));
  });
});
