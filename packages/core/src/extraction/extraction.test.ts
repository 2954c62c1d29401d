import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { industries } from "../values";
import { articleCategories } from "./article-category";
import { extractArticle } from "./extraction";
import { severityFactors, severityLabels } from "./severity";

const about = (title: string, text = "") =>
  extractArticle({ title, text, url: "https://blog.vendor.example/a", publisherHosts: [] });

describe("an article", () => {
  it("is read whole", () => {
    const read = extractArticle({
      title: "Lazarus Group attacks hospitals with a zero-day, CVE-2026-12345",
      url: "https://blog.vendor.example/a",
      publisherHosts: ["blog.vendor.example"],
      html: `<p>July 1</p><p>The Lazarus Group exploited CVE-2026-12345 (CVSS 9.8), a remote code execution flaw, in the wild
        against hospitals and clinics of several countries. The healthcare sector should patch.</p>
        <p>It sends phishing messages (T1566.001) and then runs the ThreatNeedle backdoor from hxxp://evil[.]example/a.</p>
        <p>More on https://blog.vendor.example/b.</p>`,
    });
    expect(read).toMatchObject({
      cveIds: ["CVE-2026-12345"],
      techniques: ["T1566.001"],
      tactics: [],
      threatActors: [{ name: "Lazarus Group", attackId: "G0032" }],
      malwareFamilies: [{ name: "ThreatNeedle", attackId: "S0665" }],
      industries: ["healthcare"],
      category: "vulnerability",
      categoryLabel: "Vulnerability",
      severityScore: 10,
      severityLabel: "critical",
    });
    expect(read.iocs.map(({ type, value }) => [type, value])).toEqual([
      ["url", "http://evil.example/a"],
      ["cve", "CVE-2026-12345"],
    ]);
    expect(read.summary).toMatch(/^The Lazarus Group exploited/);
    expect(read.severityReason).toMatch(
      /^base 1, exploited in the wild \+3, zero-day \+1\.5, CVSS 9\.0 or more \+2\.5/,
    );
  });

  it("of whatever text is one, with a score in bounds that its reason adds up to", () => {
    const words = fc.array(
      fc.constantFrom(
        "ransomware",
        "zero-day",
        "exploited in the wild",
        "wiper",
        "critical infrastructure",
        "patch available",
        "espionage",
        "podcast",
        "CVSS 7.5",
        "hospital",
        "evil[.]example",
        "\n",
        "<p>",
        "not",
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        words.map((parts) => parts.join(" ")),
        fc.string({ unit: "binary" }),
        (text, title) => {
          const read = about(title, text);
          expect(severityLabels).toContain(read.severityLabel);
          const points = [...read.severityReason.matchAll(/(?:base |[+−])[0-9.]+/g)].map(([term]) =>
            Number(term.replace("base ", "").replace("−", "-")),
          );
          const sum = points.reduce((a, b) => a + b, 0);
          expect(read.severityScore).toBe(Math.min(10, Math.max(0, sum)));
          expect(read.industries.every((industry) => industries.includes(industry))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("its severity", () => {
  it.each([
    ["Actively exploited zero-day in a firewall", "", 5.5, "medium"],
    ["A flaw that is not actively exploited", "There is no ransomware here.", 1, "low"],
    ["Weekly podcast", "", 0, "low"],
    ["Wiper malware in attacks on power grids", "Critical infrastructure was hit.", 4.5, "medium"],
    ["Police arrests ransomware member", "", 1.5, "low"],
    ["Flaw with CVSS score of 7.5", "It has a CVSS v3.1 score of 7.5.", 2.5, "low"],
    ["A long text", `${"Words of a report. ".repeat(120)}Once it names ransomware.`, 1, "low"],
  ])("%s", (title, text, score, label) => {
    expect(about(title, text)).toMatchObject({ severityScore: score, severityLabel: label });
  });

  it("has factors with names of their own, in steps of a half", () => {
    expect(new Set(severityFactors.map(({ name }) => name)).size).toBe(severityFactors.length);
    for (const { points } of severityFactors) expect(points * 2).toBe(Math.trunc(points * 2));
  });
});

describe("its category", () => {
  it.each([
    ["Ransomware gang hits a city", "ransomware"],
    ["Critical vulnerability in a VPN patched", "vulnerability"],
    ["Data breach exposes records of customers", "data-breach"],
    ["Malicious packages on PyPI in a supply-chain attack", "supply-chain"],
    ["PLCs of a SCADA system attacked", "ics-ot"],
    ["Record DDoS attack stopped", "ddos"],
    ["Phishing scams target taxpayers", "phishing"],
    ["Android banking trojan on Google Play", "mobile"],
    ["State-backed hackers spy: cyberespionage by threat actors", "threat-actor"],
    ["New backdoor and loader malware", "malware"],
    ["Europol takedown: suspects arrested", "law-enforcement"],
    ["Azure and Okta tenants: OAuth abuse", "cloud-identity"],
    ["A new colour for our logo", "general"],
  ])("%s", (title, category) => {
    expect(about(title).category).toBe(category);
  });

  it("has a label and a slug of its own", () => {
    expect(new Set(articleCategories.map(({ slug }) => slug)).size).toBe(articleCategories.length);
    for (const { slug } of articleCategories) expect(slug).toMatch(/^[a-z-]+$/);
  });
});

describe("its sectors", () => {
  it.each([
    ["Attack on a chemical plant", "chemical"],
    ["Casinos and hotels attacked", "commercial-facilities"],
    ["Telecom provider breached", "communications"],
    ["Manufacturing sector hit", "critical-manufacturing"],
    ["Hydroelectric dam controlled by hackers", "dams"],
    ["Defense contractors spied upon", "defense-industrial-base"],
    ["911 systems down", "emergency-services"],
    ["Power grid attacked", "energy"],
    ["Banks robbed", "financial-services"],
    ["Meat packers stopped", "food-agriculture"],
    ["Ministries and embassies targeted", "government-facilities"],
    ["Hospitals diverted patients", "healthcare"],
    ["Managed service providers abused", "information-technology"],
    ["Nuclear power plant scanned", "nuclear"],
    ["Airlines and airports delayed", "transportation"],
    ["Water utilities warned", "water"],
  ])("%s", (title, sector) => {
    expect(about(title).industries).toContain(sector);
  });

  it("are read out of lists, and not from a single word", () => {
    expect(
      about("Report", "It targets the energy, water and healthcare sectors. The energy sector and water sector most.")
        .industries,
    ).toEqual(expect.arrayContaining(["energy", "water"]));
    expect(about("Report", "Somebody went to a bank.").industries).toEqual([]);
  });
});

describe("its ids", () => {
  it.each([
    ["CVE‑2026‑1234 and CVE-2026–5678 and cve-2026-1234", ["CVE-2026-1234", "CVE-2026-5678"]],
    ["XCVE-2026-1234, CVE-2026-12, CVE-1066-1234", []],
  ])("%s", (text, ids) => {
    expect(about("", text).cveIds).toEqual(ids);
  });

  it.each([
    [
      "ATT&CK: T1059, T1059.001 [T1566/001] https://attack.mitre.org/techniques/T1027/",
      ["T1059", "T1059.001", "T1566.001", "T1027"],
    ],
    ["The MITRE technique T1659 and the mobile technique T1627.001", ["T1659", "T1627.001"]],
    ["A Dell T1059 laptop and part T1200-4", []],
    ["Tactic TA0001 on a T5000 printer, T1059x", []],
  ])("%s", (text, ids) => {
    expect(about("", text).techniques).toEqual(ids);
  });

  it("are those of every tactic, and no threat group's", () => {
    expect(about("", "TA0001, TA0043, TA0107, TA0110 and TA0112, by TA505 and TA4557").tactics).toEqual([
      "TA0001",
      "TA0043",
      "TA0107",
      "TA0110",
      "TA0112",
    ]);
  });
});

describe("its technologies and summary", () => {
  it("are those of its title, or said twice", () => {
    expect(about("Flaw in Fortinet FortiOS", "Windows is named once.").techTags).toEqual(["fortinet"]);
  });

  it.each([
    [
      "# Title\n\nBy Somebody\n\nThe first sentence of this report says what happened to a company and why it matters. Second.",
      /^The first sentence .* Second\.$/,
    ],
    [`${"A very long sentence that goes on ".repeat(20)}.`, /…$/],
    ["Short.", /^Short\.$/],
    ["", /^$/],
    [
      "A flaw was found in [a product](https://vendor.example/x), says **its maker**, and it will be mended soon enough for all. [...]",
      /^A flaw was found in a product, says its maker/,
    ],
  ])("%j", (text, summary) => {
    const read = about("", text).summary;
    expect(read).toMatch(summary);
    expect(read.length).toBeLessThanOrEqual(320);
  });
});
