import { describe, expect, it } from "vitest";
import { isFromLoopback, proxyRequestId } from "./client";

type Asked = Parameters<typeof isFromLoopback>[0];
const local = { publicUrl: "http://127.0.0.1:8080", trustProxy: [] as string[] };
const asked = (headers: Record<string, string>, remoteAddress = "127.0.0.1") =>
  ({ headers: { host: "127.0.0.1:8080", ...headers }, socket: { remoteAddress } }) as unknown as Asked;

describe("the id that a proxy gave a request", () => {
  const idOf = (id: string, ips = ["10.0.0.1", "192.0.2.7"]) =>
    proxyRequestId({ headers: { "x-request-id": id }, ips }, "sk_live_");

  it("is kept where the proxy is trusted", () => {
    expect(idOf("4f1c/7:a-b_C")).toBe("4f1c/7:a-b_C");
    expect(idOf("4f1c", ["192.0.2.7"])).toBeNull();
  });

  it("is nothing that a log could not hold", () => {
    for (const id of ["", "two words", "a\tb", "x".repeat(129), "sk_live_abc"]) expect(idOf(id)).toBeNull();
  });
});

describe("a program of this machine", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1:8080"],
    ["::ffff:127.0.0.1", "localhost"],
    ["::1", "[::1]:8080"],
    ["127.0.0.9", "LOCALHOST:8080"],
  ])("is known from %s as %s", (peer, host) => {
    expect(isFromLoopback(asked({ host, "x-api-key": "sk", "user-agent": "curl" }, peer), local)).toBe(true);
  });

  it.each([
    ["198.51.100.7", "127.0.0.1:8080"],
    ["::ffff:198.51.100.7", "127.0.0.1:8080"],
    ["127.0.0.1", "tocsin.example"],
    ["127.0.0.1", "127.0.0.1.evil.example"],
    ["127.0.0.1", ""],
  ])("is not from %s as %s", (peer, host) => {
    expect(isFromLoopback(asked({ host }, peer), local)).toBe(false);
  });

  it.each([
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-server",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-forwarded-for",
    "x-envoy-external-address",
    "true-client-ip",
    "cf-connecting-ip",
    "cdn-loop",
    "x-amzn-trace-id",
    "x-scheme",
  ])("is not known where the request carries %s", (name) => {
    expect(isFromLoopback(asked({ [name]: "" }), local)).toBe(false);
    expect(isFromLoopback(asked({ [name]: "127.0.0.1" }), local)).toBe(false);
  });

  it("is not known on an instance that others reach: a bare proxy makes everyone local", () => {
    for (const publicUrl of ["https://tocsin.example", "http://192.0.2.10:8080", "http://localhost.example"]) {
      expect(isFromLoopback(asked({}), { ...local, publicUrl })).toBe(false);
    }
    expect(isFromLoopback(asked({}), { ...local, trustProxy: ["10.0.0.0/8"] })).toBe(false);
    expect(isFromLoopback(asked({}), { ...local, publicUrl: "http://localhost:8080" })).toBe(true);
  });
});
