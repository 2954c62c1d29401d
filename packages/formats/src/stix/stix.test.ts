import type { IocRecord } from "@tocsin/core/iocs";
import { iocId, tlps } from "@tocsin/core/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { stixMarking } from "./fixed-objects";
import { stixPattern, stixString } from "./pattern";
import { stix } from "./stix";
import { stixObject, stixTlp, viewOf } from "./stix-object";

/** STIX 2.1 section 9.3: a quote ends a literal, a backslash must be followed by a quote or a backslash. */
function parseLiteral(text: string): string {
  const body = /^'((?:[^'\\]|\\['\\])*)'$/su.exec(text)?.[1];
  if (body === undefined) throw new Error(`not a string literal: ${text}`);
  return body.replace(/\\(['\\])/gs, "$1");
}

/** As MITRE's bundles of both matrices have them in `phase_name`. */
const tactics = [
  "reconnaissance",
  "resource-development",
  "initial-access",
  "execution",
  "persistence",
  "privilege-escalation",
  "defense-evasion",
  "evasion",
  "credential-access",
  "discovery",
  "lateral-movement",
  "collection",
  "command-and-control",
  "exfiltration",
  "inhibit-response-function",
  "impair-process-control",
  "impact",
] as const;
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const idOf = (type: string) => z.string().regex(new RegExp(`^${type}--${uuid}$`));
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const markings = z.array(idOf("marking-definition")).length(1);
const reference = z
  .strictObject({ source_name: z.string().min(1), external_id: z.string().optional(), url: z.url().optional() })
  .refine(({ external_id, url }) => external_id !== undefined || url !== undefined);
const killChainPhases = z
  .array(z.strictObject({ kill_chain_name: z.enum(["mitre-attack", "mitre-ics-attack"]), phase_name: z.enum(tactics) }))
  .min(1)
  .refine((phases) => new Set(phases.map((phase) => JSON.stringify(phase))).size === phases.length)
  .optional();
const common = {
  spec_version: z.literal("2.1"),
  created: time,
  modified: time,
  name: z.string().min(1),
  description: z.string().min(1),
};
const described = {
  ...common,
  created_by_ref: idOf("identity").optional(),
  labels: z.array(z.string().min(1)).min(1).optional(),
  confidence: z.int().min(0).max(100),
  revoked: z.literal(true).optional(),
  external_references: z.array(reference).min(1).optional(),
  object_marking_refs: markings,
};
const objectShape = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    type: z.literal("identity"),
    id: idOf("identity"),
    identity_class: z.enum(["individual", "group", "system", "organization", "class", "unknown"]),
  }),
  z.strictObject({
    type: z.literal("marking-definition"),
    spec_version: z.literal("2.1"),
    id: idOf("marking-definition"),
    created: time,
    name: z.string(),
    extensions: z.strictObject({
      "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": z.strictObject({
        extension_type: z.literal("property-extension"),
        tlp_2_0: z.enum(tlps),
      }),
    }),
  }),
  z
    .strictObject({
      ...described,
      type: z.literal("indicator"),
      id: idOf("indicator"),
      indicator_types: z
        .array(
          z.enum(["anomalous-activity", "anonymization", "benign", "compromised", "malicious-activity", "unknown"]),
        )
        .min(1),
      pattern: z.string().regex(/^\[[a-z0-9-]+:[a-z]+(?:\.[A-Z0-9]+|\.'[A-Z0-9-]+')? (?:=|ISSUBSET) '.*'\]$/su),
      pattern_type: z.literal("stix"),
      pattern_version: z.literal("2.1"),
      valid_from: time,
      valid_until: time.optional(),
      kill_chain_phases: killChainPhases,
    })
    .refine(({ valid_from, valid_until }) => valid_until === undefined || valid_until > valid_from),
  z.strictObject({ ...described, type: z.literal("vulnerability"), id: idOf("vulnerability") }),
  z.strictObject({
    ...described,
    type: z.literal("attack-pattern"),
    id: idOf("attack-pattern"),
    kill_chain_phases: killChainPhases,
  }),
]);
const bundleShape = z.strictObject({
  type: z.literal("bundle"),
  id: idOf("bundle"),
  objects: z.array(objectShape).min(1).optional(),
});

async function bundleOf(from: readonly IocRecord[], options: Record<string, string> = {}) {
  async function* page() {
    yield from;
  }
  const text = await textOf(stix.documentOf(stix.options.parse(options)), page(), about);
  return bundleShape.parse(JSON.parse(text));
}

