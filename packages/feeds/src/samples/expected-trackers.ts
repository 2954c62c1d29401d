import type { Sample } from "./sample";

const advisory = {
  type: "cve",
  firstSeen: "2026-01-06T07:00:00Z",
  lastSeen: "2026-01-20T07:00:00Z",
  threatType: "security-advisory",
  referenceUrl: "https://advisories.example/icsa-26-001-01",
  industries: ["energy", "water"],
};
const phishing = { type: "domain", threatType: "phishing" };
const bruteForce = { type: "ipv4", threatType: "brute-force", tags: ["ssh"] };

/** What the samples of trackers of servers and of advisories say. */
export const trackerSamples: readonly Sample[] = [
  {
    id: "cisa-csaf",
    file: "cisa-csaf.json",
    layout: "CSAF 2.0",
    says: [
      {
        ...advisory,
        value: "CVE-2099-0001",
        tags: ["csaf", "CWE-22"],
        context: "advisory: ICSA-26-001-01 Acme Controller; CVSS: 8 high",
      },
      { ...advisory, value: "CVE-2099-0002", tags: ["csaf"], context: "advisory: ICSA-26-001-01 Acme Controller" },
    ],
  },
  { id: "cisa-csaf", file: "cisa-csaf-feed.json", layout: "ROLIE feed", says: [] },
  {
    id: "cert-pl-warning",
    file: "cert-pl-warning.json",
    layout: "CERT Polska JSON",
    says: [
      { ...phishing, value: "login.bad.example", firstSeen: "2026-04-29T10:00:00Z", record: "900001" },
      { ...phishing, value: "xn--bd-wia.example", firstSeen: "2026-04-29T10:00:00Z", record: "900003" },
    ],
  },
  {
    id: "cert-pl-warning",
    file: "cert-pl-warning.txt",
    layout: "domain list",
    says: [
      { ...phishing, value: "login.bad.example" },
      { ...phishing, value: "xn--bd-wia.example" },
    ],
  },
  {
    id: "bruteforceblocker",
    file: "bruteforceblocker.txt",
    layout: "BruteForceBlocker list",
    says: [
      { ...bruteForce, value: "192.0.2.70", lastSeen: "2026-11-20T20:46:54Z", context: "reports: 34" },
      { ...bruteForce, value: "192.0.2.71", lastSeen: "2026-11-19T03:00:00Z", context: "reports: 3" },
    ],
  },
  {
    id: "phishtank",
    file: "phishtank.json",
    layout: "PhishTank JSON",
    says: [
      {
        value: 'https://login.bad.example/a,b?c="1"',
        type: "url",
        firstSeen: "2026-03-21T04:17:11Z",
        lastSeen: "2026-03-21T04:21:13Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=9000001",
      },
      {
        value: "https://pay.bad.example/",
        type: "url",
        confidence: "low",
        firstSeen: "2026-03-20T04:00:00Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=9000002",
        context: "target: Example Bank",
      },
    ],
  },
  {
    id: "binarydefense",
    file: "binarydefense.txt",
    layout: "address list",
    says: ["192.0.2.72", "192.0.2.73"].map((value) => ({ value, type: "ipv4", threatType: "attacker" })),
  },
  {
    id: "viriback",
    file: "viriback.csv",
    layout: "ViriBack CSV",
    says: [
      ...panelOf("http://bad.example/panel/admin.php", "192.0.2.74", "Pony", "2026-06-01"),
      ...panelOf("http://192.0.2.75/qK3/Login.php", "192.0.2.75", "Amadey", "2026-07-09"),
      ...panelOf("http://other.bad.example/login", null, "Lumma", "2026-10-31"),
    ],
  },
  {
    id: "benkow-panels",
    file: "benkow-panels.csv",
    layout: "Benkow CSV",
    says: [
      ...panelOf("http://www.bad.example/panel/admin.php", "192.0.2.76", "pony", "2026-08-26"),
      ...panelOf("http://bad.example/x;y/fre.php", null, "Lokibot", "2026-08-27"),
    ],
  },
  {
    id: "threatview",
    file: "threatview-addresses.txt",
    layout: "address list",
    says: ["192.0.2.77", "192.0.2.78"].map((value) => ({ value, type: "ipv4", threatType: "malware" })),
  },
  {
    id: "threatview",
    file: "threatview-domains.txt",
    layout: "domain list",
    says: ["bad.example", "other.bad.example"].map((value) => ({ value, type: "domain", threatType: "malware" })),
  },
  {
    id: "threatview",
    file: "threatview-urls.txt",
    layout: "URL list",
    says: [{ value: "http://bad.example/a", type: "url", threatType: "malware" }],
  },
  {
    id: "threatview",
    file: "threatview-hashes.txt",
    layout: "hash list",
    says: [
      { value: "c".repeat(32), type: "md5", threatType: "malware" },
      { value: "d".repeat(64), type: "sha256", threatType: "malware" },
    ],
  },
  { id: "misp-botvrij", file: "misp-botvrij-manifest.json", layout: "MISP manifest", says: [] },
  {
    id: "misp-botvrij",
    file: "misp-botvrij.json",
    layout: "MISP event",
    says: [
      {
        value: "login.bad.example",
        type: "domain",
        firstSeen: "2026-08-20T00:51:55Z",
        tags: ["phishing"],
        mitreTechniques: ["T1566"],
        threatType: "network-activity",
        malwareFamily: "Example Loader",
        referenceUrl: "https://x.com/someone/status/1",
        context: "event: Event of misp-botvrij",
      },
      {
        value: "192.0.2.90:8443",
        type: "ipv4",
        firstSeen: "2026-06-26T00:00:00Z",
        lastSeen: "2026-06-27T00:00:00Z",
        mitreTechniques: ["T1566"],
        threatType: "network-activity",
        malwareFamily: "Example Loader",
        referenceUrl: "https://blog.example/report",
        context: "event: Event of misp-botvrij; comment: C2",
      },
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2026-08-20T00:51:55Z",
        mitreTechniques: ["T1566"],
        threatType: "payload-delivery",
        malwareFamily: "Example Loader",
        referenceUrl: "https://blog.example/report",
        context: "event: Event of misp-botvrij",
      },
    ],
  },
  { id: "misp-botvrij", file: "misp-botvrij-hashes.csv", layout: "MISP hashes", says: [] },
];

function panelOf(url: string, address: string | null, malwareFamily: string, day: string) {
  const about = { firstSeen: `${day}T00:00:00Z`, threatType: "c2", malwareFamily };
  const panel = { ...about, value: url, type: "url" };
  return address === null ? [panel] : [panel, { ...about, value: address, type: "ipv4", context: `panel: ${url}` }];
}
