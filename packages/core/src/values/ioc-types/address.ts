import {
  formatAddress,
  isPrefixLength,
  leastBits,
  type Network,
  networkAt,
  type ParsedAddress,
  parseIpv4,
  parseIpv6,
  widthOf,
} from "../address";
import { isReservedAddress } from "../special-ranges";
import { type Canonical, type IocTypeEntry, kinds, refuse } from "./entry";

// An address changes hands within weeks.
const shared = {
  inWords: "IPv4 or IPv6 address or network",
  nature: "address",
  changesHands: true,
  random: false,
  lifetimeDays: 30,
  recency: [
    { withinDays: 2, points: 20 },
    { withinDays: 7, points: 15 },
    { withinDays: 14, points: 10 },
    { withinDays: 30, points: 5 },
  ],
  kindOf: () => kinds.address,
} as const satisfies Partial<IocTypeEntry>;

export const ipv4: IocTypeEntry = {
  ...shared,
  label: "IPv4",
  example: "192.0.2.10",
  detection: {
    turn: 2,
    // What is written as one number is taken for an address to be refused as one.
    fits: (text) =>
      /^(?:[0-9]+|[0-9a-fx]+(?:\.[0-9a-fx]+){3}(?:\/[0-9]{1,3})?)$/i.test(text) && !/^[^/]*\.[a-f]+$/i.test(text),
  },
  normalise: (raw) => normaliseAddress("ipv4", raw),
  defang: (value) => value.replaceAll(".", "[.]"),
};

export const ipv6: IocTypeEntry = {
  ...shared,
  label: "IPv6",
  example: "2001:db8::1",
  detection: { turn: 2, fits: (text) => /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f.:]*(?:\/[0-9]{1,3})?$/i.test(text) },
  normalise: (raw) => normaliseAddress("ipv6", raw),
  defang: (value) => value.replaceAll(":", "[:]"),
};

function normaliseAddress(type: "ipv4" | "ipv6", raw: string): Canonical {
  const [text = "", length, ...rest] = raw.split("/");
  const parsed: ParsedAddress = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  if (!parsed.ok) return parsed;
  if (rest.length > 0 || (length !== undefined && !isPrefixLength(length))) {
    return refuse("the prefix length is not a number");
  }
  const { address } = parsed;
  const width = widthOf(address.type);
  // The prefix length of an IPv4-mapped network counts from the start of the IPv6 form.
  const bits = length === undefined ? width : Number(length) - (type === address.type ? 0 : 96);
  if (bits > width || bits < 0) return refuse(`the prefix length is not between 0 and ${widthOf(type)}`);
  if (bits < leastBits[address.type]) {
    return refuse(`a network wider than /${leastBits[address.type]} says nothing of the addresses in it`);
  }
  return canonicalOf(networkAt(address, bits));
}

function canonicalOf({ address, bits }: Network): Canonical {
  const value = formatAddress(address) + (bits === widthOf(address.type) ? "" : `/${bits}`);
  if (isReservedAddress(address, bits)) {
    const problem = "private and reserved addresses are never IOCs";
    return { ok: false, problem, reserved: { type: address.type, value } };
  }
  return { ok: true, value, family: address.type };
}