/** The golden records by the ids that core would give them. */
const held = records.map((ioc) => ({ ...ioc, id: iocId(ioc.type, ioc.value) }));

describe("stixString", () => {
  it("parses back to any text", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom("'", "\\", "]", "a", " ") }),
    );
    fc.assert(fc.property(text, (value) => parseLiteral(stixString(value)) === value));
  });
});

it.each([
  ["ipv4", "192.0.2.10", "[ipv4-addr:value = '192.0.2.10']"],
  ["ipv4", "198.51.100.0/24", "[ipv4-addr:value ISSUBSET '198.51.100.0/24']"],
  ["ipv6", "2001:db8::/48", "[ipv6-addr:value ISSUBSET '2001:db8::/48']"],
  ["domain", "a.example", "[domain-name:value = 'a.example']"],
  ["url", "http://a.example/'\\", "[url:value = 'http://a.example/\\'\\\\']"],
  ["md5", "ab", "[file:hashes.MD5 = 'ab']"],
  ["sha1", "ab", "[file:hashes.'SHA-1' = 'ab']"],
  ["sha256", "ab", "[file:hashes.'SHA-256' = 'ab']"],
  ["sha512", "ab", "[file:hashes.'SHA-512' = 'ab']"],
  ["email", "a@a.example", "[email-addr:value = 'a@a.example']"],
] as const)("writes the pattern of %s %s", (type, value, pattern) => expect(stixPattern(type, value)).toBe(pattern));

