import { describe, expect, it } from "vitest";
import { createProxies, noProxies } from "./proxies";
import { leadsInside } from "./public-host";

const https = "http://someone:s3cret@proxy.example:3128";
const plain = "http://plain.example";
const nameFor = (url: string, except: readonly string[] = []) =>
  createProxies({ https, http: plain, except }).nameFor(new URL(url));

describe("createProxies", () => {
  it("takes the proxy of the URL's protocol, and names it without its password", () => {
    expect(nameFor("https://feed.example/list")).toBe("http://proxy.example:3128");
    expect(nameFor("http://feed.example/list")).toBe("http://plain.example");
    const one = createProxies({ https, http: undefined, except: ["a.example"] });
    expect(one.nameFor(new URL("http://feed.example/"))).toBeNull();
    expect(one.agentFor(new URL("http://feed.example/"))).toBeNull();
    expect(one.agentFor(new URL("https://feed.example/"))).not.toBeNull();
    expect(one.about).toBe("https:// through http://proxy.example:3128, except a.example");
    expect(noProxies.about).toBeNull();
  });

  it.each([
    ["https://feed.example/", ["*"]],
    ["https://feed.example/", ["feed.example"]],
    ["https://FEED.example./", ["Feed.Example"]],
    ["https://a.feed.example/", ["feed.example"]],
    ["https://a.feed.example/", [".feed.example"]],
    ["https://a.feed.example/", ["*.feed.example"]],
    ["https://feed.example:8443/", ["other.example", "feed.example:8443"]],
    ["https://feed.example/", ["feed.example:443"]],
    ["http://10.1.2.3/", ["10.0.0.0/8"]],
    ["http://10.1.2.3:8080/", ["10.1.2.3"]],
    ["http://[2001:db8::1]/", ["2001:db8::/32"]],
    ["http://[2001:db8::1]:81/", ["[2001:db8::1]:81"]],
  ])("%s passes it by under NO_PROXY=%j", (url, except) => {
    expect(nameFor(url, except)).toBeNull();
  });

  it.each([
    ["https://feed.example/", ["eed.example"]],
    ["https://notfeed.example/", ["feed.example"]],
    ["https://feed.example/", ["feed.example:8443"]],
    ["http://11.1.2.3/", ["10.0.0.0/8"]],
    ["https://10.evil.example/", ["10.0.0.0/8"]],
    ["https://feed.example/", [".", "", "::::"]],
  ])("%s does not under NO_PROXY=%j", (url, except) => {
    expect(nameFor(url, except)).not.toBeNull();
  });
});

describe("leadsInside", () => {
  const at =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));

  it("goes by every address that a name has here, and leaves to the proxy what has none", async () => {
    expect(await leadsInside("feed.example", at("45.60.1.2"))).toBe(false);
    expect(await leadsInside("feed.example", at("45.60.1.2", "10.0.0.1"))).toBe(true);
    expect(await leadsInside("feed.example", () => Promise.reject(new Error("ENOTFOUND")))).toBe(false);
  });

  it.each(["127.0.0.1", "169.254.169.254", "::1", "fd00::1"])("asks no resolver for %s", async (host) => {
    expect(await leadsInside(host, () => Promise.reject(new Error("asked")))).toBe(true);
  });
});
