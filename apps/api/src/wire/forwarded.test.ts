import { describe, expect, it } from "vitest";
import { forwardedFor, plainAddress, settleForwarded } from "./forwarded";

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["192.0.2.7:51234", "192.0.2.7"],
  ["[2001:db8::7]:51234", "2001:db8::7"],
  ["[2001:db8::7]", "2001:db8::7"],
  ["2001:db8::7", "2001:db8::7"],
  [' "[2001:db8::7]:443" ', "2001:db8::7"],
  ["unknown", "unknown"],
])("%s is the address %s", (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

it("reads the addresses of RFC 7239, in their order", () => {
  const field = 'for=192.0.2.43, for="[2001:db8:cafe::17]:4711";proto=https;by=203.0.113.43, proto=http, For=_hidden';
  expect(forwardedFor(field)).toEqual(["192.0.2.43", "2001:db8:cafe::17", "unknown", "_hidden"]);
});

it("takes a comma in quotes for no end of an element", () => {
  expect(forwardedFor('by="a,b";for=192.0.2.1,for=192.0.2.2')).toEqual(["192.0.2.1", "192.0.2.2"]);
});

describe("what a proxy is trusted with", () => {
  it("is the one field that it writes", () => {
    const headers = { "x-forwarded-for": "198.51.100.1", forwarded: "for=192.0.2.1:99" };
    settleForwarded(headers, "forwarded");
    expect(headers["x-forwarded-for"]).toBe("192.0.2.1");
  });

  it("is nothing where that field is absent", () => {
    const headers: Record<string, string> = { "x-forwarded-for": "198.51.100.1" };
    settleForwarded(headers, "forwarded");
    expect(headers).toEqual({});
  });

  it("is every address of a chain, without ports", () => {
    const headers = { "x-forwarded-for": "192.0.2.1:5, [2001:db8::1]:6,198.51.100.2" };
    settleForwarded(headers, "x-forwarded-for");
    expect(headers["x-forwarded-for"]).toBe("192.0.2.1, 2001:db8::1, 198.51.100.2");
  });
});
