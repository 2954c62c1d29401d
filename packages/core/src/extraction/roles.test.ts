import { describe, expect, it } from "vitest";
import { extractArticle } from "./extraction";

const valuesOf = (text: string) =>
  extractArticle({ title: "A report", text, url: "https://alpha.example/a", publisherHosts: [] })
    .iocs.map(({ value }) => value)
    .sort();

describe("somebody else's values are no indicators", () => {
  it.each<[string, string, string[]]>([
    [
      "legitimate services",
      "It queries api[.]ipify[.]org, a legitimate service, and loads update-sync[.]top next.",
      ["update-sync.top"],
    ],
    ["a bot's service as a whole", "It posts to api[.]telegram[.]org and to gate-sync[.]top.", ["gate-sync.top"]],
    [
      "what is imitated",
      "Look-alikes of the real portal login.bank-north[.]com: login.bank-n0rth[.]com and bank-north-login[.]com.",
      ["bank-north-login.com", "login.bank-n0rth.com"],
    ],
    ["a copied design", "The page at pay-north[.]top copied the design of pay-portal[.]com.", ["pay-north.top"]],
    ["an official site, in French", "Le site officiel est amende-etat[.]fr.", []],
    ["to whom to report", "Indicators\n\nbad-north[.]top\n\nReport it to abuse-desk[.]org.", ["bad-north.top"]],
    [
      "a compromised newspaper that is called legitimate",
      "They hacked kurier-nord[.]de, a legitimate site, and load jq-metrics[.]com there.",
      ["jq-metrics.com"],
    ],
    [
      "a sinkhole",
      "The domains resolve to the sinkhole at 198.51.100[.]3. The last controller was 198.51.100[.]17.",
      ["198.51.100.17"],
    ],
    [
      "our honeypot",
      "Our honeypot at 198.51.100.9 was attacked. Most attempts came from 198.51.100.10.",
      ["198.51.100.10"],
    ],
    [
      "a public resolver",
      "It asks the public resolver 198.51.100.1, then opens a session to 198.51.100.37 on port 8443.",
      ["198.51.100.37"],
    ],
    [
      "an address of a content delivery network",
      "The address 198.51.100[.]10 belongs to Cloudflare. The origin is 198.51.100[.]87.",
      ["198.51.100.87"],
    ],
    [
      "rows that say so",
      "## Indicators\n\n| Indicator | Note |\n| --- | --- |\n| ip-look[.]org | Legitimate service |\n| c2-north[.]top | C2 |",
      ["c2-north.top"],
    ],
    [
      "a list of legitimate tools",
      "Legitimate tools used\n- remote-desk[.]com\n- tunnel-it[.]io\n\nNetwork IOCs\n- c2-north[.]top",
      ["c2-north.top"],
    ],
    [
      "the legitimate file of a pair",
      `The clean copy (SHA-1: ${"0b1c2d3e4f".repeat(4)}) loads the malicious library (SHA-1: ${"9e8a4f3b6c".repeat(4)}).`,
      ["9e8a4f3b6c".repeat(4)],
    ],
    ["the report that a rule names", '```\nreference = "https://lab-north.org/loader"\n```', []],
    ["what a page may load", "```\nContent-Security-Policy: script-src https://cdn-north.net\n```", []],
  ])("%s", (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it.each<[string, string, string[]]>([
    [
      "a path on a service",
      "It reads hxxps://pastebin[.]com/raw/AbCd1234 from the legitimate service.",
      ["https://pastebin.com/raw/AbCd1234"],
    ],
    ["what is hosted on a hacked site", "The compromised legitimate site serves drop-north[.]top.", ["drop-north.top"]],
    ["a spoofed name", "Spoofed domains such as bank-n0rth[.]com were registered.", ["bank-n0rth.com"]],
    ["a legitimate-looking host", "They used cdn-update[.]top, a legitimate-looking name.", ["cdn-update.top"]],
  ])("but the attacker's are: %s", (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });
});

describe("what has the shape of an indicator only", () => {
  it.each<[string, string, string[]]>([
    [
      "objects of scripts",
      '```\nSet s = CreateObject("adodb.stream")\nx = {"process.name":"a","host.name":"b"}\n```',
      [],
    ],
    [
      "suffixes where anyone registers",
      "Kits were under <random>.pages[.]dev, one at m365-login.pages[.]dev.",
      ["m365-login.pages.dev"],
    ],
    ["other digests", `| SHA3-256 | ${"1f2b7c1d".repeat(8)} |\n| BLAKE2s | ${"2f2b7c1d".repeat(8)} |`, []],
    ["a magnet's digest", `Shared as magnet:?xt=urn:btih:${"3a4b5c6d7e".repeat(4)}.`, []],
    ["the digest of an empty file", "Ignore d41d8cd98f00b204e9800998ecf8427e.", []],
  ])("%s", (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it("takes an IPv6 address with a dotted tail whole", () => {
    expect(valuesOf("The controller listens on ::ffff:198.51.100.9 only.")).toEqual(["198.51.100.9"]);
  });
});

describe("what an article is about", () => {
  const subjectsOf = (title: string, text: string) =>
    extractArticle({ title, text, url: "https://alpha.example/a", publisherHosts: [] }).subjects;
  const long = "Words of a report that says much. ".repeat(60);

  it.each<[string, string, string, string[]]>([
    ["what the title names", "QakBot is back", long, ["QakBot"]],
    ["the only one of a short text", "News", "It drops Qbot.", ["QakBot"]],
    ["what comes again and again", "News", `${long} Qbot came. Qbot went. Qbot is back.`, ["QakBot"]],
    ["no name in comparison", "News", "The loader is unrelated to Qbot and works like Cobalt Strike.", []],
    ["no name in passing", "News", `${long} Emotet was seen in 2019.`, []],
  ])("%s", (_, title, text, subjects) => {
    expect(subjectsOf(title, text)).toEqual(subjects);
  });
});
