import http from "node:http";
import type { AddressInfo } from "node:net";
import { tlpOfMarking } from "@tocsin/core/values";
import { loadOwnFeeds, runFeed } from "@tocsin/feeds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const kept = ["white", "clear", "green", "amber", "amber+strict"] as const;
const stored = { white: "clear", clear: "clear", green: "green", amber: "amber", "amber+strict": "amber+strict" };
const markings = {
  white: "613f2e26-407d-48c7-9eca-b8e91df99dc9",
  clear: "94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "34098fce-860f-48ae-8e50-ebd3cc5e41da",
  amber: "f88d31f6-486f-44da-b317-01333bde0b82",
  "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "e828b379-4e03-4974-9ac4-e53a884c97c1",
};

let t: TestApp;
let secret: string;
let body = "";
const server = http.createServer((_request, response) => response.end(body));

beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_ALLOW_PRIVATE_FEEDS: "on", TOCSIN_FEEDS: "tor-bulk" } });
  secret = (await t.createKey(t.operator)).secret;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  for (const format of ["misp", "stix", "csv", "ndjson"]) await addFeed(format);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await t.close();
});

async function addFeed(format: string): Promise<void> {
  const payload = {
    ...{ name: format, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`, format },
    ...{ mapping: { fields: { value: "value" } }, auth: { kind: "none" }, category: "commercial" },
    ...{ confidence: "high", tlp: "clear", lifetime_days: 14 },
  };
  const answer = await t.app.inject({
    method: "POST",
    url: "/api/trpc/ownFeeds.add",
    headers: { host: "127.0.0.1:8080", origin: "http://127.0.0.1:8080", cookie: t.operator.cookie },
    payload,
  });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining(`own-${format}`)]);
}

async function pull(format: string, content: unknown) {
  body = typeof content === "string" ? content : JSON.stringify(content);
  const definition = (await loadOwnFeeds(t.deps.context)).find(({ id }) => id === `own-${format}`);
  if (!definition) throw new Error("not loaded");
  return runFeed(t.deps.context, definition, { node: "test", trigger: "manual", settings: t.deps.feedSettings });
}

let ids = 0;
const uuid = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`;
const tags = (label: string) => [{ name: `TLP:${label.toUpperCase()}` }];
const attribute = (value: string, more = {}) => ({ uuid: uuid(), type: "domain", value, to_ids: true, ...more });
const event = (parts: object) => ({ Event: { uuid: uuid(), info: "Event", Attribute: [], ...parts } });
const indicator = (value: string, more = {}) => ({
  ...{
    type: "indicator",
    id: `indicator--${uuid()}`,
    pattern: `[domain-name:value = '${value}']`,
    pattern_type: "stix",
  },
  ...{ valid_from: "2026-11-01T00:00:00Z", ...more },
});
const bundle = (objects: unknown[], more = {}) => ({ type: "bundle", id: `bundle--${uuid()}`, objects, ...more });
const refs = (id: string) => ({ object_marking_refs: [`marking-definition--${id}`] });
const extension = (label: string, id: string) => ({
  ...{ type: "marking-definition", id: `marking-definition--${id}`, spec_version: "2.1" },
  extensions: {
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {
      ...{ extension_type: "property-extension", tlp_2_0: label },
    },
  },
});
const statement = (label: string, id: string) => ({
  ...{
    type: "marking-definition",
    id: `marking-definition--${id}`,
    definition_type: "tlp",
    definition: { tlp: label },
  },
});

type Label = keyof typeof markings;
/** How each form says that a value has a label. */
const forms: Readonly<Record<string, { format: string; say: (value: string, label: Label) => unknown }>> = {
  "misp-event": { format: "misp", say: (value, label) => event({ Tag: tags(label), Attribute: [attribute(value)] }) },
  "misp-object": {
    format: "misp",
    say: (value, label) => event({ Object: [{ name: "a", Tag: tags(label), Attribute: [attribute(value)] }] }),
  },
  "misp-attribute": {
    format: "misp",
    say: (value, label) => event({ Tag: tags("white"), Attribute: [attribute(value, { Tag: tags(label) })] }),
  },
  "misp-search": {
    format: "misp",
    say: (value, label) => ({ response: [event({ Tag: tags(label), Attribute: [attribute(value)] })] }),
  },
  "stix-object": { format: "stix", say: (value, label) => bundle([indicator(value, refs(markings[label]))]) },
  "stix-bundle": { format: "stix", say: (value, label) => bundle([indicator(value)], refs(markings[label])) },
  "stix-line": {
    format: "stix",
    say: (value, label) =>
      [bundle([indicator(value)], refs(markings[label])), bundle([])].map((each) => JSON.stringify(each)).join("\n"),
  },
  "stix-extension": {
    format: "stix",
    say: (value, label) => {
      const id = uuid();
      return bundle([indicator(value, refs(id)), extension(label, id)]);
    },
  },
  "stix-statement": {
    format: "stix",
    say: (value, label) => {
      const id = uuid();
      return bundle([indicator(value, refs(id)), statement(label, id)]);
    },
  },
  "stix-part": {
    format: "stix",
    say: (value, label) => {
      const part = { marking_ref: `marking-definition--${markings[label]}`, selectors: ["pattern"] };
      return bundle([indicator(value, { granular_markings: [part] })]);
    },
  },
  "csv-column": { format: "csv", say: (value, label) => `value,TLP\n${value},"tlp: ${label}"\n` },
  "ndjson-member": { format: "ndjson", say: (value, label) => `${JSON.stringify({ value, tlp: label })}\n` },
};

const read = (path: string) =>
  inject(t, { method: "GET", url: `/api/v1/${path}` }, { authorization: `Bearer ${secret}` });
const nameOf = (form: string, label: Label) => `${form}-${label.replace("+", "-")}.example.org`;

describe.each(Object.entries(forms))("a label in the form of %s", (form, { format, say }) => {
  it("is what lists, lookups and exports say, and RED is nowhere", async () => {
    for (const label of kept) {
      const value = nameOf(form, label);
      const run = await pull(format, say(value, label));
      expect([label, run.warnings, run.iocsNew]).toEqual([label, [], 1]);
      const lookup = await read(`lookup?ioc=${value}`);
      expect(lookup.json().data.found).toBe(true);
      expect(lookup.body).toContain(`tlp.${stored[label].replace("+", "-")}`);
    }
    const run = await pull(format, say(nameOf(form, "red"), "red"));
    expect(run).toMatchObject({ status: "ok", bad: 0, iocsNew: 0 });
    expect(run.warnings).toEqual(["1 values labelled TLP:RED were passed over: RED is for named recipients alone"]);
    expect((await read(`lookup?ioc=${nameOf(form, "red")}`)).json().data.found).toBe(false);

    const { said, text } = await everything();
    for (const label of kept) {
      const tlp = stored[label];
      expect([form, label, said(nameOf(form, label))]).toEqual([form, label, [tlp, tlp, `tlp:${tlp}`]]);
    }
    expect(text).not.toContain("-red.example");
  });
});

/** The label of a value in a list, an export of STIX and one of MISP. */
async function everything(): Promise<{ said: (value: string) => unknown[]; text: string }> {
  const [list, stix, misp] = await Promise.all([
    read("iocs?limit=500"),
    read("iocs/stix?tlp=clear&limit=500"),
    read("iocs/misp?limit=500"),
  ]);
  const listed: { value: string; tlp: string }[] = list.json().data;
  const objects: { pattern?: string; object_marking_refs?: string[] }[] = stix.json().objects;
  const attributes: { value: string; Tag: { name: string }[] }[] = misp.json().Event.Attribute;
  const said = (value: string) => [
    listed.find((row) => row.value === value)?.tlp,
    tlpOfMarking(objects.find(({ pattern }) => pattern?.includes(`'${value}'`))?.object_marking_refs?.[0] ?? ""),
    attributes.find((row) => row.value === value)?.Tag.find(({ name }) => name.startsWith("tlp:"))?.name,
  ];
  return { said, text: list.body + stix.body + misp.body };
}

it("a value that becomes RED ends, and its run's record holds nothing of it", async () => {
  const first = attribute("later-red.example.net");
  await pull("misp", event({ Attribute: [first, attribute("stays.example.net")] }));
  const red = { ...first, comment: "secret words", Tag: tags("red") };
  const run = await pull(
    "misp",
    event({ Attribute: [red, attribute("?", { Tag: tags("red") }), attribute("stays.example.net")] }),
  );
  expect(run.warnings).toHaveLength(2);
  const values = ((await read("iocs?limit=500")).json().data as { value: string }[]).map(({ value }) => value);
  expect(values).toContain("stays.example.net");
  expect(values).not.toContain("later-red.example.net");
  const runs = JSON.stringify(await t.deps.db.sql.query("SELECT * FROM feed_run"));
  expect(runs).not.toMatch(/secret words|-red\.example/);
});

it("words of a stricter object stay away from an indicator of a lesser label", async () => {
  const report = { type: "report", id: `report--${uuid()}`, name: "Secret report", ...refs(markings.red) };
  const malware = { type: "malware", id: `malware--${uuid()}`, name: "SecretKit", ...refs(markings.amber) };
  const open = indicator("open.example.net");
  const link = { type: "relationship", id: `relationship--${uuid()}`, source_ref: open.id, target_ref: malware.id };
  await pull("stix", bundle([report, malware, open, link]));
  const answer = await read("lookup?ioc=open.example.net");
  expect(answer.json().data.found).toBe(true);
  expect(answer.body).not.toMatch(/Secret/);
});

it("a label that nobody knows refuses its row", async () => {
  const run = await pull("csv", "value,tlp\nknown.example.net,green\nunknown.example.net,purple\n");
  expect(run).toMatchObject({ good: 1, bad: 1 });
  expect((await read("lookup?ioc=unknown.example.net")).json().data.found).toBe(false);
});
