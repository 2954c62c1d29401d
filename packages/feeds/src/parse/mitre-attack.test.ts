import fs from "node:fs";
import path from "node:path";
import { techniqueOf } from "@tocsin/core/attack";
import { describe, expect, it, test } from "vitest";
import { mitreAttack } from "../sources/mitre-attack";
import { sample } from "../testing/samples";
import { fitsAttack, readAttack } from "./mitre-attack";

async function* chunks(body: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
const read = (body: string | Uint8Array, size?: number) => readAttack(chunks(Buffer.from(body), size));
const whole = sample("mitre-attack.json");
const objects = (): Record<string, unknown>[] => JSON.parse(whole.toString()).objects;
const bundle = (some: readonly unknown[], more: object = {}) =>
  JSON.stringify({ type: "bundle", id: "bundle--1", ...more, objects: some });

describe("readAttack", () => {
  const tables = {
    tactics: [
      { id: "TA9001", name: "Example Entry", shortName: "example-entry" },
      { id: "TA9002", name: "Example Harm", shortName: "example-harm" },
    ],
    techniques: [
      { id: "T9001", name: "Example Door", tactics: ["example-entry"] },
      { id: "T9001.001", name: "Back Door", tactics: ["example-entry", "example-harm"] },
      { id: "T9004", name: "Closed Door", tactics: ["example-entry"], withdrawn: true },
    ],
    former: [
      ["G9002", "G9001"],
      ["T9002", "T9001.001"],
      ["T9003", "T9002"],
    ],
    groups: [{ id: "G9001", name: "Example Bear", aliases: ["EXB-01", "Bear of Examples"] }],
    software: [
      { id: "S9001", name: "ExampleRAT", aliases: ["ExRAT"], techniques: ["T9001.001"] },
      { id: "S9002", name: "Example Shell", aliases: [], tool: true, techniques: ["T9001"] },
    ],
  };

  it.each([65_536, 7])("reads STIX 2.1 in pieces of %i bytes", async (size) => {
    expect(fitsAttack(whole.toString().slice(0, 65_536))).toBe(true);
    expect(await read(whole, size)).toMatchObject({
      ok: true,
      records: 14,
      bad: [],
      read: { matrix: "enterprise", version: "99.1", modified: new Date("2026-04-28T14:00:00.188Z"), tables },
    });
  });

  it("reads STIX 2.0, which has no collection", async () => {
    const old = objects().flatMap(({ spec_version, ...object }) =>
      object.type === "x-mitre-collection" ? [] : [object],
    );
    const body = bundle(old, { spec_version: "2.0" });
    expect(fitsAttack(body)).toBe(true);
    expect(await read(body)).toMatchObject({ ok: true, read: { version: "", tables } });
  });

  it("says the same whatever the order of the objects", async () => {
    expect(await read(bundle(objects().reverse()))).toMatchObject({ ok: true, read: { tables } });
  });

  it("takes the matrix that most techniques are of", async () => {
    const chain = "mitre-ics-attack";
    const moved = JSON.stringify(objects()).replaceAll('"mitre-attack","phase_name"', `"${chain}","phase_name"`);
    const body = bundle(JSON.parse(moved));
    expect(await read(body)).toMatchObject({ ok: true, read: { matrix: "ics" } });
  });

  it("lets an id that stands be no former one and no withdrawn one", async () => {
    const again = objects().map((object) =>
      object.name === "Old Door" || object.name === "Closed Door"
        ? JSON.parse(JSON.stringify(object).replace(/T900[24]/g, "T9001"))
        : object,
    );
    const result = await read(bundle(again));
    if (!result.ok) throw new Error(result.problem);
    expect(result.read.tables.techniques).toEqual(tables.techniques.slice(0, 2));
    expect(result.read.tables.former).toEqual([
      ["G9002", "G9001"],
      ["T9003", "T9001"],
    ]);
  });

  it("names objects that cannot be read and takes the others", async () => {
    const pattern = { type: "attack-pattern", id: "attack-pattern--9", name: "Odd" };
    const odd = [
      pattern,
      { ...pattern, external_references: [{ source_name: "mitre-attack", external_id: "X1" }] },
      { ...pattern, name: " ", external_references: [{ source_name: "mitre-attack", external_id: "T9009" }] },
      { ...pattern, revoked: true },
      7,
    ];
    const result = await read(bundle([...objects(), ...odd]));
    expect(result).toMatchObject({ ok: true, records: 14, read: { tables } });
    expect(result.ok && result.bad.map(({ problem }) => problem)).toEqual([
      "attack-pattern without an id of ATT&CK's",
      "attack-pattern without an id of ATT&CK's",
      "attack-pattern without a name",
      "not an object",
    ]);
  });

  it("keeps nothing that a database or a page would stumble over", async () => {
    const odd = objects().map((object) =>
      object.name === "Example Door" ? { ...object, name: "A\u0000\n\ud800 B" } : object,
    );
    const result = await read(bundle(odd));
    expect(result).toMatchObject({
      ok: true,
      read: { tables: { techniques: [{ id: "T9001", name: "A B" }, {}, {}] } },
    });
  });

  it("takes no tactic whose short name could not stand bare in a tag", async () => {
    const odd = JSON.parse(JSON.stringify(objects()).replaceAll('"example-entry"', '"entry: [x]"'));
    const result = await read(bundle(odd));
    expect(result).toMatchObject({
      ok: true,
      read: { tables: { tactics: [{ id: "TA9002" }], techniques: [{ id: "T9001.001", tactics: ["example-harm"] }] } },
    });
  });

  test.each([
    ["a cut body", whole.subarray(0, -20), /cut: the JSON document ends before its end/],
    ["a body that is cut after an object", whole.toString().slice(0, whole.indexOf("},\n    {", 9_000) + 1), /cut/],
    [
      "another bundle",
      bundle([{ type: "indicator", id: "indicator--1", pattern: "[a:b = 'c']" }]),
      /no bundle of ATT&CK/,
    ],
    ["no bundle", "[]", /no bundle of ATT&CK/],
    ["nothing", "", /cut/],
  ])("refuses %s", async (_, body, problem) => {
    expect(await read(body)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  test.each([
    "<!doctype html><title>x</title>",
    "{}",
    '{"type":"bundle","objects":[{"type":"indicator"}]}',
    "mitre-",
    "",
  ])("%j is no bundle of ATT&CK by its head", (head) => {
    expect(fitsAttack(head)).toBe(false);
  });
});

describe("the feed", () => {
  it("asks for the three matrices at MITRE's own place", () => {
    expect(mitreAttack.files.map(({ url }) => new URL(url).pathname)).toEqual(
      ["enterprise", "mobile", "ics"].map(
        (name) => `/mitre-attack/attack-stix-data/master/${name}-attack/${name}-attack.json`,
      ),
    );
  });
});

const folder = path.resolve(import.meta.dirname, "../../../../../shared/feeds");
const file = path.join(folder, "mitre-attack/ics-attack.json");
const present = fs.existsSync(file);
if (!present) console.warn(`mitre-attack.test.ts: skipped in part, ${file} does not exist`);

describe.skipIf(!present)("MITRE's own ICS bundle", () => {
  it("reads whole, with every id of the key and no name that differs from the shipped tables", async () => {
    const body = fs.readFileSync(file);
    expect(fitsAttack(body.subarray(0, 65_536).toString())).toBe(true);
    const result = await read(body);
    if (!result.ok) throw new Error(result.problem);
    const { tables, matrix, version } = result.read;
    expect({ matrix, version, bad: result.bad }).toEqual({ matrix: "ics", version: "18.1", bad: [] });
    const key: { values: { "attack-id": string[] } } = JSON.parse(
      fs.readFileSync(path.join(folder, "expected/mitre-attack__ics-attack.json.json"), "utf8"),
    );
    // Mitigations are named nowhere here.
    const expected = key.values["attack-id"].filter((id) => !id.startsWith("M"));
    const standing = tables.techniques.filter(({ withdrawn }) => !withdrawn);
    const ids = [...standing, ...tables.software].map(({ id }) => id);
    expect(ids.sort()).toEqual(expected.sort());
    for (const { id, name, tactics } of standing) {
      const ours = techniqueOf(id);
      expect([id, ours?.name, ours?.tactics.toSorted()]).toEqual([id, name, tactics.toSorted()]);
    }
    expect(tables.techniques.length - standing.length).toBe(12);
  });
});
