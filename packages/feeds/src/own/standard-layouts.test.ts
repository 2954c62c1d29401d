import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { OwnFeedFormat } from "@tocsin/core/own-feeds";
import { afterAll, describe, expect, it } from "vitest";
import { type Mapping, type Read, readAsPull } from "../testing/read-as-pull";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-own-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

const read = (format: OwnFeedFormat, mapping: Mapping, body: string | Uint8Array) =>
  readAsPull(dir, format, mapping, body);
const values = ({ said }: Read) => said.map(({ value }) => value);

describe("lists of names to block", () => {
  const typed = ({ said }: Read) => said.map(({ type, value }) => `${type} ${value}`);

  it("are hosts files with several names a line", async () => {
    const body =
      "127.0.0.1 localhost localhost.localdomain\n0.0.0.0 a.example b.example c.example # why\n::1 localhost d.example\n";
    const found = await read("hosts", {}, body);
    expect(typed(found)).toEqual(["a", "b", "c", "d"].map((name) => `domain ${name}.example`));
    expect(found.bad).toEqual([]);
  });

  it("are filters of ad blockers", async () => {
    const body =
      "[Adblock Plus 2.0]\n! Title: names\n||a.example^\n||b.example^$third-party,important\n||192.0.2.1^\n@@||c.example^\n||d.example/path^\n";
    const found = await read("hosts", {}, body);
    expect(typed(found)).toEqual(["domain a.example", "domain b.example", "ipv4 192.0.2.1"]);
    expect(found.bad).toEqual([[7, "not a filter that blocks one name"]]);
  });

  it("are lines of dnsmasq", async () => {
    const body =
      "# names\naddress=/a.example/0.0.0.0\naddress=/b.example/c.example/#\nserver=/d.example/\nserver=/e.example/192.0.2.53\n";
    const found = await read("hosts", {}, body);
    expect(typed(found)).toEqual(["a", "b", "c", "d"].map((name) => `domain ${name}.example`));
    expect(found.bad.map(([line]) => line)).toEqual([5]);
  });

  it("are response policy zones with addresses, walled gardens and what is left alone", async () => {
    const body = `$TTL 300
@ SOA localhost. root.localhost. 1 3600 600 86400 300
@ NS localhost.
24.0.100.51.198.rpz-ip CNAME .
32.1.2.0.192.rpz-ip CNAME *.
128.beef.dead.zz.db8.2001.rpz-ip CNAME rpz-drop.
32.zz.db8.2001.rpz-ip CNAME .
a.example 60 IN CNAME garden.example.
*.a.example CNAME .
24.0.113.0.203.rpz-client-ip CNAME .
b.example CNAME rpz-passthru.
`;
    const found = await read("rpz", {}, body);
    expect(typed(found)).toEqual([
      "ipv4 198.51.100.0/24",
      "ipv4 192.0.2.1",
      "ipv6 2001:db8::dead:beef",
      "ipv6 2001:db8::/32",
      "domain a.example",
      "domain a.example",
    ]);
    expect(found.bad.map(([line]) => line)).toEqual([10, 11]);
  });
});

describe("a body of STIX", () => {
  const id = (digit: number) => `indicator--00000000-0000-4000-8000-00000000000${digit}`;
  const indicator = (digit: number, more: object) => ({ type: "indicator", id: id(digit), ...more });
  const lines = (...objects: object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join("");

  it("is read an object or a bundle a line, without types of patterns, and with networks", async () => {
    const family = { type: "malware", id: "malware--1", name: "ExampleSpy" };
    const link = { type: "relationship", id: "relationship--1", source_ref: id(1), target_ref: "malware--1" };
    const bundled = indicator(2, { pattern: "[domain-name:value = 'bad.example']" });
    const body = lines(
      indicator(1, { pattern: "[ipv4-addr:value ISSUBSET '198.51.100.0/24']" }),
      ...[family, link, { type: "bundle", id: "bundle--1", objects: [bundled] }],
    );
    const { said, bad } = await read("stix", {}, body);
    expect(bad).toEqual([]);
    expect(said).toMatchObject([
      { type: "ipv4", value: "198.51.100.0/24", malwareFamily: "ExampleSpy", record: id(1) },
      { type: "domain", value: "bad.example", record: id(2) },
    ]);
    expect((await read("stix", {}, body.slice(0, -20))).cut).toBe("the body ends inside a record");
  });

  it("lists nothing whose valid_until is past, and ends what it said before", async () => {
    const objects = ["2001-02-01T00:00:00Z", "2099-02-01T00:00:00.000Z"].map((until, at) =>
      indicator(at, { pattern: `[domain-name:value = '${at}.example']`, valid_until: until }),
    );
    const found = await read("stix", {}, JSON.stringify({ type: "bundle", objects }));
    expect(values(found)).toEqual(["1.example"]);
    expect([...found.revoked]).toEqual([id(0)]);
  });
});

describe("a body of MISP", () => {
  const attribute = (value: string, more: object) => ({ type: "domain", uuid: value, value, to_ids: true, ...more });

  it.each(["1", 1, "true", true])("takes what is for detection, and passes over what is deleted: %j", async (flag) => {
    const Attribute = [
      attribute("a.example", { to_ids: flag }),
      attribute("b.example", { deleted: flag }),
      attribute("c.example", { to_ids: flag === true ? false : "0" }),
      attribute("d.example", { deleted: "0" }),
    ];
    const found = await read("misp", {}, JSON.stringify({ Event: { info: "Event", Attribute } }));
    expect(values(found)).toEqual(["a.example", "d.example"]);
    expect([...found.revoked]).toEqual(["b.example", "c.example"]);
  });

  it("is an answer to a search for events or attributes, or a list of events, too", async () => {
    const objects = [{ name: "file", Attribute: [attribute("b.example", {})] }];
    const event = (info: string, value: string) => ({
      Event: { info, Attribute: [attribute(value, {})], Object: objects },
    });
    const events = [event("One", "a.example"), event("Two", "c.example")];
    const contexts = async (body: object) =>
      (await read("misp", {}, JSON.stringify(body))).said.map(({ value, context }) => `${value} ${context}`);
    const expected = [
      ...["a.example event: One", "b.example event: One"],
      ...["c.example event: Two", "b.example event: Two"],
    ];
    expect(await contexts({ response: events })).toEqual(expected);
    expect(await contexts(events)).toEqual(expected);
    const found = attribute("d.example", { Event: { info: "Three" } });
    expect(await contexts({ response: { Attribute: [found] } })).toEqual(["d.example event: Three"]);
  });
});
