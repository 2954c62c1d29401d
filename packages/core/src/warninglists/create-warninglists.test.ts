import { getDomain } from "tldts";
import { describe, expect, it } from "vitest";
import { type IocType, isReserved, normalise, type Warninglist } from "../values";
import { createWarninglists } from "./create-warninglists";
import { rangeOf } from "./ranges";
import { shippedWarninglists } from "./shipped";
import { topDomains } from "./shipped/top-domains";

const shipped = createWarninglists(shippedWarninglists);

describe("the shipped lists", () => {
  it("hold normalised values of the types that they say, each once", () => {
    for (const { id, kind, types, entries } of shippedWarninglists) {
      expect({ id, twice: entries.filter((entry, index) => entries.indexOf(entry) !== index) }).toEqual({
        id,
        twice: [],
      });
      if (kind === "cidr") {
        expect({ id, wrong: entries.filter((entry) => rangeOf(entry) === null) }).toEqual({ id, wrong: [] });
        // A network that is written with bits behind its prefix is a typing mistake.
        const loose = entries.filter((entry) => {
          const type = entry.includes(":") ? "ipv6" : "ipv4";
          const held = normalise(type, entry);
          return (
            !isReserved(type, entry) &&
            entry.includes("/") &&
            (!held.ok || held.value !== entry.replace(type === "ipv4" ? /\/32$/ : /\/128$/, ""))
          );
        });
        expect({ id, loose }).toEqual({ id, loose: [] });
        continue;
      }
      const wrong = entries.filter((entry) => !types.some((type) => isNormal(type, entry)));
      expect({ id, wrong }).toEqual({ id, wrong: [] });
    }
  });

  it("know a thousand sites", () => {
    const sites = topDomains.entries.filter((entry) => getDomain(entry) === entry);
    expect(sites.length).toBeGreaterThan(1_000);
  });

  it("have names and ids of their own", () => {
    expect(new Set(shippedWarninglists.map(({ id }) => id)).size).toBe(shippedWarninglists.length);
    expect(new Set(shippedWarninglists.map(({ name }) => name)).size).toBe(shippedWarninglists.length);
  });

  it.each([
    ["ipv4", "8.8.8.8", ["Public DNS resolvers", "Services of Google, Microsoft and Meta"]],
    ["ipv6", "2606:4700:4700::1111", ["Cloudflare", "Public DNS resolvers"]],
    ["ipv4", "104.16.1.1", ["Cloudflare"]],
    ["ipv4", "104.16.0.0/24", ["Cloudflare"]],
    // It holds a resolver.
    ["ipv4", "9.9.9.0/24", ["Public DNS resolvers"]],
    // It holds some of a content network, and far more: whoever blocks it blocks both.
    ["ipv4", "103.16.0.0/12", ["Cloudflare"]],
    ["ipv4", "104.16.0.0/12", ["Cloudflare"]],
    ["ipv4", "8.0.0.0/9", ["Public DNS resolvers"]],
    ["ipv4", "192.168.0.0/15", ["Private and reserved space"]],
    ["ipv4", "192.0.0.0/8", ["Content delivery networks", "DNS root servers", "Private and reserved space"]],
    ["ipv4", "100.0.0.0/9", ["Private and reserved space"]],
    ["ipv4", "192.0.2.0/24", []],
    ["ipv4", "192.0.2.1", []],
    // A machine that anybody can rent.
    ["ipv4", "52.4.5.6", []],
    ["domain", "google.com", ["Most visited domains"]],
    ["domain", "www.google.com", ["Most visited domains"]],
    ["domain", "evil.google.com", []],
    ["domain", "notgoogle.com", []],
    ["domain", "www.commbank.com.au", ["Most visited domains"]],
    ["url", "https://codepen.io/", ["Most visited domains"]],
    ["url", "https://codepen.io/someone/full/abc", []],
    ["domain", "evil.readthedocs.io", []],
    ["domain", "bit.ly", ["URL shorteners"]],
    ["domain", "a.b.download.windowsupdate.com", ["Update and certificate hosts"]],
    ["domain", "co.uk", ["Public suffixes"]],
    ["domain", "duckdns.org", ["Public suffixes"]],
    ["domain", "evil.duckdns.org", []],
    ["domain", "vercel.app", ["Most visited domains", "Public suffixes"]],
    ["domain", "evil.vercel.app", []],
    ["domain", "hopto.org", ["Public suffixes"]],
    ["url", "https://raw.githubusercontent.com/someone/x/main/a.ps1", []],
    ["url", "https://www.dropbox.com/s/abc/a.zip?dl=1", []],
    ["domain", "malware.example", []],
    ["url", "https://www.google.com/", ["Most visited domains"]],
    ["url", "http://google.com", ["Most visited domains"]],
    ["url", "https://docs.google.com/forms/d/1", []],
    ["url", "https://docs.google.com/?q=1", []],
    ["url", "http://google.com?q=1", []],
    ["url", "https://bit.ly/3abc", []],
    ["url", "http://8.8.8.8/x", ["Public DNS resolvers"]],
    ["url", "http://8.8.8.8:8080/", ["Public DNS resolvers", "Services of Google, Microsoft and Meta"]],
    ["url", "http://104.16.1.1/malware.exe", []],
    ["url", "http://download.windowsupdate.com/a.cab", ["Update and certificate hosts"]],
    ["url", "http://[2001:4860:4860::8888]/x", ["Public DNS resolvers"]],
    ["email", "attacker@gmail.com", []],
    ["md5", "d41d8cd98f00b204e9800998ecf8427e", ["Empty file"]],
    ["sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709", ["Empty file"]],
    ["sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ["Empty file"]],
    ["md5", "44d88612fea8a8f36de82e1278abb02f", ["Anti-malware test files"]],
    ["sha256", "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", ["Anti-malware test files"]],
    ["sha256", "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b", ["Common tiny files"]],
    ["md5", "0".repeat(32), []],
    ["cve", "CVE-2026-12345", []],
    ["mitre_attack", "T1059", []],
  ] as const)("says of %s %s: %j", (type, value, names) => {
    expect(shipped.warningsOf(type, value)).toEqual(names);
  });

  it.each([
    ["domain", "evil.duckdns.org", "customer-names"],
    ["url", "https://evil.pages.dev/login", "customer-names"],
    ["url", "https://raw.githubusercontent.com/someone/x/main/a.ps1", "customer-names"],
    ["domain", "evil.mooo.com", "free-hosting"],
    ["url", "https://cdn.discordapp.com/attachments/1/2/a.exe", "free-hosting"],
  ] as const)("note that %s %s is a customer's, without a word against the report", (type, value, list) => {
    expect(shipped.matchesOf(type, value).map(({ id, effect }) => [id, effect])).toEqual([[list, "note"]]);
    expect(shipped.warningsOf(type, value)).toEqual([]);
  });

  it.each(["evil.co.uk", "login.google.com", "github.com"])("do not take %s for a customer's name", (name) => {
    expect(shipped.matchesOf("domain", name).filter(({ effect }) => effect === "note")).toEqual([]);
  });

  it("note a rented machine without a word against the report", () => {
    expect(shipped.matchesOf("ipv4", "52.4.5.6").map(({ id, effect }) => [id, effect])).toEqual([
      ["cloud-ranges", "note"],
    ]);
  });
});

function isNormal(type: IocType, value: string): boolean {
  const held = normalise(type, value);
  return held.ok && held.value === value;
}

const list = (some: Partial<Warninglist>): Warninglist => ({
  id: "own",
  name: "Own",
  kind: "string",
  version: "1",
  effect: "hide",
  means: "ours",
  types: ["domain"],
  urls: "none",
  entries: [],
  ...some,
});

describe("createWarninglists", () => {
  it("compares by part, for the types of the list alone", () => {
    const lists = createWarninglists([list({ kind: "substring", types: ["url"], entries: ["/.well-known/"] })]);
    expect(lists.warningsOf("url", "http://a.example/.well-known/x")).toEqual(["Own"]);
    expect(lists.warningsOf("domain", "/.well-known/")).toEqual([]);
    expect(lists.warningsOf("url", "not a url /.well-known/")).toEqual(["Own"]);
  });

  it("keeps to what a list says of URLs and of networks around its addresses", () => {
    const hosts = createWarninglists([list({ kind: "hostname", urls: "any", entries: ["vendor.example"] })]);
    expect(hosts.warningsOf("url", "https://blog.vendor.example/a?b")).toEqual(["Own"]);
    expect(hosts.warningsOf("url", "https://vendor.example.evil.example/")).toEqual([]);
    const cidr = { kind: "cidr", types: ["ipv4"], entries: ["192.0.2.7"] } as const;
    expect(createWarninglists([list(cidr)]).warningsOf("ipv4", "192.0.2.0/24")).toEqual([]);
    expect(createWarninglists([list({ ...cidr, around: true })]).warningsOf("ipv4", "192.0.2.0/24")).toEqual(["Own"]);
  });

  it("names a list once, whatever number of its entries fit, and two lists of one name once", () => {
    const two = [list({ kind: "hostname", entries: ["a.example", "b.a.example"] }), list({ entries: ["b.a.example"] })];
    expect(createWarninglists(two).warningsOf("domain", "b.a.example")).toEqual(["Own"]);
    expect(createWarninglists(two).matchesOf("domain", "b.a.example")).toHaveLength(2);
  });

  it("says nothing where there are no lists", () => {
    expect(createWarninglists([]).warningsOf("ipv4", "8.8.8.8")).toEqual([]);
    expect(createWarninglists([]).warningsOf("domain", "com.de")).toEqual([]);
  });
});
