import { expect, it } from "vitest";
import { pathOfRequest, requireOneHost } from "./request-target";

it.each([
  ["/api/v1/iocs?q=http://a.example/", "/api/v1/iocs?q=http://a.example/", "own.example"],
  ["http://other.example/api/v1/iocs", "/api/v1/iocs", "other.example"],
  ["HTTP://other.example:81/taxii2/?a=b", "/taxii2/?a=b", "other.example:81"],
  ["https://other.example?a=b", "/?a=b", "other.example"],
  ["http://other.example", "/", "other.example"],
  ["*", "*", "own.example"],
  ["//other.example/x", "//other.example/x", "own.example"],
])("of %s the router reads %s, at %s", (url, path, host) => {
  const headers = { host: "own.example" };
  expect([pathOfRequest({ url, headers }), headers.host]).toEqual([path, host]);
});

it("asks for one host", () => {
  const raw = (httpVersion: string, ...rawHeaders: string[]) => ({ httpVersion, rawHeaders });
  expect(() => requireOneHost(raw("1.1", "X-A", "host", "HOST", "a.example"))).not.toThrow();
  expect(() => requireOneHost(raw("1.0"))).not.toThrow();
  for (const bad of [raw("1.1"), raw("1.1", "Host", "a", "host", "a"), raw("1.0", "Host", "a", "Host", "b")]) {
    expect(() => requireOneHost(bad)).toThrow(expect.objectContaining({ code: "malformed_request" }));
  }
});
