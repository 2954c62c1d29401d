import { setTimeout as sleep } from "node:timers/promises";
import { type FeedFacts, prepareIngest } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { openLanes } from "./ingest-lanes";

const feed: FeedFacts = { id: "alpha", name: "A", category: "threat-feed", confidence: "low", tlp: "clear" };
const batch = (...hosts: string[]) =>
  prepareIngest({ feed, pulledAt: new Date(), observations: hosts.map((host) => ({ value: `${host}.example` })) });
const never = new AbortController().signal;

/** A database that takes a while, and logs when it began and ended which batch. */
function slowDatabase(answer: (values: readonly unknown[]) => void = () => {}) {
  const log: string[] = [];
  let most = 0;
  let running = 0;
  const query = async <Row>(_text: string, values: readonly unknown[] = []): Promise<Row[]> => {
    const hosts = String(values[2])
      .split("\u001e")
      .map((value) => value.replace(".example", ""))
      .join("+");
    log.push(`begin ${hosts}`);
    most = Math.max(most, ++running);
    await sleep(20);
    running--;
    answer(values);
    log.push(`end ${hosts}`);
    return [{ iocs_new: 1, iocs_changed: 0, sightings_new: 1 }] as Row[];
  };
  const sql = { query, begin: () => Promise.reject(new Error("not here")) };
  return { ctx: { sql, now: () => new Date() }, log, most: () => most };
}

describe("lanes", () => {
  it("write two batches beside each other, and no more", async () => {
    const database = slowDatabase();
    const lanes = openLanes(database.ctx, never);
    let written = 0;
    for (const host of ["a", "b", "c", "d", "e"]) await lanes.send(batch(host), ({ iocsNew }) => (written += iocsNew));
    expect(written).toBeLessThan(5);
    await lanes.end();
    expect([written, database.most()]).toEqual([5, 2]);
  });

  it("write what bears on one IOC one after the other, in its order", async () => {
    const database = slowDatabase();
    const lanes = openLanes(database.ctx, never);
    for (const hosts of [["a", "x"], ["b", "x"], ["x"], ["c"]]) await lanes.send(batch(...hosts), () => {});
    await lanes.end();
    expect(database.log.slice(0, 5)).toEqual(["begin a+x", "end a+x", "begin b+x", "end b+x", "begin x"]);
    expect(database.log).toHaveLength(8);
  });

  it("end with what one of them threw, and take nothing after it", async () => {
    const database = slowDatabase((values) => {
      if (String(values[2]).startsWith("bad")) throw new Error("the disk is full");
    });
    const lanes = openLanes(database.ctx, never);
    await lanes.send(batch("bad"), () => expect.unreachable());
    await sleep(40);
    await expect(lanes.send(batch("next"), () => {})).rejects.toThrow("the disk is full");
    await expect(lanes.end()).rejects.toThrow("the disk is full");
    expect(database.log).toEqual(["begin bad"]);
  });

  it("try again what PostgreSQL ended for a deadlock", async () => {
    let tries = 0;
    const database = slowDatabase(() => {
      if (++tries < 3) throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
    });
    const lanes = openLanes(database.ctx, never);
    let written = 0;
    await lanes.send(batch("a"), ({ iocsNew }) => (written += iocsNew));
    await lanes.end();
    expect([tries, written]).toEqual([3, 1]);
  });

  it("send nothing once the pull has been stopped", async () => {
    const stopped = new AbortController();
    const database = slowDatabase();
    const lanes = openLanes(database.ctx, stopped.signal);
    await lanes.send(batch("a"), () => {});
    stopped.abort(new Error("stopped"));
    await expect(lanes.send(batch("b"), () => {})).rejects.toThrow("stopped");
    await lanes.end();
    expect(database.log).toEqual(["begin a", "end a"]);
  });
});
