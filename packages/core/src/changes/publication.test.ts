import { describe, expect, it } from "vitest";
import { type Changed, decideEditions } from "./publication";

const changed = (changes: Partial<Changed>): Changed => ({
  generation: 0,
  updatedAt: 20,
  revoked: false,
  publishable: true,
  published: [],
  ...changes,
});
const published = (generation: number, modified: number, frozen = false) => ({ generation, modified, frozen });

describe("decideEditions", () => {
  it.each<[string, Partial<Changed>, object[]]>([
    ["what is new", {}, [{ generation: 0, revoked: false, modified: 20 }]],
    ["what has changed", { published: [published(0, 10)] }, [{ generation: 0, revoked: false, modified: 20 }]],
    ["nothing twice", { published: [published(0, 20)] }, []],
    [
      "what is revoked",
      { revoked: true, published: [published(0, 10)] },
      [{ generation: 0, revoked: true, modified: 20 }],
    ],
    ["nothing that nobody knew", { revoked: true }, []],
    ["nothing after the end", { revoked: true, published: [published(0, 10, true)] }, []],
    ["nothing that STIX has no object for", { publishable: false }, []],
    [
      "what came back under its new id",
      { generation: 1, published: [published(0, 10, true)] },
      [{ generation: 1, revoked: false, modified: 20 }],
    ],
    [
      "the end that nobody saw before the new beginning",
      { generation: 1, published: [published(0, 10)] },
      [
        { generation: 0, revoked: true, modified: 20 },
        { generation: 1, revoked: false, modified: 20 },
      ],
    ],
    [
      "the end that nobody saw, also of what has ended again",
      { generation: 2, revoked: true, published: [published(0, 5, true), published(1, 25)] },
      [{ generation: 1, revoked: true, modified: 26 }],
    ],
  ])("publishes %s", (_, changes, publish) => {
    expect(decideEditions(changed(changes))).toEqual({ publish });
  });

  it("asks for another generation where the id is revoked and the IOC is not", () => {
    expect(decideEditions(changed({ published: [published(0, 10, true)] }))).toEqual({ publish: [], returns: true });
  });
});
