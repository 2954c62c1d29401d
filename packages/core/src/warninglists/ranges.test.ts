import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../values";
import { createRangeMap, type Range, rangeOf } from "./ranges";

type Network = { type: "ipv4" | "ipv6"; value: bigint; bits: number };

const width = (type: Network["type"]) => (type === "ipv4" ? 32 : 128);

/** Crowded on purpose, so that networks meet, touch and hold each other. */
const network = (type: Network["type"]): fc.Arbitrary<Network> =>
  fc
    .record({
      high: fc.constantFrom(0n, 1n, 2n, 255n),
      low: fc.oneof(fc.bigInt({ min: 0n, max: 1_023n }), fc.constant((1n << BigInt(width(type) - 8)) - 1n)),
      bits: fc.oneof(fc.integer({ min: 0, max: width(type) }), fc.integer({ min: width(type) - 10, max: width(type) })),
    })
    .map(({ high, low, bits }) => ({ type, value: (high << BigInt(width(type) - 8)) | low, bits }))
    // ::ffff:0:0/96 is IPv4.
    .filter(({ value }) => type === "ipv4" || value >> 32n !== 0xffffn);

const text = ({ type, value, bits }: Network) => {
  const groups = Array.from({ length: width(type) / 16 }, (_, index) =>
    Number((value >> BigInt(width(type) - 16 * (index + 1))) & 0xffffn),
  );
  return `${formatAddress({ type, groups })}/${bits}`;
};
const first = ({ type, value, bits }: Network) => (value >> BigInt(width(type) - bits)) << BigInt(width(type) - bits);
const last = (net: Network) => first(net) | ((1n << BigInt(width(net.type) - net.bits)) - 1n);
const range = (net: Network) => rangeOf(text(net)) as Range;

describe.each(["ipv4", "ipv6"] as const)("a map of %s ranges", (type) => {
  it("finds who holds and who touches a network, as arithmetic on whole numbers does", () => {
    const listed = fc.array(fc.record({ net: network(type), owner: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(listed, network(type), (lists, asked) => {
        const map = createRangeMap(lists.map(({ net, owner }) => ({ ...range(net), owner })));
        const touching = lists.filter(({ net }) => first(net) <= last(asked) && last(net) >= first(asked));
        const owners = [...new Set(touching.map(({ owner }) => owner))];
        // Several networks of one list may hold it together: every address at an edge of any of them tells.
        const places = [
          first(asked),
          ...lists
            .flatMap(({ net }) => [first(net), last(net) + 1n])
            .filter((at) => at > first(asked) && at <= last(asked)),
        ];
        const holding = owners.filter((owner) =>
          places.every((at) => lists.some((one) => one.owner === owner && first(one.net) <= at && at <= last(one.net))),
        );
        expect([...map.touching(range(asked))].sort()).toEqual(owners.sort());
        expect([...map.holding(range(asked))].sort()).toEqual(holding.sort());
      }),
      { numRuns: 2_000 },
    );
  });
});

it.each([
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/x",
  "300.0.0.1",
  "2001:db8::/129",
  "example.com",
  "",
  "/8",
  "1.2.3.4/8/8",
])("has no range for %j", (value) => {
  expect(rangeOf(value)).toBeNull();
});

it("reads an IPv4-mapped network as IPv4", () => {
  expect(rangeOf("::ffff:192.0.2.0/120")).toEqual(rangeOf("192.0.2.0/24"));
  expect(rangeOf("::ffff:192.0.2.0/90")).toBeNull();
});

it("reads plain addresses as it reads networks of one", () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(part, part, part, part, (...parts) => {
      expect(rangeOf(parts.join("."))).toEqual(rangeOf(`${parts.join(".")}/32`));
    }),
  );
  for (const wrong of ["1.2.3.04", "1.2.3", "1.2.3.4.5", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.256"])
    expect(rangeOf(wrong)).toBeNull();
});
