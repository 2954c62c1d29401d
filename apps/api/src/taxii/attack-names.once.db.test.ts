import { allTechniques, cacheAttack, type ReadAttack, storeAttack } from "@tocsin/core/attack";
import { sequenceChanges } from "@tocsin/core/changes";
import { announceAttack } from "@tocsin/core/iocs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { inject } from "../testing/requests";
import { buildTaxiiApp, envelope, manifest, manifestOf, objectsOf, type TaxiiApp } from "../testing/taxii";

let app: TaxiiApp;
beforeAll(async () => {
  app = await buildTaxiiApp();
  await addRecords(app.t, [
    { value: "script.malware.example", mitreTechniques: ["T1059"] },
    { value: "gone.malware.example", mitreTechniques: ["T1059"] },
    { value: "other.malware.example", mitreTechniques: ["T1105"] },
  ]);
  await sequenceChanges(app.t.deps.context);
  await app.t.deps.db.sql.query(
    `WITH gone AS (
       UPDATE ioc SET withdrawn_at = updated_at, updated_at = updated_at + interval '1 second'
       WHERE value = 'gone.malware.example' RETURNING id
     ) INSERT INTO ioc_change (ioc_id) SELECT id FROM gone`,
  );
  await sequenceChanges(app.t.deps.context);
});
afterAll(async () => {
  await app.t.deps.db.sql.query("DELETE FROM attack_edition");
  await cacheAttack(app.t.deps.db).refresh();
  await app.t.close();
});

const standing = allTechniques().filter(({ id }) => !id.startsWith("T0"));
const bundle: ReadAttack = {
  matrix: "enterprise",
  version: "99.0",
  modified: new Date("2026-11-01T00:00:00Z"),
  tables: {
    techniques: standing.map((one) =>
      one.id === "T1059" ? { ...one, name: "Interpreters", tactics: ["execution", "impact"] } : one,
    ),
    ...{ tactics: [], former: [], groups: [], software: [] },
  },
};

/** What pollers hold: the bytes of every version of every object. */
async function poll(query: Record<string, string> = {}): Promise<Map<string, string>> {
  const pages = await app.walk(objectsOf("all"), envelope, { ...query, limit: "7" });
  const objects = pages.flatMap((page) => page.objects ?? []);
  return new Map(objects.map((one) => [`${one.id} ${one.modified ?? one.created}`, JSON.stringify(one)]));
}

async function exported(format: string): Promise<string> {
  const url = `/api/v1/iocs/${format}?limit=1000`;
  return (await inject(app.t, { method: "GET", url }, { "x-api-key": app.key })).body;
}
const formats = ["stix", "misp", "sigma"];
const allExported = () => Promise.all(formats.map(exported));
const withoutTimes = (bodies: readonly string[]) => bodies.map((body) => body.replace(/"bundle--[^"]+"/, ""));

it("a version of an object keeps its bytes when ATT&CK renames a technique, and pollers get another version", async () => {
  const { t, clock } = app;
  const before = await poll();
  const documents = withoutTimes(await allExported());
  const known = await app.walk(manifestOf("all"), manifest, {});
  const last = known.flatMap(({ objects = [] }) => objects.map(({ date_added }) => date_added)).at(-1) ?? "";
  expect(
    [...before.values()].filter((one) => one.includes("Command and Scripting Interpreter: PowerShell")),
  ).toHaveLength(1);

  expect(await storeAttack(t.deps.context, bundle)).toMatchObject({ stored: true });
  await cacheAttack(t.deps.db).refresh();
  expect(await poll()).toEqual(before);
  expect(withoutTimes(await allExported())).toEqual(documents);
  expect((await announceAttack(t.deps.context)).changed).toBe(0);

  clock.skip(150_000);
  expect(await poll()).toEqual(before);
  expect((await announceAttack(t.deps.context)).changed).toBe(2);
  await sequenceChanges(t.deps.context);
  const after = await poll();
  for (const [version, bytes] of after) if (before.has(version)) expect(bytes).toBe(before.get(version));

  const news = [...(await poll({ added_after: last })).values()].map((bytes) => JSON.parse(bytes));
  expect(news.map(({ name }) => name).sort()).toEqual(["Interpreters: PowerShell", "script.malware.example"]);
  const script = news.find(({ name }) => name === "script.malware.example");
  expect(script.kill_chain_phases.map((phase: { phase_name: string }) => phase.phase_name)).toEqual([
    "execution",
    "impact",
  ]);
  // What was revoked before has no further version, and says what it did.
  const gone = [...after].filter(([, bytes]) => bytes.includes("gone.malware.example"));
  expect(gone).toEqual([...before].filter(([, bytes]) => bytes.includes("gone.malware.example")));
  expect(gone).toHaveLength(1);
  const [stix = "", misp = "", sigma = ""] = await allExported();
  expect(stix).toContain("Interpreters: PowerShell");
  expect(misp).toContain("Interpreters - T1059");
  expect(sigma).toContain("attack.impact");
});