describe("a bundle", () => {
  it("has the shape of the standard, in the contract's order, and every reference resolves", async () => {
    const { objects = [] } = await bundleOf(held);
    const types = objects.map(({ type }) => type);
    expect(types.slice(0, 6)).toEqual(["identity", ...tlps.map(() => "marking-definition")]);
    expect(types.slice(6)).toEqual([...Array(14).fill("indicator"), "vulnerability", "attack-pattern"]);
    const ids = new Set(objects.map(({ id }) => id));
    expect(ids.size).toBe(objects.length);
    for (const object of objects) {
      if (object.type === "identity" || object.type === "marking-definition") continue;
      expect(ids).toContain(object.created_by_ref);
      for (const id of object.object_marking_refs) expect(ids).toContain(id);
      expect(object.modified >= object.created).toBe(true);
    }
  });

  it("is valid whatever a source wrote", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(...held),
        word,
        word,
        fc.array(fc.oneof(fc.constantFrom("T1053.005", "T1547.001", "T0855", "TA0011", "G0016", "T9999"), word)),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") }),
        (ioc, tag, note, mitreTechniques, day) => {
          const said = { tags: [tag], context: note, threatType: note, malwareFamily: tag, mitreTechniques };
          const odd = { ...ioc, ...said, validUntil: day };
          const object = stixObject(odd, viewOf("Tocsin", null, true));
          objectShape.parse(JSON.parse(JSON.stringify(object)));
        },
      ),
    );
  });

  it("keeps its ids", async () => {
    const { id, objects = [] } = await bundleOf(held.slice(0, 1));
    expect([id, objects[0]?.id, objects[6]?.id]).toEqual([
      "bundle--b1ad653a-a9e7-5cf5-a791-465396b9e8a9",
      "identity--008c890d-e9c0-5399-b15c-ab19b6d10910",
      "indicator--179be9fd-3aee-5a9d-ae63-ba3cb3a49bfc",
    ]);
    expect(tlps.map((tlp) => stixMarking(tlp).id.slice(20, 28))).toEqual([
      "94868c89",
      "bab4a63c",
      "55d920b0",
      "939a9414",
      "e828b379",
    ]);
  });

  it("leaves identity and markings out when told to, and objects when there is nothing at all", async () => {
    const bare = { include_identity: "false", include_markings: "false" };
    const { objects = [] } = await bundleOf(held.slice(0, 1), bare);
    expect(objects).toHaveLength(1);
    expect(objects[0]).not.toHaveProperty("created_by_ref");
    expect(objects[0]).toHaveProperty("object_marking_refs");
    expect(await bundleOf([], bare)).toEqual({ type: "bundle", id: "bundle--b1ad653a-a9e7-5cf5-a791-465396b9e8a9" });
    expect(await textOf(stix.documentOf(stix.options.parse({ ...bare, format: "objects" })), none(), about)).toBe(
      "[]\n",
    );
  });

  it("gives the confidences of the standard", () => {
    const of = (confidence: IocRecord["confidence"]) => stixObject(first({ confidence }), viewOf("Tocsin", null, true));
    expect([of("high"), of("medium"), of("low")].map((object) => object?.confidence)).toEqual([85, 50, 15]);
  });

  it("labels by confidence, by request, and never below the sources", () => {
    expect(stixTlp({ confidence: "high", tlp: "clear" }, null)).toBe("green");
    expect(stixTlp({ confidence: "medium", tlp: "clear" }, null)).toBe("amber");
    expect(stixTlp({ confidence: "low", tlp: "clear" }, null)).toBe("clear");
    expect(stixTlp({ confidence: "high", tlp: "clear" }, "clear")).toBe("clear");
    expect(stixTlp({ confidence: "high", tlp: "clear" }, "red")).toBe("red");
    expect(stixTlp({ confidence: "high", tlp: "amber+strict" }, "clear")).toBe("amber+strict");
  });

  it("drops an end that is not later than the beginning, and what ATT&CK has beside techniques", () => {
    const { firstSeen } = first({});
    const object = stixObject(first({ validUntil: firstSeen }), viewOf("Tocsin", null, true));
    expect(object).not.toHaveProperty("valid_until");
    expect(stixObject(first({ type: "mitre_attack", value: "TA0001" }), viewOf("Tocsin", null, true))).toBeNull();
  });

  it("names techniques as ATT&CK does, and by their id where the tables lack them", () => {
    const of = (value: string) => stixObject(first({ type: "mitre_attack", value }), viewOf("Tocsin", null, true));
    expect(of("T1059.001")).toMatchObject({
      name: "Command and Scripting Interpreter: PowerShell",
      kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "execution" }],
      external_references: [
        {
          source_name: "mitre-attack",
          external_id: "T1059.001",
          url: "https://attack.mitre.org/techniques/T1059/001/",
        },
      ],
    });
    expect(of("T0855")).toMatchObject({
      name: "Unauthorized Command Message",
      kill_chain_phases: [{ kill_chain_name: "mitre-ics-attack", phase_name: "impair-process-control" }],
    });
    expect(of("T9999")).toMatchObject({ name: "T9999" });
    expect(of("T9999")).not.toHaveProperty("kill_chain_phases");
  });

  it("says each tactic of an indicator's techniques once, in the order of the techniques", () => {
    const phases = (mitreTechniques: string[]) =>
      stixObject(first({ mitreTechniques }), viewOf("Tocsin", null, true))?.kill_chain_phases;
    const enterprise = (...names: string[]) =>
      names.map((phase_name) => ({ kill_chain_name: "mitre-attack", phase_name }));
    expect(phases(["T1071.001", "T1105", "T1053.005"])).toEqual(
      enterprise("command-and-control", "execution", "persistence", "privilege-escalation"),
    );
    expect(phases(["TA0040", "T1486"])).toEqual(enterprise("impact"));
    // Both matrices have such a tactic.
    expect(phases(["T1059", "T0807"])).toEqual([
      ...enterprise("execution"),
      { kill_chain_name: "mitre-ics-attack", phase_name: "execution" },
    ]);
    expect(phases(["G0016", "T9999"])).toBeUndefined();
  });

  it("revokes what nobody stands for and what is a known good, and gives what returns another id", () => {
    const of = (changes: Partial<IocRecord>) => stixObject(first(changes), viewOf("Tocsin", null, true));
    expect(of({})).not.toHaveProperty("revoked");
    expect(of({ withdrawnAt: new Date("2026-11-21T00:00:00.000Z") })).toMatchObject({ id: of({})?.id, revoked: true });
    expect(of({ warnings: ["public resolvers"] })).toMatchObject({ id: of({})?.id, revoked: true });
    const ids = [of({}), of({ generation: 1 }), of({ generation: 2 })].map((object) => object?.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[1]).toBe(of({ generation: 1 })?.id);
    objectShape.parse(of({ generation: 1, warnings: ["public resolvers"] }));
  });

  it("is the same text as an array, but for what is around the objects", async () => {
    const objects = JSON.parse(
      await textOf(stix.documentOf(stix.options.parse({ format: "objects" })), pages(), about),
    );
    expect(objects).toEqual(JSON.parse(await textOf(stix, pages(), about)).objects);
  });
});

it("refuses options that it does not know", () => {
  for (const wrong of [{ tlp: "white" }, { format: "xml" }, { include_identity: "yes" }]) {
    expect(stix.options.safeParse(wrong).success).toBe(false);
  }
});

async function* none() {}

function first(changes: Partial<IocRecord>): IocRecord {
  const [record] = held;
  if (!record) throw new Error("no record");
  return { ...record, ...changes };
}
