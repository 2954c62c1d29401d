import { describe, expect, it } from "vitest";
import { createDb } from "./client";
import { migrate, readMigrations } from "./migrate";
import { emptyDatabaseUrl } from "./testing";

describe("two nodes", () => {
  it("starting at once: one migrates, the other waits and finds nothing to do", async () => {
    const { url, drop } = await emptyDatabaseUrl();
    const nodes = await Promise.all([createDb({ url }), createDb({ url }), createDb({ url })]);
    const applied = await Promise.all(nodes.map((node) => migrate(node)));
    expect(applied.map((names) => names.length).sort()).toEqual([0, 0, readMigrations().length]);
    await Promise.all(nodes.map((node) => node.close()));
    await drop();
  });
});
