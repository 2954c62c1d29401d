import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Address,
  formatAddress,
  formatNetwork,
  networkHolds,
  parseAddress,
  parseIpv4,
  parseIpv6,
  parseNetwork,
  widthOf,
} from "./address";
import { addressAllowed, addressBucket } from "./address-rules";
import { normalise } from "./normalise";

const shown = (text: string) => {
  const ip = parseAddress(text);
  return ip && formatAddress(ip);
};
const network = (text: string) => {
  const cidr = parseNetwork(text);
  return cidr && formatNetwork(cidr);
};

describe("parseAddress", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:0201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["64:ff9b::192.0.2.1", "64:ff9b::c000:201"],
  ])("reads %s", (text, canonical) => {
    expect(shown(text)).toBe(canonical);
  });

  it.each([
    "",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.01",
    "192.0.2.1.1",
    "192.0.2.1%eth0",
    "192.0.2.1%eth0:1",
    " 192.0.2.1",
    "0x7f.1",
    ":",
    ":::",
    "1::2::3",
    "12345::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "::192.0.2.1:1",
    "g::",
    "localhost",
    `${"0".repeat(70)}::`,
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it("agrees with Node on what is an address", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: fc.constantFrom(..."0123456789abf:.") })),
        (text) => {
          expect(parseAddress(text) !== null).toBe(isIPv4(text) || isIPv6(text));
        },
      ),
    );
  });

  it("is unchanged by writing and reading again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const ip = parseAddress(text);
        expect(ip && parseAddress(formatAddress(ip))).toEqual(ip);
      }),
    );
  });
});

/** Addresses, and what is nearly one. */
const nearAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4().map((quad) => `::ffff:${quad}`),
  fc.string({ unit: fc.constantFrom(..."0123456789abfx:./%") }),
  fc
    .array(fc.oneof(fc.nat({ max: 300 }), fc.constantFrom("", "01", "0x7f", "255")), { maxLength: 5 })
    .map((parts) => parts.join(".")),
  fc
    .array(fc.constantFrom("0", "", "ffff", "1", "00a", "12345", "::"), { maxLength: 10 })
    .map((parts) => parts.join(":")),
);

function readStrictly(text: string): Address | null {
  const strict = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  return strict.ok ? strict.address : null;
}

/** A network as it is, an address as the network of itself. */
function withLength(value: string, type: Address["type"]): string {
  return value.includes("/") ? value : `${value}/${widthOf(type)}`;
}

describe("the readers", () => {
  it("agree on what an address is: the strict ones, that of sockets and that of networks", () => {
    fc.assert(
      fc.property(nearAddress, (text) => {
        const address = readStrictly(text);
        if (!text.includes("%")) expect(parseAddress(text)).toEqual(address);
        if (text.includes("/")) return;
        expect(parseNetwork(text)).toEqual(address && { address, bits: widthOf(address.type) });
      }),
      { numRuns: 1_000 },
    );
  });

  it("read what `normalise` writes as the network that it is", () => {
    const bits = fc.option(fc.nat({ max: 128 }), { nil: null });
    fc.assert(
      fc.property(nearAddress, bits, (text, length) => {
        const raw = length === null ? text : `${text}/${length}`;
        const found = normalise(text.includes(":") ? "ipv6" : "ipv4", raw);
        if (!found.ok) return;
        const network = parseNetwork(found.value);
        expect(network).toEqual(parseNetwork(raw));
        expect(network && formatNetwork(network)).toBe(withLength(found.value, found.type as "ipv4" | "ipv6"));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("parseNetwork", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7/32"],
    ["192.0.2.7/24", "192.0.2.0/24"],
    ["198.51.100.255/31", "198.51.100.254/31"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:db8::1", "2001:db8::1/128"],
    ["2001:db8:ffff::/33", "2001:db8:8000::/33"],
    ["::/0", "::/0"],
    ["::ffff:192.0.2.7", "192.0.2.7/32"],
    ["::ffff:192.0.2.7/120", "192.0.2.0/24"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
    ["::ffff:192.0.2.7/95", "::fffe:0:0/95"],
    ["::ffff:192.0.2.7/0", "::/0"],
  ])("reads %s as %s", (text, canonical) => {
    expect(network(text)).toBe(canonical);
    expect(network(canonical)).toBe(canonical);
  });

  it.each([
    "",
    "/24",
    "192.0.2.0/33",
    "192.0.2.0/-1",
    "192.0.2.0/024",
    "192.0.2.0/",
    "192.0.2.0/24/24",
    "2001:db8::/129",
    "all",
  ])("refuses %j", (text) => {
    expect(parseNetwork(text)).toBeNull();
  });
});

describe("networkHolds", () => {
  it.each([
    ["192.0.2.0/24", "192.0.2.255", true],
    ["192.0.2.0/24", "192.0.3.0", false],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["192.0.2.128/25", "::ffff:192.0.2.128", true],
    ["2001:db8::/33", "2001:db8:7fff::", true],
    ["2001:db8::/33", "2001:db8:8000::", false],
    ["::/0", "2001:db8::", true],
    ["::/0", "192.0.2.1", false],
    ["0.0.0.0/0", "2001:db8::", false],
  ])("%s and %s: %s", (rule, address, inside) => {
    const [cidr, ip] = [parseNetwork(rule), parseAddress(address)];
    if (!cidr || !ip) throw new Error("unreadable");
    expect(networkHolds(cidr, ip)).toBe(inside);
  });

  it("holds exactly the addresses that share the network's bits", () => {
    const number = (text: string) => text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (one, two, bits) => {
        const [cidr, ip] = [parseNetwork(`${one}/${bits}`), parseAddress(two)];
        const block = 2 ** (32 - bits);
        const same = Math.floor(number(one) / block) === Math.floor(number(two) / block);
        expect(cidr && ip && networkHolds(cidr, ip)).toBe(same);
      }),
    );
  });
});

describe("addressAllowed", () => {
  it("lets everyone in without rules, and only known addresses in with them", () => {
    expect(addressAllowed([], null)).toBe(true);
    expect(addressAllowed(["0.0.0.0/0", "::/0"], null)).toBe(false);
    expect(addressAllowed(["0.0.0.0/0", "::/0"], "not an address")).toBe(false);
    expect(addressAllowed(["nonsense"], "192.0.2.1")).toBe(false);
    expect(addressAllowed(["nonsense", "192.0.2.1"], "192.0.2.1")).toBe(true);
  });
});

describe("addressBucket", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3::4", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::", "2001:db8:1:3::/64"],
    [null, "unknown"],
    ["garbage", "unknown"],
  ])("of %s is %s", (address, bucket) => {
    expect(addressBucket(address)).toBe(bucket);
  });
});
