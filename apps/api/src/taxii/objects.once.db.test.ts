import { sequenceChanges } from "@tocsin/core/changes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  bad,
  buildTaxiiApp,
  envelope,
  good,
  idsOf,
  manifest,
  manifestOf,
  objectsOf,
  stixTime,
  type TaxiiApp,
} from "../testing/taxii";

let t: TaxiiApp["t"];
let clock: TaxiiApp["clock"];
let get: TaxiiApp["get"];
let walk: TaxiiApp["walk"];

beforeAll(async () => {
  ({ t, clock, get, walk } = await buildTaxiiApp());
});
afterAll(() => t.close());

describe("objects and their manifest", () => {
  it.each([1, 2, 7, 1_000])("are the same in pages of %s, in order, none twice", async (limit) => {
    const objects = await walk(objectsOf("all"), envelope, { limit: String(limit) });
    const records = await walk(manifestOf("all"), manifest, { limit: String(limit) });
    expect(idsOf(objects)).toEqual(idsOf(records));
    expect(new Set(idsOf(objects)).size).toBe(6 + 33);
    const times = records.flatMap(({ objects: list = [] }) => list.map(({ date_added }) => date_added));
    expect(times).toEqual([...new Set(times)].sort());
    const contents = objects.flatMap((page) => page.objects ?? []);
    const versions = records.flatMap((page) => page.objects ?? []).map(({ version }) => version);
    expect(contents.map((one) => one.modified ?? one.created)).toEqual(versions);
  });

  it("begin with what the others refer to", async () => {
    const types = async (name: string) =>
      (await walk(objectsOf(name), envelope, {})).flatMap((page) => page.objects ?? []).map(({ type }) => type);
    for (const name of ["all", "network", "ips", "hashes", "cves"]) {
      expect((await types(name)).slice(0, 6)).toEqual(["identity", ...Array(5).fill("marking-definition")]);
    }
    expect((await types("network")).slice(6)).toEqual(Array(30).fill("indicator"));
    expect((await types("ips")).slice(6)).toEqual(Array(10).fill("indicator"));
    expect((await types("hashes")).slice(6)).toEqual(["indicator"]);
    expect((await types("cves")).slice(6)).toEqual(["vulnerability"]);
    expect(await types("all")).toContain("attack-pattern");
  });

  it("are told of by the times of the first and the last", async () => {
    for (const url of [objectsOf("network"), manifestOf("network")]) {
      const response = await get(`${url}?limit=9`);
      const records = good(await get(`${manifestOf("network")}?limit=9`), manifest).objects ?? [];
      expect(response.headers["x-taxii-date-added-first"]).toBe(records[0]?.date_added);
      expect(response.headers["x-taxii-date-added-last"]).toBe(records[8]?.date_added);
    }
  });

  it("are shown one by one, with their versions", async () => {
    const versions = z.strictObject({ versions: z.array(stixTime).min(1).optional() });
    for (const one of (await walk(objectsOf("all"), envelope, {})).flatMap((page) => page.objects ?? [])) {
      const response = await get(`${objectsOf("all")}${one.id}/`);
      expect(good(response, envelope)).toEqual({ more: false, objects: [one] });
      expect(response.headers["x-taxii-date-added-first"]).toBe(response.headers["x-taxii-date-added-last"]);
      const list = await get(`${objectsOf("all")}${one.id}/versions/`);
      expect(good(list, versions)).toEqual({ versions: [one.modified ?? one.created] });
      expect(list.headers["x-taxii-date-added-last"]).toBe(response.headers["x-taxii-date-added-last"]);
      clock.skip(5_000);
    }
    const [vulnerability] = idsOf(await walk(objectsOf("cves"), envelope, { "match[type]": "vulnerability" }));
    const url = `${objectsOf("all")}${vulnerability}/`;
    for (const query of [
      "added_after=9999-01-01T00:00:00Z",
      "match[version]=2020-01-01T00:00:00Z",
      "match[spec_version]=2.0",
    ]) {
      expect(good(await get(`${url}?${query}`), envelope)).toEqual({});
    }
    for (const query of ["limit=0", "added_after=x", "match[version]=x", "next=x"]) {
      expect(bad(await get(`${url}?${query}`)).status).toBe(400);
    }
    const nowhere = [
      `${objectsOf("hashes")}${vulnerability}/`,
      `${objectsOf("all")}${String(vulnerability).replace("vulnerability", "indicator")}/`,
      `${objectsOf("all")}indicator--00000000-0000-4000-8000-000000000000/`,
      `${objectsOf("all")}nonsense/`,
    ];
    for (const wrong of nowhere) {
      expect(bad(await get(wrong))).toEqual({ status: 404, code: "not_found" });
      expect(bad(await get(`${wrong}versions/`))).toEqual({ status: 404, code: "not_found" });
    }
  });
});

describe("a poller", () => {
  it("meets what changes at the end, and what is withdrawn once more, revoked", async () => {
    const before = await get(manifestOf("all"));
    const added_after = String(before.headers["x-taxii-date-added-last"]);
    const change = (set: string, value: string) =>
      t.deps.db.sql.query(
        `WITH changed AS (
           UPDATE ioc SET ${set}, updated_at = updated_at + interval '1 second' WHERE value = $1 RETURNING id
         ) INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
        [value],
      );
    await change("tags = '{more}'", "n1.malware.example");
    await change("withdrawn_at = now()", "n2.malware.example");
    await sequenceChanges(t.deps.context);
    const [page] = await walk(objectsOf("all"), envelope, { added_after });
    expect(page?.objects?.map(({ name, revoked }) => [name, revoked])).toEqual([
      ["n1.malware.example", undefined],
      ["n2.malware.example", true],
    ]);
    const ids = idsOf(await walk(objectsOf("all"), envelope, { limit: "10" }));
    expect(new Set(ids).size).toBe(39);
  });

  it("sees no further back than its tier", async () => {
    const workspace = { id: t.operator.workspaceId };
    await t.deps.db.prisma.workspace.update({ where: workspace, data: { overrides: { iocLookbackDays: 0 } } });
    const objects = (await walk(objectsOf("all"), envelope, {})).flatMap((page) => page.objects ?? []);
    expect(objects.map(({ type }) => type)).toEqual(["identity", ...Array(5).fill("marking-definition")]);
    await t.deps.db.prisma.workspace.update({ where: workspace, data: { overrides: {} } });
  });

  it("is counted", async () => {
    const { secret, id } = await t.createKey(t.operator);
    await get(objectsOf("all"), { authorization: `Bearer ${secret}` });
    await t.deps.usage.flush(t.deps.context);
    const rows = await t.deps.db.sql.query<{ route: string }>(
      "SELECT route FROM usage_minute WHERE key_id = $1::uuid",
      [id],
    );
    expect(rows).toEqual([{ route: "/api/taxii2/api/collections/:collection/objects/" }]);
  });
});
