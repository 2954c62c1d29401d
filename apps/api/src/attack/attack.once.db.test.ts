import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attackBodies, bodyKinds } from "./bodies";
import { attackCrossSite } from "./csrf";
import { attackForeignIds, unknownIdFields } from "./idor";
import { attackAtOnce, attackTwice } from "./races";
import { type Target, targetsOf } from "./targets";
import { attackParser, attackSlowly, attackTargets, attackUnread } from "./unread";
import { buildWorld, type World } from "./world";

let world: World;
let targets: Target[];

beforeAll(async () => {
  world = await buildWorld();
  targets = targetsOf(world);
});
afterAll(async () => {
  process.stdout.write(`\n${world.ledger.table()}\n`);
  await world.close();
});

describe("every route and procedure", { timeout: 300_000 }, () => {
  it("is a target: those of the route table, the router and the accounts", () => {
    const names = targets.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(150);
    for (const name of [
      "DELETE /api/v1/keys/:keyId",
      "tRPC keys.revoke",
      "POST /api/auth/change-password",
      "POST /api/setup",
    ]) {
      expect(names).toContain(name);
    }
  });

  it("withstands what another site's page sends", async () => {
    await attackCrossSite(world, targets);
    world.ledger.requireWithstood("cross-site");
  });

  it("names no id that nobody has looked at", () => {
    expect(unknownIdFields()).toEqual([]);
  });

  it("shows and changes nothing of another workspace", async () => {
    await attackForeignIds(world);
    world.ledger.requireWithstood("foreign ids");
  });

  it.each(bodyKinds)("withstands bodies of the kind: %s", async (kind) => {
    await attackBodies(world, targets, kind);
    world.ledger.requireWithstood(kind);
  });

  it("may be called again by who is not sure", async () => {
    await attackTwice(world);
    world.ledger.requireWithstood("repeated");
  });
});

describe("connections", () => {
  it("are answered and ended where no request can be read", async () => {
    await attackParser(world);
    await attackTargets(world);
    world.ledger.requireWithstood("parser");
  });

  it("are ended where a request does not come in its time", async () => {
    await attackSlowly(world);
    world.ledger.requireWithstood("slow");
  });

  it("that are never read hold up nobody else", async () => {
    await attackUnread(world);
    world.ledger.requireWithstood("unread");
  });
});

it("what may be had once is had once by those who come together", async () => {
  await attackAtOnce(world);
  world.ledger.requireWithstood("parallel");
});
